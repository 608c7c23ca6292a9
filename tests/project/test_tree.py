"""Promises the tree makes about itself."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.once


def test_every_requirement_says_what_it_is_for():
    lines = (ROOT / "requirements.txt").read_text().splitlines()

    silent = [line for line in lines if line and not re.match(r"#|[\w.\[\]-]+==[\w.]+ +# \S", line)]
    assert silent == []


def test_requirements_come_in_two_parts():
    run, _, test = (ROOT / "requirements.txt").read_text().partition("\n# --- test")

    assert {"django", "django-taggit", "psycopg"} <= set(re.findall(r"^([\w-]+)", run, re.MULTILINE))
    assert {"pytest-django", "factory-boy"} <= set(re.findall(r"^([\w-]+)", test, re.MULTILINE))


def test_make_targets_in_the_documents_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    named = {name for file in documents for name in re.findall(r"`make ([a-z]+)", file.read_text())}

    assert named - targets == set()


def test_management_commands_in_the_documents_exist():
    commands = {file.stem for file in ROOT.glob("*/management/commands/*.py")}
    django = {"migrate", "createsuperuser", "collectstatic", "check", "changepassword", "compilemessages", "shell"}
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    named = {name for file in documents for name in re.findall(r"manage\.py ([a-z_]+)", file.read_text())}

    assert named - commands - django == set()
