"""`make run`, on a data folder of its own: prepared once, served, stopped whole."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.project.scripts import ROOT, script

pytestmark = pytest.mark.once


@pytest.fixture
def serve():
    return script("serve")


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


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


@needs_ps
def test_make_run_prepares_once_serves_and_stops_whole(tmp_path, port):
    first = Site(tmp_path, port)
    first.wait()
    names = " ".join(first.children().values())
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as home:
        headers, page = home.headers, home.read().decode()

    assert "gunicorn" in names
    assert "run_due --loop" in names
    assert headers["Set-Cookie"] is None
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "/static/css/" in page
    assert all(login in first.log.read_text() for login in ("admin", "editor", "author"))
    assert first.stop() == 0
    assert first.children() == {}

    second = Site(tmp_path, port)
    seconds = second.wait()
    log = second.log.read_text()
    assert second.stop(signal.SIGINT) == 0

    assert "Preparing" not in log
    assert second.children() == {}
    assert seconds < 5


@needs_ps
def test_run_due_ends_where_the_server_dies(tmp_path, port):
    site = Site(tmp_path, port)
    site.wait()
    server = next(pid for pid, args in sorted(site.children().items()) if "gunicorn" in args)

    os.kill(server, signal.SIGKILL)

    assert site.process.wait(30) != 0
    deadline = time.monotonic() + 10
    while any("run_due" in args for args in site.children().values()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [args for args in site.children().values() if "run_due" in args] == []
