"""Two people with the same record open: the second save is never silent, and loses no word."""

import re

import pytest

from tests.desk import form_of, said
from tests.factories import TalkFactory, TalkSpeakerFactory, ThemeFactory
from workshop.editing.models import Unsaved
from workshop.editing.working import MET, OLDER, UNDECIDED
from workshop.models import Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="A title", summary="First line.\nSecond line.", key_message="", published=True)


class Opened:
    """A page that somebody has open since before somebody else saved."""

    def __init__(self, desk, record):
        self.desk, self.record = desk, record
        self.response = desk.get(record, "change")
        self.values = form_of(self.response, f"{record._meta.model_name}_form")

    def send(self, **changes):
        return self.desk.post(
            self.record, "change", data=self.values | {"_save": "Save", "_correction": "no"} | changes
        )


def answers(response, *choices):
    """The form of a page on which two versions meet, with an answer to each question."""
    found = form_of(response, "talk_form")
    questions = response.context["panel"].questions
    assert len(questions) == len(choices), [question.change.label for question in questions]
    return found | {question.name: choice for question, choice in zip(questions, choices, strict=True)}


def met(first, second, talk, mine, theirs):
    """Both open it, the first saves, then the second: what the second one sees."""
    pages = Opened(first, talk), Opened(second, talk)
    pages[0].send(**theirs)
    return pages[1].send(**mine)


@pytest.fixture
def colleague(desk_of):
    return desk_of("editor")


def test_second_save_shows_both_versions_and_writes_nothing(editor, colleague, talk):
    response = met(colleague, editor, talk, {"title": "Mine"}, {"title": "Theirs"})

    talk.refresh_from_db()
    (question,) = response.context["panel"].questions
    assert (talk.title, MET in said(response)) == ("Theirs", True)
    assert (question.change.label, question.change.old, question.change.new) == ("Title", "Theirs", "Mine")
    assert form_of(response, "talk_form")["title"] == "Mine"


@pytest.mark.parametrize(
    "choice, expected",
    [("mine", "My words."), ("theirs", "Their words."), ("both", "Their words.\n\nMy words.")],
)
def test_decision_is_carried_out(editor, colleague, talk, choice, expected):
    response = met(colleague, editor, talk, {"summary": "My words."}, {"summary": "Their words."})

    editor.post(talk, "change", data=answers(response, choice) | {"_save": "Save"})

    talk.refresh_from_db()
    assert talk.summary.replace("\r\n", "\n") == expected
    assert not Unsaved.objects.exists()


def test_words_joined_by_hand_in_the_form_stand(editor, colleague, talk):
    response = met(colleague, editor, talk, {"title": "Mine"}, {"title": "Theirs"})

    editor.post(talk, "change", data=answers(response, "mine") | {"title": "Both of ours", "_save": "Save"})

    talk.refresh_from_db()
    assert talk.title == "Both of ours"


def test_save_without_a_decision_asks_again_and_writes_nothing(editor, colleague, talk):
    response = met(colleague, editor, talk, {"title": "Mine"}, {"title": "Theirs"})

    again = editor.post(talk, "change", data=form_of(response, "talk_form") | {"_save": "Save"})

    talk.refresh_from_db()
    assert (talk.title, UNDECIDED in said(again)) == ("Theirs", True)
    assert (len(again.context["panel"].questions), form_of(again, "talk_form")["title"]) == (1, "Mine")


def test_changes_of_different_fields_are_joined_and_shown_before_they_are_saved(editor, colleague, talk):
    response = met(colleague, editor, talk, {"key_message": "Mine"}, {"summary": "Theirs"})

    talk.refresh_from_db()
    before = talk.key_message
    panel = response.context["panel"]
    assert (before, panel.questions, [change.label for change in panel.taken]) == ("", [], ["Summary"])
    editor.post(talk, "change", data=form_of(response, "talk_form") | {"_save": "Save"})
    talk.refresh_from_db()
    assert (talk.key_message, talk.summary) == ("Mine", "Theirs")


def test_third_save_in_between_meets_again(editor, colleague, desk_of, talk):
    response = met(colleague, editor, talk, {"title": "Mine"}, {"title": "Theirs"})
    decided = answers(response, "mine")
    Opened(desk_of("editor"), talk).send(title="A third one")

    again = editor.post(talk, "change", data=decided | {"_save": "Save"})

    talk.refresh_from_db()
    assert (talk.title, [q.change.old for q in again.context["panel"].questions]) == ("A third one", ["A third one"])


@pytest.mark.parametrize("what", ["row", "theme", "tags"])
def test_change_of_a_row_a_choice_or_keywords_counts(editor, colleague, talk, what):
    row, theme = TalkSpeakerFactory(talk=talk, affiliation_then="Then"), ThemeFactory(published=True)
    theirs = {
        "row": {"talk_speakers-0-affiliation_then": "Theirs"},
        "theme": {"themes": [str(theme.pk)]},
        "tags": {"tags": "water"},
    }[what]

    response = met(colleague, editor, talk, {"title": "Mine"}, theirs)

    assert (MET in said(response), len(response.context["panel"].taken)) == (True, 1)
    editor.post(talk, "change", data=form_of(response, "talk_form") | {"_save": "Save"})
    talk.refresh_from_db()
    row.refresh_from_db()
    kept = {
        "row": row.affiliation_then == "Theirs",
        "theme": list(talk.themes.all()) == [theme],
        "tags": list(talk.tags.names()) == ["water"],
    }
    assert (talk.title, kept[what]) == ("Mine", True)


