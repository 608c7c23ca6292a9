"""`make run`, on a data folder of its own: prepared once, served, stopped whole."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from types import SimpleNamespace

import pytest

from tests.project.scripts import ROOT, script

pytestmark = pytest.mark.once


@pytest.fixture
def serve():
    return script("serve")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def port():
    return free_port()


# --- the pieces ------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1", "80 80"])
def test_port_that_is_none_is_a_sentence(serve, monkeypatch, value):
    monkeypatch.setenv("PORT", value)

    with pytest.raises(SystemExit, match=f"PORT={value} is not a port number"):
        serve.place()


def test_port_in_use_is_a_sentence(serve):
    other = socket.create_server(("127.0.0.1", 0))
    with other, pytest.raises(SystemExit, match="is in use by another program"):
        serve.refuse_if_taken("127.0.0.1", other.getsockname()[1])


def test_host_of_another_machine_is_a_sentence(serve, port):
    with pytest.raises(SystemExit, match="is not an address of this machine"):
        serve.refuse_if_taken("192.0.2.1", port)


@pytest.mark.parametrize(
    ("before", "host", "after"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", "http://127.0.0.1:9000"),
        ("http://127.0.0.1:8000", "0.0.0.0", "http://127.0.0.1:9000"),
        ("http://127.0.0.1:8000", "::1", "http://[::1]:9000"),
        ("https://workshop.example.org", "127.0.0.1", "https://workshop.example.org"),
    ],
)
def test_site_url_follows_the_port_unless_it_is_public(serve, monkeypatch, before, host, after):
    for name in ("HOST", "PORT", "DEBUG", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost,127.0.0.1")
    monkeypatch.setenv("SITE_URL", before)

    serve.describe_ourselves(host, 9000, debug=False)

    assert os.environ["SITE_URL"] == after


def test_database_is_migrated_only_where_every_migration_on_disk_is_applied(serve, tmp_path):
    file = tmp_path / "x.sqlite3"
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    assert not serve.is_migrated(database)

    ours = [
        (path.parent.parent.name, path.stem)
        for path in ROOT.rglob("migrations/*.py")
        if path.stem != "__init__" and ".venv" not in path.parts
    ]
    with sqlite3.connect(file) as connection:
        assert not serve.is_migrated(database)
        connection.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        connection.executemany("INSERT INTO django_migrations VALUES (?, ?)", ours[1:])
        connection.commit()
        assert not serve.is_migrated(database)
        connection.execute("INSERT INTO django_migrations VALUES (?, ?)", ours[0])
    connection.close()

    assert serve.is_migrated(database)
    assert not serve.is_migrated(database | {"ENGINE": "django.db.backends.postgresql"})


needs_ps = pytest.mark.skipif(shutil.which("ps") is None, reason="without ps nobody can see who is left")

# --- the whole -------------------------------------------------------------------------


class Site:
    """One `make run`, less the dependencies, which the tests already have."""

    def __init__(self, folder, port, **environment):
        self.port, self.log = port, folder / f"{time.monotonic_ns()}.log"
        self.started = time.monotonic()
        data = {"DATA_DIR": str(folder / "data"), "DATABASE_URL": "", "PORT": str(port), "DEMO_PASSWORD": ""}
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, ".make/serve.py"],
                cwd=ROOT,
                env=os.environ | data | environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def wait(self, seconds=90):
        while time.monotonic() < self.started + seconds and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return time.monotonic() - self.started
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def children(self):
        """The processes of its session: itself, gunicorn with its workers, run_due."""
        lines = subprocess.run(["ps", "-A", "-o", "pgid=,pid=,args="], capture_output=True, text=True, check=True)
        rows = [line.split(None, 2) for line in lines.stdout.splitlines()]
        return {int(pid): args for group, pid, args in rows if int(group) == self.process.pid}

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(20)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder that `make run` has prepared, and what its first run was like."""
    folder = tmp_path_factory.mktemp("site")
    with Site(folder, free_port()) as site:
        site.wait()
        with urllib.request.urlopen(f"http://127.0.0.1:{site.port}/", timeout=10) as home:
            headers, page = home.headers, home.read().decode()
        names = " ".join(site.children().values())
        code, left = site.stop(), site.children()
    return SimpleNamespace(
        folder=folder, headers=headers, page=page, names=names, code=code, left=left, log=site.log.read_text()
    )


@needs_ps
def test_first_run_serves_the_production_site_and_stops_whole(prepared):
    assert "gunicorn" in prepared.names
    assert "run_due --loop" in prepared.names
    assert prepared.headers["Set-Cookie"] is None
    assert "default-src 'none'" in prepared.headers["Content-Security-Policy"]
    assert re.search(r"/static/css/[a-z-]+\.[0-9a-f]{12}\.css", prepared.page)
    assert (prepared.code, prepared.left) == (0, {})


@needs_ps
def test_first_run_says_who_signs_in(prepared):
    said = prepared.log.partition("Preparing")[2].partition("Starting gunicorn")[0]

    assert [login for login in ("admin", "editor", "author") if login not in said] == []


@needs_ps
def test_second_run_prepares_nothing_and_starts_in_seconds(prepared, port):
    with Site(prepared.folder, port) as site:
        seconds = site.wait()

        assert "Preparing" not in site.log.read_text()
        assert seconds < 15  # one and a half where no other test runs beside it
        assert site.stop(signal.SIGINT) == 0
        assert site.children() == {}


@needs_ps
def test_run_due_ends_where_the_server_dies(prepared, port):
    with Site(prepared.folder, port) as site:
        site.wait()
        server = next(pid for pid, args in sorted(site.children().items()) if "gunicorn" in args)

        os.kill(server, signal.SIGKILL)

        assert site.process.wait(30) != 0
        assert [args for args in site.children().values() if "run_due" in args] == []
