"""The committed catalogues are complete and compiled: nothing needs gettext to run."""

from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
pytestmark = pytest.mark.once


def messages(catalogue):
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr
        for entry in catalogue
        if not entry.obsolete and not entry.fuzzy
    }


def test_there_is_a_korean_catalogue():
    assert [path.parent.parent.name for path in SOURCES] == ["ko"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.parent.name)
def test_catalogue_has_no_untranslated_entry(path):
    catalogue = polib.pofile(path)

    assert [entry.msgid for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.parent.name)
def test_compiled_catalogue_is_that_of_its_source(path):
    compiled = path.with_suffix(".mo")

    assert compiled.exists(), "compile it: python -c \"import polib; polib.pofile('x.po').save_as_mofile('x.mo')\""
    assert messages(polib.mofile(compiled)) == messages(polib.pofile(path))
