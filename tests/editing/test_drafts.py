"""Drafts of published records: readers go on seeing what is published."""

import pytest

from tests.desk import admin_url, form_of, said
from tests.factories import RecommendationFactory, SpeakerFactory, TalkFactory, TalkSpeakerFactory, ThemeFactory
from workshop.editing.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="As published", summary="Old words.", published=True)


def sent(desk, record):
    """What the page of a record would send."""
    response = desk.get(record, "change")
    return form_of(response, f"{record._meta.model_name}_form")


def test_draft_of_public_talk_is_not_seen_by_readers(editor, client, talk):
    editor.fill(talk, "change", title="In work", _draft="Save draft")

    talk.refresh_from_db()
    page = client.get(talk.get_absolute_url()).content.decode()
    assert (talk.title, "In work" in page, "As published" in page) == ("As published", False, True)


def test_draft_with_rows_tags_and_choices_is_there_for_another_editor(editor, desk_of, talk):
    theme, speaker = ThemeFactory(published=True), SpeakerFactory(published=True)
    row = TalkSpeakerFactory(talk=talk, speaker=speaker)
    new = {
        "talk_speakers-TOTAL_FORMS": "2",
        "talk_speakers-1-speaker": str(SpeakerFactory(published=True).pk),
        "talk_speakers-1-role": "moderator",
        "talk_speakers-1-order": "2",
        "talk_speakers-1-attribution": "0",
        "talk_speakers-1-affiliation_then": "Elsewhere",
    }
    editor.fill(
        talk,
        "change",
        title="In work",
        tags="water, bread",
        themes=[str(theme.pk)],
        **{f"talk_speakers-{0}-affiliation_then": "Then and there"},
        **new,
        _draft="Save draft",
    )

    found = sent(desk_of("editor"), talk)

    assert {name: found[name] for name in ("title", "tags", "themes", "talk_speakers-TOTAL_FORMS")} == {
        "title": "In work",
        "tags": "water, bread",
        "themes": [str(theme.pk)],
        "talk_speakers-TOTAL_FORMS": "2",
    }
    assert (found["talk_speakers-0-id"], found["talk_speakers-0-affiliation_then"]) == (str(row.pk), "Then and there")
    assert (found["talk_speakers-1-affiliation_then"], found["talk_speakers-1-role"]) == ("Elsewhere", "moderator")
    assert list(talk.talk_speakers.values_list("pk", flat=True)) == [row.pk]


def test_history_says_who_saved_and_who_dropped_a_draft(editor, desk_of, talk):
    editor.fill(talk, "change", title="In work", _draft="Save draft")
    desk_of("admin").post(admin_url(talk, "discard"))

    said_there = [entry.said for entry in editor.get(talk, "history").context["entries"]]

    assert said_there == ["Saved a draft.", "Discarded the draft."]


def test_incomplete_draft_is_kept_and_not_complained_of(editor, talk):
    editor.fill(talk, "change", title="", title_ko="", date="no date at all", _draft="Save draft")

    response = editor.get(talk, "change")

    found = form_of(response, "talk_form")
    assert (found["title"], found["date"], b"errorlist" in response.content) == ("", "no date at all", False)


def test_publishing_makes_the_draft_live_and_ends_it(editor, client, talk):
    editor.fill(talk, "change", title="In work", _draft="Save draft")

    editor.fill(talk, "change", _save="Publish changes", _correction="no")

    talk.refresh_from_db()
    assert (talk.title, Draft.objects.count()) == ("In work", 0)
    assert "In work" in client.get(talk.get_absolute_url()).content.decode()


def test_discarding_shows_what_is_published_again(editor, talk):
    editor.fill(talk, "change", title="In work", _draft="Save draft")

    response = editor.post(admin_url(talk, "discard"))

    assert said(response) == ["The draft is dropped. The page shows what readers see."]
    assert (sent(editor, talk)["title"], Draft.objects.count()) == ("As published", 0)


def test_discarding_by_get_is_refused(editor, talk):
    editor.fill(talk, "change", title="In work", _draft="Save draft")

    assert editor.get(admin_url(talk, "discard")).status_code == 405
    assert Draft.objects.count() == 1


def test_list_says_which_records_have_a_newer_draft_and_whose(editor, talk):
    TalkFactory(title="Untouched", published=True)
    editor.fill(talk, "change", title="In work", _draft="Save draft")

    everything = editor.get(type(talk)).content.decode()
    narrowed = editor.get(type(talk), drafted="yes").content.decode()

    assert everything.count("Newer draft by") == 1
    assert f"Newer draft by {editor.user.username}" in everything
    assert ("As published" in narrowed, "Untouched" in narrowed) == (True, False)


def test_draft_button_stands_on_published_records_only(editor, talk):
    buttons = {record: editor.get(record, "change").content.decode() for record in (talk, TalkFactory())}

    assert ['name="_draft"' in html for html in buttons.values()] == [True, False]


def test_draft_sent_for_a_record_that_is_not_public_saves_it(editor):
    draft = TalkFactory(title="Before")

    editor.fill(draft, "change", title="After", _draft="Save draft")

    draft.refresh_from_db()
    assert (draft.title, Draft.objects.count()) == ("After", 0)


def test_row_added_to_the_live_record_meanwhile_is_in_the_draft_too(editor, talk):
    editor.fill(talk, "change", title="In work", _draft="Save draft")
    row = TalkSpeakerFactory(talk=talk)

    found = sent(editor, talk)

    assert (found["title"], found["talk_speakers-0-id"]) == ("In work", str(row.pk))


def test_row_that_went_meanwhile_and_was_left_alone_is_gone_from_the_draft(editor, talk):
    row = TalkSpeakerFactory(talk=talk)
    editor.fill(talk, "change", title="In work", _draft="Save draft")
    row.delete()

    found = sent(editor, talk)

    assert (found["title"], found["talk_speakers-TOTAL_FORMS"]) == ("In work", "0")


def test_author_drafts_on_own_public_record_and_cannot_publish_it(author):
    own = TalkFactory(title="As published", published=True, created_by=author.user)

    page = author.get(own, "change").content.decode()
    author.fill(own, "change", title="In work", _draft="Save draft")
    refused = author.fill(own, "change", title="Now", _save="Publish changes")

    own.refresh_from_db()
    assert ('name="_draft"' in page, 'name="_save"' in page) == (True, False)
    assert (own.title, refused.status_code, Draft.objects.get().author) == ("As published", 403, author.user)


def test_author_does_not_reach_the_draft_of_anothers_record(editor, author, talk):
    editor.fill(talk, "change", title="In work", _draft="Save draft")

    assert author.get(talk, "change").status_code == 404
    assert author.post(admin_url(talk, "discard")).status_code in {403, 404}
    assert Draft.objects.count() == 1


def test_code_and_ties_of_a_recommendation_survive_a_draft(editor):
    record = RecommendationFactory(statement="As published.", published=True)

    editor.fill(record, "change", statement="In work.", _draft="Save draft")
    editor.fill(record, "change", _save="Publish changes", _correction="no")

    record.refresh_from_db()
    assert (record.statement, record.state) == ("In work.", "published")
