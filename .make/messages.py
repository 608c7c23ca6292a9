"""`make messages`: the catalogues anew from templates and code, and compiled.

What only the desk says is left out: the desk is English. Compiled catalogues are
committed, so that nothing needs gettext to run; this does.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ko",)
IGNORED = (".venv", "var", "tests", "templates/admin", "workshop/admin", "workshop/editing")


def main() -> None:
    if not shutil.which("xgettext"):
        sys.exit("make messages needs GNU gettext: apt-get install gettext, or brew install gettext.")
    extract(ROOT)
    manage(ROOT, "compilemessages", *ignored())


def extract(root: Path) -> None:
    """Bring the catalogues in ``root`` up to date; what is new is left untranslated."""
    for language in LANGUAGES:
        (root / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    wanted = [f"--locale={language}" for language in LANGUAGES]
    manage(root, "makemessages", "--no-location", "--no-obsolete", *wanted, *ignored())


def ignored() -> list[str]:
    return [f"--ignore={path}" for path in IGNORED]


def manage(root: Path, *arguments: str) -> None:
    """Run a command of Django in ``root``, with settings that touch no data."""
    environment = os.environ | {"ENV_FILE": "", "SECRET_KEY": "only-to-read-the-sources", "ALLOWED_HOSTS": "localhost"}
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=root, env=environment, check=True)


if __name__ == "__main__":
    main()
