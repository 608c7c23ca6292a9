"""The desk asks before a published statement changes; nothing is public without an answer."""

import pytest

from tests.desk import admin_url, form_of, said
from tests.factories import QuoteFactory, RecommendationFactory, TalkFactory, TalkSpeakerFactory
from workshop.admin.asking import ASK
from workshop.common.attribution import Attribution
from workshop.corrections.models import Correction
from workshop.editing.models import Draft, Revision, Unsaved
from workshop.editing.working import MET

pytestmark = pytest.mark.django_db
YES = {"_correction": "yes", "_correction_kind": "erratum", "_correction_note": "It was said in 2013."}


@pytest.fixture
def talk():
    return TalkFactory(title="Said in 2031", summary="Mud.", key_message="", published=True)


def asked(response):
    return response.context["correction"] is not None


def test_published_statement_is_not_changed_without_an_answer_and_no_word_is_lost(editor, talk):
    response = editor.fill(talk, "change", title="Said in 2013", source_url="https://mud.example.org/", _save="Save")

    talk.refresh_from_db()
    found = form_of(response, "talk_form")
    assert (talk.title, asked(response), ASK in response.content.decode()) == ("Said in 2031", True, True)
    assert (found["title"], found["source_url"]) == ("Said in 2013", "https://mud.example.org/")
    assert "_correction" not in found  # nothing is chosen for the editor
    assert not Correction.objects.exists()


def test_correction_is_written_with_the_change(editor, talk):
    response = editor.fill(talk, "change", title="Said in 2013", _save="Save")

    editor.post(talk, "change", data=form_of(response, "talk_form") | YES | {"_correction_old": "on", "_save": "Save"})

    talk.refresh_from_db()
    correction = Correction.objects.of(talk).get()
    assert (talk.title, correction.kind, correction.note) == ("Said in 2013", "erratum", "It was said in 2013.")
    assert (correction.old_words, correction.created_by) == ("Said in 2031", editor.user)
    assert Revision.objects.of(talk).first().note == "Noted as a correction."


