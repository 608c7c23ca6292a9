"""Drafts and unsaved words that name the record that goes name the kept one; nothing is asked that nobody changed."""

import pytest

from tests.desk import admin_url, form_of
from tests.editing.naming import naming
from tests.factories import SpeakerFactory, TalkFactory, TalkSpeakerFactory, ThemeFactory
from tests.merging.tables import differences, dump
from workshop.common.keywords import Tag
from workshop.editing.models import Draft, Revision, Unsaved
from workshop.merging.actions import merge, undo
from workshop.models import Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="As published", published=True)


def asked_and_lacking(page):
    return page.context["panel"].questions, page.context["work"].lacks


def publish(editor, talk):
    return editor.fill(talk, "change", _save="Publish changes", _correction="no")


def test_draft_names_the_kept_expert_and_is_published_with_that(editor, talk):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    editor.fill(talk, "change", **naming(gone), _draft="Save draft")

    done = merge(kept=kept, gone=gone, by=editor.user)
    page = editor.get(talk, "change")
    publish(editor, talk)

    assert asked_and_lacking(page) == ([], [])
    assert [row.speaker for row in talk.talk_speakers.all()] == [kept]
    assert [label for label, *_ in done.changes["changed"]].count("editing.draft") == 1


def test_both_in_one_choice_become_one(editor, talk):
    kept, gone, other = (ThemeFactory(published=True) for _ in range(3))
    talk.themes.add(gone)
    editor.fill(talk, "change", themes=[str(each.pk) for each in (kept, gone, other)], _draft="Save draft")

    merge(kept=kept, gone=gone, by=editor.user)
    page = editor.get(talk, "change")
    publish(editor, talk)

    assert asked_and_lacking(page) == ([], [])
    assert {*talk.themes.all()} == {kept, other}


def test_what_the_merge_moved_beside_a_draft_is_no_change_of_somebodys(editor, talk):
    kept, gone, other = (ThemeFactory(published=True) for _ in range(3))
    talk.themes.add(gone)
    row = TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(published=True))
    editor.fill(talk, "change", themes=[str(other.pk)], title="In work", _draft="Save draft")

    merge(kept=kept, gone=gone, by=editor.user)
    page = editor.get(talk, "change")
    publish(editor, talk)

    talk.refresh_from_db()
    assert asked_and_lacking(page) == ([], [])
    assert (talk.title, [*talk.themes.all()], [*talk.talk_speakers.all()]) == ("In work", [other], [row])


def test_links_in_a_draft_lead_to_the_kept_one(editor, talk):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    editor.fill(talk, "change", summary=f"[Ada](record:speaker:{gone.pk})", _draft="Save draft")

    merge(kept=kept, gone=gone, by=editor.user)

    shown = form_of(editor.get(talk, "change"), "talk_form")["summary"]
    assert shown == f"[Ada](record:speaker:{kept.pk})"


def test_keyword_in_a_draft_is_called_as_the_kept_one(editor, talk):
    kept, gone = Tag.objects.create(name="Wet lands"), Tag.objects.create(name="wetlands")
    editor.fill(talk, "change", tags="Wetlands, mud", _draft="Save draft")

    merge(kept=kept, gone=gone, by=editor.user)
    publish(editor, talk)

    assert sorted(talk.tags.names()) == ["Wet lands", "mud"]


def test_unsaved_words_name_the_kept_one_also_of_a_record_that_is_being_added(editor, talk):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    for address in ((talk, "change"), (Talk, "add")):
        page = editor.get(*address)
        sent = form_of(page, "talk_form") | {"title": "Typed", **naming(gone)}
        editor.client.post(page.context["autosave_url"], sent)

    merge(kept=kept, gone=gone, by=editor.user)

    for address, key in (((talk, "change"), talk.pk), ((Talk, "add"), None)):
        page = editor.get(*address, unsaved=Unsaved.objects.get(object_id=key).page)
        found = form_of(page, "talk_form")
        assert asked_and_lacking(page) == ([], [])
        assert (found["title"], found["talk_speakers-0-speaker"]) == ("Typed", str(kept.pk))


def test_page_that_was_open_during_the_merge_keeps_its_words(editor, talk):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    TalkSpeakerFactory(talk=talk, speaker=gone)
    page = editor.get(talk, "change")
    sent = form_of(page, "talk_form") | {"title": "Typed meanwhile"}
    editor.client.post(page.context["autosave_url"], sent)

    merge(kept=kept, gone=gone, by=editor.user)
    met = editor.post(talk, "change", data=sent | {"_save": "Publish changes", "_correction": "no"})
    editor.client.post(
        admin_url(talk, "change"), form_of(met, "talk_form") | {"_save": "Publish changes", "_correction": "no"}
    )

    talk.refresh_from_db()
    assert asked_and_lacking(met) == ([], [])
    assert (talk.title, [row.speaker for row in talk.talk_speakers.all()]) == ("Typed meanwhile", [kept])


def test_undo_brings_drafts_unsaved_words_and_revisions_back_exactly(editor, talk):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    TalkSpeakerFactory(talk=talk, speaker=gone)
    editor.fill(talk, "change", title="In work", _draft="Save draft")
    page = editor.get(talk, "change")
    editor.client.post(page.context["autosave_url"], form_of(page, "talk_form") | {"title": "Typed"})
    before = dump()

    done = merge(kept=kept, gone=gone)
    merged = dump()
    left = undo(merge=done)

    changed = {label for label, _ in differences(before, merged)}
    assert changed >= {"editing.draft", "editing.unsaved", "editing.revision"}
    assert (differences(before, dump()), left) == ({}, [])


def test_draft_that_was_saved_since_stays_at_an_undo_which_says_so(editor, talk):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    editor.fill(talk, "change", **naming(gone), _draft="Save draft")
    done = merge(kept=kept, gone=gone)
    editor.fill(talk, "change", title="Later words", _draft="Save draft")

    left = undo(merge=done)

    assert left == ["Draft of “As published” was saved again since: look whom it names."]
    assert Draft.objects.get().content.fields["title"] == ["Later words"]


def test_draft_that_was_published_since_is_no_matter_of_an_undo(editor, talk):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    editor.fill(talk, "change", **naming(gone), _draft="Save draft")
    done = merge(kept=kept, gone=gone)
    publish(editor, talk)

    assert undo(merge=done) == []
    assert not Draft.objects.exists()


def test_comparison_counts_the_drafts_that_name_it(editor, talk):
    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    editor.fill(talk, "change", **naming(gone), _draft="Save draft")

    page = editor.get(f"{admin_url(type(kept), 'compare')}?keep={kept.pk}&other={gone.pk}")

    assert "These move: 1 draft that names it." in " ".join(page.content.decode().split())
    assert Revision.objects.filter(note__startswith="A record").count() == 0
