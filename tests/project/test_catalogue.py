"""The committed catalogues are complete and compiled: nothing needs gettext to run."""

import re
import shutil
from pathlib import Path

import polib
import pytest

from tests.project.scripts import script

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
WITH_WORDS = ("manage.py", "workshop", "speakers", "recommendations", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
pytestmark = pytest.mark.once
of_each = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.parent.name)


def messages(catalogue):
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in catalogue if not entry.obsolete
    }


def test_there_is_a_korean_catalogue():
    assert [path.parent.parent.name for path in SOURCES] == ["ko"]


@of_each
def test_catalogue_has_no_untranslated_entry(path):
    catalogue = polib.pofile(path)

    assert [entry.msgid for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]] == []


@of_each
def test_compiled_catalogue_is_that_of_its_source(path):
    compiled = path.with_suffix(".mo")

    assert compiled.exists(), "compile it: make messages"
    assert messages(polib.mofile(compiled)) == messages(polib.pofile(path))


@of_each
def test_translations_keep_the_placeholders(path):
    faults = []
    for entry in polib.pofile(path):
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            if said and sorted(PLACEHOLDER.findall(said)) != wanted:
                faults.append((entry.msgid, said))
    assert faults == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
@of_each
def test_catalogue_has_what_the_sources_say_and_nothing_else(path, tmp_path):
    """Where it fails: make messages, then translate what is new."""
    for name in WITH_WORDS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, tmp_path / name)

    script("messages").extract(tmp_path)

    found = polib.pofile(tmp_path / path.relative_to(ROOT))
    assert messages(found).keys() == messages(polib.pofile(path)).keys()