def test_small_change_is_saved_and_readers_are_told_nothing(editor, talk):
    response = editor.fill(talk, "change", title="Said in 2013", _save="Save", _correction="no")

    talk.refresh_from_db()
    assert (talk.title, Correction.objects.exists()) == ("Said in 2013", False)
    assert response.redirect_chain


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"_correction": "maybe"}, "maybe is not one of the available choices"),
        ({"_correction": "yes", "_correction_note": "Why."}, "Say what kind of change it is."),
        ({"_correction": "yes", "_correction_kind": "erratum"}, "Tell readers in a sentence what was corrected."),
        (YES | {"_correction_kind": "joke"}, "joke is not one of the available choices"),
        (YES | {"_correction_note": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_half_an_answer_is_asked_for_again_and_kept(editor, talk, answer, sentence):
    response = editor.fill(talk, "change", title="Said in 2013", _save="Save", **answer)

    talk.refresh_from_db()
    assert (talk.title, sentence in response.content.decode()) == ("Said in 2031", True)
    found = form_of(response, "talk_form")
    assert found["_correction_note"] == answer.get("_correction_note", "")


@pytest.mark.parametrize(
    "changes",
    [
        {"source_url": "https://mud.example.org/"},
        {"key_message": "New, where there was none"},
        {"title": "Said in 2031 "},
        {"tags": "wetlands"},
    ],
)
def test_other_changes_are_not_asked_about(editor, talk, changes):
    response = editor.fill(talk, "change", _save="Save", **changes)

    assert response.redirect_chain


def test_nobody_is_asked_about_drafts_first_publication_and_bulk_steps(editor, talk):
    draft = TalkFactory(title="Before")
    editor.fill(draft, "change", title="After", _publish="Save and publish")
    editor.fill(talk, "change", title="In work", _draft="Save draft")
    editor.post(type(talk), data={"action": "withdraw", "_selected_action": [draft.pk], "_take": "1", "kind": "error"})

    draft.refresh_from_db()
    assert (draft.title, draft.state, Draft.objects.count()) == ("After", "withdrawn", 1)


def test_draft_shows_the_question_before_it_is_published(editor, talk, desk_of):
    editor.fill(talk, "change", title="Said in 2013", _draft="Save draft", **YES)

    response = desk_of("editor").get(talk, "change")

    found = form_of(response, "talk_form")
    assert (asked(response), found["_correction_note"]) == (True, "It was said in 2013.")
    assert "_correction" not in found  # whoever publishes decides


def test_answer_survives_a_colleague_who_saved_meanwhile(editor, desk_of, talk):
    page = editor.get(talk, "change")
    desk_of("editor").fill(talk, "change", summary="Water.", _correction="no", _save="Save")

    response = editor.post(
        talk, "change", data=form_of(page, "talk_form") | {"title": "Said in 2013", "_save": "Save"} | YES
    )
    found = form_of(response, "talk_form")
    editor.post(talk, "change", data=found | {"_save": "Save"})

    talk.refresh_from_db()
    assert MET in said(response)
    assert (found["_correction"], found["_correction_note"]) == ("yes", "It was said in 2013.")
    assert (talk.title, talk.summary, Correction.objects.count()) == ("Said in 2013", "Water.", 1)


def test_answer_is_kept_while_one_types(editor, talk):
    values = form_of(editor.get(talk, "change"), "talk_form")

    editor.client.post(admin_url(talk, "autosave"), values | {"title": "Said in 2013"} | YES)

    assert Unsaved.objects.get().beside == YES


def test_exact_words_changed_or_removed_on_their_talk_are_asked_about(editor, talk):
    QuoteFactory(talk=talk, speaker=None, exact="Mud must be kept.")

    changed = editor.fill(talk, "change", **{"quotes-0-exact": "Mud must be used."}, _save="Save")
    removed = editor.fill(talk, "change", **{"quotes-0-DELETE": "on"}, _save="Save")

    assert [asked(changed), asked(removed)] == [True, True]


def test_exact_words_changed_on_their_own_page_are_a_correction_of_the_talk(editor, talk):
    quote = QuoteFactory(talk=talk, speaker=None, exact="Mud must be kept.")
    response = editor.fill(quote, "change", exact="Mud must be used.", _save="Save")

    editor.post(quote, "change", data=form_of(response, "quote_form") | YES | {"_save": "Save"})

    quote.refresh_from_db()
    assert (asked(response), quote.exact, Correction.objects.of(talk).count()) == (True, "Mud must be used.", 1)


def test_recommendation_is_asked_about_by_every_button_that_makes_it_public(editor):
    record = RecommendationFactory(statement="Keep the mud.", published=True)

    buttons = ("_save", "_publish")
    answers = [editor.fill(record, "change", statement="Use the mud.", **{button: "Save"}) for button in buttons]

    record.refresh_from_db()
    assert ([asked(answer) for answer in answers], record.statement) == ([True, True], "Keep the mud.")


def test_withheld_name_is_neither_told_nor_shown_in_the_words_before(editor, talk):
    row = TalkSpeakerFactory(talk=talk, attribution=Attribution.NOT_ATTRIBUTED)
    name = row.speaker.name
    response = editor.fill(talk, "change", title="Said in 2013", _save="Save")
    told = YES | {"_correction_note": f"{name} said it in 2013.", "_correction_old": "on"}

    refused = editor.post(talk, "change", data=form_of(response, "talk_form") | told | {"_save": "Save"})
    editor.post(talk, "change", data=form_of(refused, "talk_form") | YES | {"_correction_old": "on", "_save": "Save"})

    assert f"To be withheld here: {row.speaker}" in refused.content.decode()
    assert "Show them the words before" not in response.content.decode()
    assert Correction.objects.get().old_words == ""


def test_name_withheld_with_the_same_save_undoes_the_save(editor, talk):
    row = TalkSpeakerFactory(talk=talk)
    told = YES | {"_correction_note": f"{row.speaker.name} said it in 2013."}

    response = editor.fill(
        talk, "change", title="Said in 2013", **{"talk_speakers-0-attribution": "2"}, **told, _save="Save"
    )

    talk.refresh_from_db()
    row.refresh_from_db()
    assert (talk.title, row.attribution, Correction.objects.exists()) == ("Said in 2031", 0, False)
    assert "Say it without the name." in response.content.decode()


def test_same_page_sent_twice_is_one_correction(editor, talk):
    response = editor.fill(talk, "change", title="Said in 2013", _save="Save")
    values = form_of(response, "talk_form") | YES | {"_save": "Save"}

    editor.post(talk, "change", data=values)
    editor.post(talk, "change", data=values)

    assert Correction.objects.count() == 1
