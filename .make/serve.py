"""`make run`: prepare what has changed, then serve until stopped.

Serves with gunicorn and `run_due --loop` beside it; with `--dev`, with Django's own
server and debug pages. Run by the Python in .venv.
"""

import errno
import hashlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CODE = ("workshop", "speakers", "recommendations")
EVERYWHERE = {"0.0.0.0", "::"}
STOP_WITHIN = 12
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0


def main(arguments: list[str]) -> None:
    os.chdir(ROOT)
    dev = "--dev" in arguments
    from django.core.exceptions import ImproperlyConfigured

    # Importing it reads .env into os.environ, where everything below looks.
    import workshop.common.environment  # noqa: F401

    host, port = place()
    refuse_if_taken(host, port)
    describe_ourselves(host, port, debug=dev)
    try:
        from workshop import settings
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    prepare(settings, static=not dev)
    if dev:
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        os.execv(sys.executable, [sys.executable, "manage.py", "runserver", where])
    sys.exit(serve(host, port))


# --- where to listen --------------------------------------------------------------


def place() -> tuple[str, int]:
    host = os.environ.get("HOST") or "127.0.0.1"
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} is not a port number. Try: make run PORT=9000")
    return host, int(text)


def refuse_if_taken(host: str, port: int) -> None:
    """Says in a sentence what a server would say in a stack trace."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit(
                f"Port {port} is in use by another program. Stop that one, or choose another: make run PORT={port + 1}"
            )
        if error.errno == errno.EACCES:
            sys.exit(f"Port {port} needs root. Choose one above 1023: make run PORT=8000")
        sys.exit(f"HOST={host} is not an address of this machine. Try: make run HOST=127.0.0.1")


def describe_ourselves(host: str, port: int, *, debug: bool) -> None:
    """The environment of this run: HOST and PORT win over the address .env was written with.

    A SITE_URL that names a public address is the operator's, and stays.
    """
    os.environ.update(HOST=host, PORT=str(port), DEBUG=str(debug).lower(), DJANGO_SETTINGS_MODULE="workshop.settings")
    name = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    site = urlsplit(os.environ.get("SITE_URL", ""))
    if site.scheme in {"", "http"} and site.hostname in {None, "localhost", "127.0.0.1", "::1", host}:
        os.environ["SITE_URL"] = f"http://{name}:{port}"
    allowed = os.environ.get("ALLOWED_HOSTS", "")
    if allowed and name not in allowed.split(","):
        os.environ["ALLOWED_HOSTS"] = f"{allowed},{name}"


# --- prepare what has changed -----------------------------------------------------


def prepare(settings, *, static: bool) -> None:
    """Database, demo content and static files, each brought up to date where it may not be."""
    stamp = settings.DATA_DIR / ".prepared"
    mark = fingerprint(settings)
    files_ready = not static or (settings.STATIC_ROOT / "staticfiles.json").exists()
    if stamp.exists() and stamp.read_text() == mark and files_ready and is_migrated(settings.DATABASES["default"]):
        # A password that is asked for is set, whatever else is ready.
        if os.environ.get("DEMO_PASSWORD"):
            manage("load_demo", "--accounts")
        return
    say("Preparing the database, the demo content and the static files")
    manage("migrate", "--noinput", "--verbosity", "0")
    manage("load_demo", "--accounts")
    if static:
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        manage("collectstatic", "--noinput", "--verbosity", "0")
        stamp.write_text(mark)


def fingerprint(settings) -> str:
    """One hash over the code, static files, catalogues, dependencies and the database's name."""
    digest = hashlib.sha256(repr(sorted(map(str, settings.DATABASES["default"].items()))).encode())
    for top in (*CODE, "static", "locale", "requirements.txt"):
        path = ROOT / top
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_migrated(database: dict) -> bool:
    """Whether the SQLite file is there and every migration on disk is applied in it.

    Asked of the file itself, so that a database that was deleted, or restored from
    an older backup, is migrated again. Of PostgreSQL it is never assumed.
    """
    name = Path(database["NAME"])
    if not database["ENGINE"].endswith("sqlite3") or not name.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{name.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            applied = set(connection.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error:
        return False
    ours = [file for top in CODE for file in (ROOT / top).rglob("migrations/*.py") if file.stem != "__init__"]
    return {(file.parent.parent.name, file.stem) for file in ours} <= applied


def manage(*command: str) -> None:
    if code := subprocess.run([sys.executable, "manage.py", *command], check=False).returncode:
        sys.exit(f"`manage.py {command[0]}` stopped with code {code}: see the lines above.")


# --- serve ------------------------------------------------------------------------


def serve(host: str, port: int) -> int:
    """Runs the server with run_due beside it; ends when the server does, or when asked to."""
    asked_to_stop: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked_to_stop.append(number)

    # Ctrl-C reaches every process of the terminal. run_due is born deaf to it, and
    # is stopped by us; gunicorn listens to it by itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    web = subprocess.Popen([sys.executable, "-m", "gunicorn", "-c", "workshop/gunicorn.conf.py"])
    due = subprocess.Popen([sys.executable, "manage.py", "run_due", "--loop"])
    signal.signal(signal.SIGINT, stop)

    announced, pause, again_at = False, FIRST_PAUSE, 0.0
    while web.poll() is None and not asked_to_stop:
        if not announced and answers(host, port):
            announced = True
            announce()
        if due.poll() is not None:
            if not again_at:
                say(f"run_due stopped with code {due.returncode}; it starts again in {pause:.0f} seconds.")
                again_at, pause = time.monotonic() + pause, min(pause * 2, LONGEST_PAUSE)
            elif time.monotonic() >= again_at:
                due, again_at = subprocess.Popen([sys.executable, "manage.py", "run_due", "--loop"]), 0.0
        time.sleep(0.2)

    end([web, due])
    if asked_to_stop:
        say("Stopped.")
        return 0
    say(f"The server stopped with code {web.returncode}: see the lines above.")
    return web.returncode or 1


def answers(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1" if host in EVERYWHERE else host, port), 0.2):
        return True
    return False


def announce() -> None:
    site = os.environ["SITE_URL"]
    say(f"\nRapporteur is at {site}/ and admin, editor and author sign in at {site}/admin/. Ctrl-C stops it.")
    if os.environ["HOST"] in EVERYWHERE:
        say("To reach it from other machines, add the name they use to ALLOWED_HOSTS in .env.")
    say("")


def end(children: list[subprocess.Popen]) -> None:
    for child in children:
        with suppress(ProcessLookupError):
            child.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
