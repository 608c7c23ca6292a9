"""A list without rows says what that means, and the way out."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.factories import SpeakerFactory

pytestmark = pytest.mark.django_db
LINKS, EXPERTS = "admin:linking_link_changelist", "admin:speakers_speaker_changelist"


def said(desk, name, **query):
    """The sentence of an empty list; empty where there are rows."""
    _, found, rest = (
        desk.get(f"{reverse(name)}?{urlencode(query)}").content.decode().partition('<p class="desk-empty">')
    )
    return rest.partition("</p>")[0] if found else ""


@pytest.mark.parametrize(
    ("name", "words"), [(LINKS, "No link was found broken."), (EXPERTS, "There is nothing here yet.")]
)
def test_list_of_nothing_says_so(editor, name, words):
    assert said(editor, name) == words


@pytest.mark.parametrize("query", [{"q": "qxzv"}, {"state__exact": "withdrawn"}])
def test_list_that_was_narrowed_to_nothing_leads_back_to_all(editor, query):
    SpeakerFactory()

    assert said(editor, EXPERTS, **query) == (
        'Nothing here is as you asked. <a class="desk-link" href="?">Show the whole list</a>'
    )


def test_list_with_rows_says_nothing(editor):
    SpeakerFactory()

    assert said(editor, EXPERTS) == ""
