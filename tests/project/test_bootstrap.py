"""From a bare Python to an environment: .venv, pip without ensurepip, .env."""

import hashlib
import http.server
import stat
import threading
from types import SimpleNamespace

import environ
import pytest

from tests.project.scripts import script

pytestmark = pytest.mark.once


@pytest.fixture
def bootstrap(monkeypatch, tmp_path):
    module = script("bootstrap")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path)
    for name in ("HOST", "PORT", "DATA_DIR", "PIP_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    return module


@pytest.fixture
def index(tmp_path):
    """A package index on this machine that knows one wheel."""
    folder = tmp_path / "index" / "pip"
    folder.mkdir(parents=True)
    name = script("bootstrap").PIP_WHEEL
    (folder / "index.html").write_text(
        f'<a href="../pip-1.0-py3-none-any.whl">old</a> <a href="../{name}#sha256=0">new</a>'
    )
    (folder.parent / name).write_bytes(b"a wheel")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=folder.parent)

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://someone:secret@127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_env_is_written_once_for_its_owner_alone(bootstrap, tmp_path):
    bootstrap.write_env(tmp_path / ".env")
    first = (tmp_path / ".env").read_text()
    bootstrap.write_env(tmp_path / ".env")

    assert (tmp_path / ".env").read_text() == first
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert len(first.split("SECRET_KEY=")[1].splitlines()[0]) >= 50
    assert first.splitlines()[2:] == [
        "ALLOWED_HOSTS=localhost,127.0.0.1",
        "SITE_URL=http://127.0.0.1:8000",
        "DATA_DIR=var",
    ]


@pytest.mark.parametrize(
    ("host", "hosts", "site"),
    [
        ("workshop.local", "localhost,127.0.0.1,workshop.local", "http://workshop.local:9000"),
        ("0.0.0.0", "localhost,127.0.0.1", "http://127.0.0.1:9000"),
        ("::1", "localhost,127.0.0.1,[::1]", "http://[::1]:9000"),
    ],
)
def test_env_honours_host_and_port(bootstrap, monkeypatch, tmp_path, host, hosts, site):
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "9000")

    bootstrap.write_env(tmp_path / ".env")

    assert (tmp_path / ".env").read_text().splitlines()[2:4] == [f"ALLOWED_HOSTS={hosts}", f"SITE_URL={site}"]


@pytest.mark.parametrize("folder", ["var", "/srv/my data", "/srv/#1", '/srv/"x"', "/srv/a\\b", "/srv/자료"])
def test_env_says_any_folder_so_that_settings_read_it_back(bootstrap, monkeypatch, tmp_path, folder):
    monkeypatch.setenv("DATA_DIR", folder)
    bootstrap.write_env(tmp_path / ".env")
    read: dict[str, str] = {}
    monkeypatch.setattr(environ.Env, "ENVIRON", read)

    environ.Env.read_env(tmp_path / ".env")

    assert read["DATA_DIR"] == folder


def test_requirements_are_installed_once_until_they_change(bootstrap, monkeypatch, tmp_path):
    runs = []

    def run(command, **options):
        runs.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("django\n\n# --- test ---\npytest\n")

    for part in ("run", "run", "test", "test", "run"):
        bootstrap.install(part)
    assert len(runs) == 2

    requirements.write_text("django\n\n# --- test ---\npytest\nruff\n")
    bootstrap.install("run")
    assert len(runs) == 2

    bootstrap.install("test")
    assert len(runs) == 3


def test_index_is_the_one_that_pip_is_told(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap.Path, "home", lambda: tmp_path)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.example/simple\n")

    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    assert bootstrap.index_url() == "https://mirror.example/simple"

    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple")
    assert bootstrap.index_url() == "https://other.example/simple"


def test_pip_is_fetched_from_the_index(bootstrap, monkeypatch, tmp_path, index):
    monkeypatch.setenv("PIP_INDEX_URL", index)
    monkeypatch.setattr(bootstrap, "PIP_SHA256", hashlib.sha256(b"a wheel").hexdigest())

    assert bootstrap.fetch_pip(tmp_path).read_bytes() == b"a wheel"


def test_pip_with_an_unknown_hash_is_refused_and_no_password_is_said(bootstrap, monkeypatch, tmp_path, index):
    monkeypatch.setenv("PIP_INDEX_URL", index)

    with pytest.raises(SystemExit) as refusal:
        bootstrap.fetch_pip(tmp_path)

    assert "is not the file this project knows" in str(refusal.value)
    assert "secret" not in str(refusal.value)
    assert list(tmp_path.glob("*.whl")) == []


def test_an_index_that_does_not_answer_is_a_sentence(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")

    with pytest.raises(SystemExit) as refusal:
        bootstrap.fetch_pip(tmp_path)

    assert str(refusal.value).endswith("Is there a network?")
