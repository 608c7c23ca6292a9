"""Who did what and when: sentences for those who may read them, and nothing for others."""

import json

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from tests.desk import admin_url
from tests.factories import TalkFactory, ThemeFactory, UserFactory
from workshop.actions import submit
from workshop.editing.history import said
from workshop.models import Talk, Theme

pytestmark = pytest.mark.django_db


def entry(message, flag=CHANGE):
    return LogEntry(change_message=message if isinstance(message, str) else json.dumps(message), action_flag=flag)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ([{"added": {}}], "Created."),
        ([{"changed": {"fields": ["Title"]}}], "Changed title."),
        ([{"changed": {"fields": ["Title", "UN symbol", "Summary"]}}], "Changed title, UN symbol and summary."),
        ([{"added": {"name": "position", "object": "Ada: Proposes"}}], "Added position “Ada: Proposes”."),
        (
            [{"changed": {"name": "speaker", "object": "Ada", "fields": ["Role"]}}, {"deleted": {"name": "quote"}}],
            "Changed role of speaker “Ada”. Removed a quote.",
        ),
        ([], "Saved without a change."),
        ("Published.", "Published."),
        ("[in brackets] by hand", "[in brackets] by hand"),
        ('["not", "ours"]', '["not", "ours"]'),
        ("", "Saved without a change."),
    ],
)
def test_entry_is_a_sentence(message, sentence):
    assert said(entry(message)) == sentence


def test_entry_without_words_is_named_by_what_it_was():
    assert said(entry("", ADDITION)) == "Created."


def test_row_is_not_called_after_a_person_where_names_are_not_to_be_read():
    message = [{"added": {"name": "position", "object": "Ada: Proposes"}}]

    assert said(entry(message), names=False) == "Added a position."


def test_history_page_says_who_did_what(editor):
    editor.user.first_name, editor.user.last_name = "Ada", "Berg"
    editor.user.save()
    theme = ThemeFactory(name="Mud")
    editor.fill(theme, "change", name="Silt", _publish="Save and publish")

    page = editor.get(theme, "history")

    assert [(one.by, one.said) for one in page.context["entries"]] == [
        ("Ada Berg", "Published."),
        ("Ada Berg", "Changed name."),
    ]
    assert "[{" not in page.content.decode()


def test_history_without_entries_says_so(editor):
    assert "came with an import" in editor.get(ThemeFactory(), "history").content.decode()


def test_history_of_a_user_is_for_admins_and_in_sentences(admin):
    somebody = UserFactory()
    admin.fill(somebody, "change", first_name="Ada")

    assert [one.said for one in admin.get(somebody, "history").context["entries"]] == ["Changed first name."]


def test_history_of_what_one_may_not_see_is_not_there(author):
    hidden = TalkFactory(created_by=UserFactory())
    answer = author.get(hidden, "history")

    assert (answer.status_code, answer.content) == (
        404,
        author.client.get(admin_url(Talk, "history", hidden.pk + 1000)).content,
    )
    assert author.get(ThemeFactory(), "history").status_code == author.get(Theme, "history", 10**9).status_code == 404


def test_reviewer_does_not_learn_a_name_from_the_history(author):
    talk = TalkFactory(created_by=UserFactory())
    LogEntry.objects.create(
        user=talk.created_by,
        content_type=ContentType.objects.get_for_model(talk),
        object_id=talk.pk,
        action_flag=CHANGE,
        change_message=json.dumps([{"added": {"name": "speaker", "object": "Speaker: Bob Withheld"}}]),
    )
    submit(record=talk, by=talk.created_by, to_user=author.user)

    entries = author.get(talk, "history").context["entries"]

    assert [one.said for one in entries][0] == "Added a speaker."
