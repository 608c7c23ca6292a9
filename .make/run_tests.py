"""`make test`: every test on SQLite, then on PostgreSQL where TEST_DATABASE_URL answers.

tests/conftest.py reads what is set here: TEST_ON chooses the database, LEFT_OUT is
the part of the closing line that only this script can know.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# On PostgreSQL, of the slow ones only what depends on the database.
ON_POSTGRESQL = "not once and (not browser or both_databases)"


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    missing = why_no_postgresql(os.environ.get("TEST_DATABASE_URL", ""))
    if missing and os.environ.get("CI") == "true":
        sys.exit(f"With CI=true PostgreSQL must answer: {missing}.")
    left_out = f"PostgreSQL ({missing})" if missing else ""
    codes = [pytest(arguments, TEST_ON="sqlite", LEFT_OUT=left_out)]
    if not missing:
        code = pytest(["-m", ON_POSTGRESQL, *arguments], TEST_ON="postgresql", LEFT_OUT="")
        # A narrow choice may leave nothing for the second database, and that is no fault.
        codes.append(0 if code == 5 and arguments else code)
    return max(codes)


def pytest(arguments: list[str], **environment: str) -> int:
    print(f"\nTests on {environment['TEST_ON']}", flush=True)
    command = [sys.executable, "-m", "pytest", "--numprocesses=auto", "--dist=worksteal", *arguments]
    return subprocess.run(command, env=os.environ | environment, check=False).returncode


def why_no_postgresql(address: str) -> str:
    """Empty where the server answers, else the reason in a few words."""
    if not address:
        return "TEST_DATABASE_URL is not set"
    import psycopg  # here, after the sentence that needs no driver

    try:
        psycopg.connect(address, connect_timeout=4).close()
    except psycopg.OperationalError as error:
        return " ".join(str(error).split())
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