def test_change_in_bulk_behind_the_desk_counts(editor, talk):
    page = Opened(editor, talk)
    Talk.objects.filter(pk=talk.pk).update(title="From elsewhere")

    response = page.send(title="Mine")

    talk.refresh_from_db()
    assert (talk.title, len(response.context["panel"].questions)) == ("From elsewhere", 1)


def test_row_removed_by_them_and_changed_by_me_comes_back_if_i_say_so(editor, colleague, talk):
    row = TalkSpeakerFactory(talk=talk, affiliation_then="Then")
    response = met(
        colleague, editor, talk, {"talk_speakers-0-affiliation_then": "Mine"}, {"talk_speakers-0-DELETE": "on"}
    )

    editor.post(talk, "change", data=answers(response, "mine") | {"_save": "Save"})

    (kept,) = talk.talk_speakers.all()
    assert (kept.pk == row.pk, kept.affiliation_then, kept.speaker) == (False, "Mine", row.speaker)


def test_row_removed_by_them_and_changed_by_me_goes_if_i_say_so(editor, colleague, talk):
    TalkSpeakerFactory(talk=talk, affiliation_then="Then")
    response = met(
        colleague, editor, talk, {"talk_speakers-0-affiliation_then": "Mine"}, {"talk_speakers-0-DELETE": "on"}
    )

    editor.post(talk, "change", data=answers(response, "theirs") | {"_save": "Save"})

    assert not talk.talk_speakers.exists()


def test_row_that_both_left_alone_is_not_asked_about(editor, colleague, talk):
    TalkSpeakerFactory(talk=talk)

    response = met(colleague, editor, talk, {"title": "Mine"}, {"talk_speakers-0-DELETE": "on"})

    assert (response.context["panel"].questions, len(response.context["panel"].taken)) == ([], 1)


def test_rows_added_by_both_are_both_there(editor, colleague, talk):
    def new(name):
        speaker = str(TalkSpeakerFactory().speaker_id)
        row = {"speaker": speaker, "role": "speaker", "order": "1", "attribution": "0", "affiliation_then": name}
        return {"talk_speakers-TOTAL_FORMS": "1"} | {f"talk_speakers-0-{key}": value for key, value in row.items()}

    response = met(colleague, editor, talk, new("Mine"), new("Theirs"))
    editor.post(talk, "change", data=form_of(response, "talk_form") | {"_save": "Save"})

    assert sorted(talk.talk_speakers.values_list("affiliation_then", flat=True)) == ["Mine", "Theirs"]


def test_publishing_button_does_not_pass_by_what_a_colleague_saved(editor, colleague):
    draft = TalkFactory(title="A title")

    response = met(colleague, editor, draft, {"title": "Mine", "_publish": "Save and publish"}, {"title": "Theirs"})

    draft.refresh_from_db()
    assert (draft.title, draft.state, MET in said(response)) == ("Theirs", "draft", True)


def test_double_click_is_one_save(editor, talk):
    page = Opened(editor, talk)

    page.send(title="Mine")
    response = page.send(title="Mine")

    talk.refresh_from_db()
    assert (talk.title, MET in said(response)) == ("Mine", False)


def test_double_click_on_a_new_record_makes_one(editor):
    page = editor.get(Talk, "add")
    values = form_of(page, "talk_form") | {"title": "Made once", "occasion": "A seminar", "_save": "Save"}

    editor.post(Talk, "add", data=values)
    response = editor.post(Talk, "add", data=values)

    assert Talk.objects.filter(title="Made once").count() == 1
    assert "This was saved already, when you first sent it." in said(response)


def test_drafts_meet_too(editor, colleague, talk):
    pages = Opened(colleague, talk), Opened(editor, talk)
    pages[0].send(title="Theirs", _draft="Save draft")

    response = pages[1].send(title="Mine", _draft="Save draft")

    assert (MET in said(response), [q.change.old for q in response.context["panel"].questions]) == (True, ["Theirs"])


def test_page_without_its_hidden_fields_overwrites_nothing(editor, talk):
    values = Opened(editor, talk).values
    old = {name: value for name, value in values.items() if not name.startswith("_")}

    response = editor.post(talk, "change", data=old | {"title": "From an old page", "_save": "Save"})

    talk.refresh_from_db()
    assert (talk.title, MET in said(response)) == ("A title", True)


def test_form_older_than_an_update_does_not_empty_what_it_did_not_have(editor, talk):
    TalkSpeakerFactory(talk=talk, affiliation_then="Then")
    Talk.objects.filter(pk=talk.pk).update(key_message="Came with the update")
    page = Opened(editor, talk)
    names = page.values["_form"].replace("key_message,", "").replace("affiliation_then,", "")
    old = {n: v for n, v in page.values.items() if n not in {"key_message", "talk_speakers-0-affiliation_then"}}
    page.values = old | {"_form": names}

    response = page.send(title="Mine")

    talk.refresh_from_db()
    assert (talk.title, talk.key_message, OLDER in said(response)) == ("Mine", "Came with the update", True)
    assert talk.talk_speakers.get().affiliation_then == "Then"


@pytest.mark.parametrize("asked", ["", "[]", "{", '{"place": "title", "theirs": []}', '{"place": 1, "theirs": 2}'])
def test_odd_questions_are_no_error(editor, talk, asked):
    response = Opened(editor, talk).send(title="Mine", _ask=asked)

    talk.refresh_from_db()
    assert (response.status_code, talk.title) == (200, "Mine")


def test_browser_fills_the_form_with_nothing_of_its_own(editor):
    talk = TalkFactory(published=True)

    forms = [
        re.search(r'<form [^>]*id="talk_form"[^>]*>', page.content.decode()).group()
        for page in (editor.get(talk, "change"), editor.get(Talk, "add"))
    ]

    assert ['autocomplete="off"' in form for form in forms] == [True, True]
