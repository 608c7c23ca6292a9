"""A virtual environment holding what requirements.txt names, and a first .env.

`python3 .make/bootstrap.py run --env` brings what production needs, `… test` adds
what developers need.

Standard library only, for a machine that has nothing but Python. A second call
finds its stamps in .venv and changes nothing.
"""

import base64
import configparser
import hashlib
import html
import importlib.util
import os
import re
import secrets
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import venv
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# The pip that is fetched where the system's Python has no ensurepip (Debian keeps
# that in a package of its own). Known by its hash: it is run before anything checks it.
PIP_WHEEL = "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def main(arguments: list[str]) -> None:
    part = arguments[0] if arguments else "run"
    make_venv()
    install(part)
    if "--env" in arguments:
        write_env(ROOT / ".env")


# --- the virtual environment ------------------------------------------------------


def make_venv() -> None:
    """`.venv` with a Python that runs and a pip; made anew where either is broken."""
    if not runs(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"):
        say("Creating the virtual environment in .venv")
        venv.EnvBuilder(clear=VENV.exists(), symlinks=True, with_pip=False).create(VENV)
    if (VENV / ".installed-run").exists() or runs(PYTHON, "-m", "pip", "--version"):
        return
    if importlib.util.find_spec("ensurepip") and runs(PYTHON, "-m", "ensurepip", "--default-pip"):
        return
    with tempfile.TemporaryDirectory() as folder:
        wheel = fetch_pip(Path(folder))
        # A wheel is a zip, and Python runs a package inside a zip: pip installs itself.
        command = [str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)]
        if subprocess.run(command, env=pip_environment(), check=False).returncode:
            sys.exit("pip could not be installed into .venv: see the lines above.")


def runs(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install(part: str) -> None:
    """Installs one part of requirements.txt, unless its stamp says it is there."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    parts = {"run": text.split("\n# --- test", 1)[0], "test": text}
    stamps = {name: VENV / f".installed-{name}" for name in parts}
    hashes = {name: hashlib.sha256(parts[name].encode()).hexdigest() for name in parts}
    if stamps[part].exists() and stamps[part].read_text() == hashes[part]:
        return
    say("Installing what requirements.txt names: a minute, once")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as names:
        names.write(parts[part])
        names.flush()
        # Wheels only: nothing here may need a compiler.
        options = ["--quiet", "--no-input", "--disable-pip-version-check", "--only-binary=:all:"]
        command = [str(PYTHON), "-m", "pip", "install", *options, "-r", names.name]
        if subprocess.run(command, env=pip_environment(), check=False).returncode:
            sys.exit("The dependencies could not be installed: see the lines above. Is the package index reachable?")
    # All of it includes the run part.
    for name in {part, "run"}:
        stamps[name].write_text(hashes[name])


def pip_environment() -> dict[str, str]:
    """The caller's environment, without what would send packages elsewhere."""
    return {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


# --- pip from its own wheel -------------------------------------------------------


def fetch_pip(folder: Path) -> Path:
    index = index_url()
    page_address = f"{index.rstrip('/')}/pip/"
    try:
        page = fetch(page_address).decode("utf-8", "replace")
        link = re.search(rf'href="([^"]*/?{re.escape(PIP_WHEEL)}[^"]*)"', page)
        if link is None:
            sys.exit(f"The package index {without_password(index)} has no {PIP_WHEEL}.")
        content = fetch(urljoin(page_address, html.unescape(link[1])))
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        sys.exit(f"The package index {without_password(index)} does not answer ({reason}). Is there a network?")
    if hashlib.sha256(content).hexdigest() != PIP_SHA256:
        sys.exit(f"{PIP_WHEEL} from {without_password(index)} is not the file this project knows; nothing was run.")
    wheel = folder / PIP_WHEEL
    wheel.write_bytes(content)
    return wheel


def index_url() -> str:
    """The index pip itself would ask: PIP_INDEX_URL, its configuration files, PyPI."""
    if os.environ.get("PIP_INDEX_URL"):
        return os.environ["PIP_INDEX_URL"]
    home = Path.home()
    config = configparser.ConfigParser(interpolation=None, strict=False)
    config.read(
        [
            "/etc/pip.conf",
            home / ".pip" / "pip.conf",
            Path(os.environ.get("XDG_CONFIG_HOME", home / ".config")) / "pip" / "pip.conf",
            home / "Library" / "Application Support" / "pip" / "pip.conf",
            os.environ.get("PIP_CONFIG_FILE", os.devnull),
        ]
    )
    default = config.get("global", "index-url", fallback="https://pypi.org/simple/")
    return config.get("install", "index-url", fallback=default).strip()


def fetch(address: str) -> bytes:
    parts = urlsplit(address)
    headers = {"Accept": "application/vnd.pypi.simple.v1+html, text/html;q=0.9, */*;q=0.1"}
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
    request = urllib.request.Request(without_password(address), headers=headers)
    context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or None)
    with urllib.request.urlopen(request, timeout=60, context=context) as answer:
        return answer.read()


def without_password(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


# --- .env -------------------------------------------------------------------------


def write_env(path: Path) -> None:
    """A first .env, readable by its owner alone; one that is there stays as it is."""
    host = os.environ.get("HOST") or "127.0.0.1"
    # 0.0.0.0 and :: mean "every address of this machine": nobody visits them by that name.
    name = "127.0.0.1" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host
    values = {
        # URL-safe letters: never a leading $, which would be read as a pointer.
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": ",".join(dict.fromkeys(["localhost", "127.0.0.1", name])),
        "SITE_URL": f"http://{name}:{os.environ.get('PORT') or '8000'}",
        "DATA_DIR": os.environ.get("DATA_DIR") or "var",
    }
    lines = ["# Written once by `make run`; every variable is described in .env.example."]
    lines += [f"{key}={quoted(value)}" for key, value in values.items()]
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    say("Wrote .env")


def quoted(value: str) -> str:
    """The value as .env writes it: quoted where a blank or a quote is in it."""
    if re.fullmatch(r"[\w.,:/\[\]@%+~-]*", value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
