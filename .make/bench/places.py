"""The databases that are measured: made for it, or named; never a real site's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIX = "rapporteur_bench_"


@dataclass(frozen=True)
class Place:
    """One database of one size; size 0 where it is measured as it is found."""

    url: str
    size: int

    @property
    def kind(self) -> str:
        return "PostgreSQL" if self.url.startswith("postgres") else "SQLite"


class Refused(Exception):
    """Why nothing was done, in a sentence."""


def wanted(sizes: list[int], databases: list[str], server: str, folder: Path) -> list[Place]:
    """The databases to fill. Beyond 100,000 only PostgreSQL is measured."""
    places = []
    for size in sizes:
        if "sqlite" in databases and size <= 100_000:
            places.append(Place(f"sqlite:///{folder / f'{PREFIX}{size}.sqlite3'}", size))
        if "postgresql" in databases and server:
            places.append(Place(beside(server, f"{PREFIX}{size}"), size))
    return places


def beside(server: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def refuse_unless_ours(url: str) -> None:
    """Raises Refused for a database to be made or dropped whose name is not one of ours."""
    if not re.fullmatch(rf"{PREFIX}\d+(\.sqlite3)?", Path(urlsplit(url).path).name):
        raise Refused(f"{url} is no database of the benchmark: its name would begin with {PREFIX}.")


@contextmanager
def filled(place: Place, *, keep: bool) -> Iterator[None]:
    """The database with its content; made where it is not there, and dropped at the end unless kept."""
    refuse_unless_ours(place.url)
    if not (keep and exists(place)):
        drop(place)
        create(place)
        manage(place, "migrate", "--noinput", "--verbosity", "0")
        manage(place, "generate_load", "--recommendations", str(place.size))
    else:
        manage(place, "migrate", "--noinput", "--verbosity", "0")
    try:
        yield
    finally:
        if not keep:
            drop(place)


def exists(place: Place) -> bool:
    """Whether the database is there."""
    if place.kind == "SQLite":
        return file_of(place).exists()
    with closing(connected(place.url, "postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name_of(place)])
        return cursor.fetchone() is not None


def create(place: Place) -> None:
    """An empty PostgreSQL database; an SQLite file makes itself."""
    if place.kind == "PostgreSQL":
        with closing(connected(place.url, "postgres")) as connection, connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name_of(place)}"')


def drop(place: Place) -> None:
    """Remove the database, if it is there."""
    refuse_unless_ours(place.url)
    if place.kind == "SQLite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{file_of(place)}{ending}").unlink(missing_ok=True)
        return
    with closing(connected(place.url, "postgres")) as connection, connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name_of(place)}" WITH (FORCE)')


def connected(url: str, database: str):
    """A connection to another database of the same server, outside any transaction."""
    import psycopg  # here: SQLite alone needs no driver

    return psycopg.connect(beside(url, database), connect_timeout=4, autocommit=True)


def name_of(place: Place) -> str:
    return urlsplit(place.url).path.removeprefix("/")


def file_of(place: Place) -> Path:
    return Path(place.url.removeprefix("sqlite:///"))


def manage(place: Place, *command: str) -> None:
    """Run a command of Django on the database; raises Refused where it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment(place), check=False, stdout=sys.stderr
    )
    if done.returncode:
        raise Refused(f"manage.py {command[0]} failed on {place.url}: see above.")


def environment(place: Place, **more: str) -> dict[str, str]:
    """The environment of a production site on this database; reads no .env."""
    folder = Path(tempfile.gettempdir()) / "rapporteur-bench"
    ours = {
        "ENV_FILE": "",
        "SECRET_KEY": "only-for-make-bench-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATA_DIR": str(folder),
        "DATABASE_URL": place.url,
        "PYTHONPATH": os.pathsep.join([str(ROOT / ".make"), str(ROOT)]),
        **dict.fromkeys(("DEBUG", "CACHE_URL", "EMAIL_URL", "STORAGE_URL", "TRUSTED_PROXY"), ""),
    }
    return os.environ | ours | more
