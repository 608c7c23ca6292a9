"""A missing or wrong setting stops the start and says which line to add."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ENOUGH = {"ENV_FILE": "", "SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "localhost"}
pytestmark = pytest.mark.once


def start(tmp_path, code="", **environment):
    """Imports the settings in a process that knows nothing but the given variables."""
    return subprocess.run(
        [sys.executable, "-c", f"from workshop import settings; {code}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)} | ENOUGH | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_with_a_key_and_a_host_start(tmp_path):
    assert start(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY=a-random-text-of-fifty-characters"),
        ({"SECRET_KEY": "$HOME"}, "SECRET_KEY=a-random-text-of-fifty-characters"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS=localhost,127.0.0.1"),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS=localhost,127.0.0.1"),
        ({"DEBUG": "maybe"}, "DEBUG=false"),
        ({"SITE_URL": "workshop.example.org"}, "SITE_URL=https://workshop.example.org"),
        ({"SITE_URL": "http://["}, "SITE_URL=https://workshop.example.org"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL=postgres://user:password@127.0.0.1:5432/rapporteur"),
        ({"DATABASE_URL": "postgres://h:p/x"}, "DATABASE_URL=postgres://user:password@127.0.0.1:5432/rapporteur"),
        ({"CACHE_URL": "nonsense"}, "CACHE_URL=redis://127.0.0.1:6379/1"),
        ({"EMAIL_URL": "nonsense"}, "EMAIL_URL=smtp+tls://user:password@mail.example.org:587"),
        ({"STORAGE_URL": "/srv/media"}, "STORAGE_URL=file:///srv/rapporteur/media"),
        ({"TRUSTED_PROXY": "proxy.example.org"}, "TRUSTED_PROXY=127.0.0.1"),
        ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE=Asia/Seoul"),
        ({"DATA_DIR": "/dev/null/var"}, f"DATA_DIR={ROOT / 'var'}"),
    ],
)
def test_settings_with_a_wrong_value_name_the_line_to_add(tmp_path, variables, line):
    result = start(tmp_path, **variables)

    assert result.returncode != 0
    assert result.stderr.splitlines()[-1] == line


def test_manage_py_without_settings_says_a_sentence_and_no_stack_trace(tmp_path):
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ENV_FILE": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stderr.splitlines() == [
        "SECRET_KEY is not set. Add this line to .env:",
        "SECRET_KEY=a-random-text-of-fifty-characters",
    ]


@pytest.mark.parametrize(
    ("variable", "value", "packages", "hint"),
    [
        ("CACHE_URL", "redis://127.0.0.1:6379/1", ["redis"], "pip install redis"),
        ("STORAGE_URL", "s3://bucket/media", ["storages", "boto3"], "pip install 'django-storages[s3]'"),
    ],
)
def test_optional_backend_without_its_package_names_the_package(tmp_path, variable, value, packages, hint):
    # Hidden by a finder, so that the test holds where they happen to be installed.
    hide = (
        "import sys; from workshop.common import environment as e; find = e.find_spec\n"
        f"e.find_spec = lambda name: None if name in {packages!r} else find(name)\n"
        "from workshop import settings"
    )
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), variable: value} | ENOUGH
    result = subprocess.run(
        [sys.executable, "-c", hide], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert result.returncode != 0
    assert result.stderr.splitlines()[-1] == hint


@pytest.mark.parametrize(
    ("variables", "backend", "sender"),
    [
        ({}, "dummy", "rapporteur@127.0.0.1"),
        ({"DEBUG": "true", "SITE_URL": "https://mud.example.org"}, "console", "rapporteur@mud.example.org"),
        ({"EMAIL_URL": "smtp+tls://desk%40mud.example.org:word@mail.example.org:587"}, "smtp", "desk@mud.example.org"),
        ({"EMAIL_URL": "smtp://desk:word@mail.example.org"}, "smtp", "rapporteur@127.0.0.1"),
    ],
    ids=["nothing", "developer", "account with an address", "account without one"],
)
def test_mail_goes_where_it_is_told_and_nowhere_by_itself(tmp_path, variables, backend, sender):
    code = "print(settings.EMAIL_BACKEND.split('.')[-2], settings.DEFAULT_FROM_EMAIL)"

    assert start(tmp_path, code, **variables).stdout == f"{backend} {sender}\n"


def test_storage_url_names_another_folder(tmp_path):
    code = "print(settings.STORAGES['default']['OPTIONS'])"

    assert start(tmp_path, code, STORAGE_URL="file:///srv/my%20media").stdout == "{'location': '/srv/my media'}\n"


def test_data_dir_may_hold_odd_letters(tmp_path):
    folder = tmp_path / "a #b %20 자료"
    code = "print(settings.DATABASES['default']['NAME'])"

    assert start(tmp_path, code, DATA_DIR=str(folder)).stdout == f"{folder}/rapporteur.sqlite3\n"
    assert folder.stat().st_mode & 0o777 == 0o700  # drafts and withheld names lie in it


def test_relative_sqlite_address_stands_beside_manage_py(tmp_path):
    code = "print(settings.DATABASES['default']['NAME'])"

    assert start(tmp_path, code, DATABASE_URL="sqlite:///var/x.sqlite3").stdout == f"{ROOT}/var/x.sqlite3\n"


def test_env_example_describes_every_variable_that_is_read():
    sources = [ROOT / "workshop" / "settings.py", ROOT / "workshop" / "common" / "environment.py"]
    readers = r"(?:required|flag|words|folder|networks|environ\.get)\(\s*\"([A-Z_]+)\""
    read = {name for source in sources for name in re.findall(readers, source.read_text())}
    # Where it is read from cannot stand in it.
    read -= {"ENV_FILE"}
    lines = (ROOT / ".env.example").read_text().splitlines()
    described = {
        line.split("=")[0]
        for before, line in zip(lines, lines[1:], strict=False)
        if before.startswith("# ") and re.match(r"[A-Z_]+=", line)
    }

    assert described == read
    contract = (
        "DATABASE_URL SECRET_KEY ALLOWED_HOSTS DEBUG CACHE_URL EMAIL_URL SITE_URL STORAGE_URL DATA_DIR TRUSTED_PROXY"
    )
    assert set(contract.split()) <= described


def test_env_example_is_itself_valid(tmp_path):
    result = start(tmp_path, ENV_FILE=str(ROOT / ".env.example"), SECRET_KEY="y" * 50)

    assert result.returncode == 0
