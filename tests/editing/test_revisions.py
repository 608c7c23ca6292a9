"""Revisions: listed, compared in words, taken up again."""

import re

import pytest
from django.contrib import admin

from tests.desk import admin_url, form_of, said
from tests.factories import FollowUpFactory, SpeakerFactory, TalkFactory, TalkSpeakerFactory, ThemeFactory
from workshop.actions import publish
from workshop.editing.models import Revision
from workshop.editing.reading import marked, pieces
from workshop.editing.revisions import CHOOSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return TalkFactory(title="As it was", summary="Mud is good for all.")


@pytest.fixture
def first(editor, talk):
    """The revision before the first change."""
    editor.fill(talk, "change", title="As it is", summary="Mud is very good.", _save="Save")
    return Revision.objects.of(talk).last()


def compared(desk, record, old, new):
    response = desk.get(record, "compare", old=old, new=new)
    assert response.status_code == 200
    return {line.label: (str(line.old), str(line.new)) for line in response.context["compared"].changed}


def test_history_lists_revisions_with_who_what_and_a_way_to_take_them_up(editor, talk, first):
    html = editor.get(talk, "history").content.decode()

    assert html.count(f"by {editor.user.username}") == 1
    assert [f"?revision={row.pk}" in html for row in Revision.objects.of(talk)] == [True, True]
    chosen = [f'id="old-{first.pk}"', 'id="new-now"']
    assert [re.search(rf"<input[^>]*{box}[^>]* checked>", html) is not None for box in chosen] == [True, True]


def test_history_of_a_record_that_was_never_saved_here_says_so(editor, talk):
    assert "Nothing is kept yet." in editor.get(talk, "history").content.decode()


def test_words_that_came_and_went_are_marked_on_their_side(editor, talk, first):
    assert compared(editor, talk, first.pk, "now") == {
        "Title": ("As it <del>was</del>", "As it <ins>is</ins>"),
        "Summary": ("Mud is good<del> for all</del>.", "Mud is <ins>very </ins>good."),
    }


def test_older_one_stands_left_in_whatever_order_they_are_asked_for(editor, talk, first):
    assert compared(editor, talk, "now", first.pk) == compared(editor, talk, first.pk, "now")


def test_rows_choices_and_keywords_are_compared_too(editor, talk):
    row = TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Ada Berg"), affiliation_then="Then")
    mud, water = ThemeFactory(name="Mud"), ThemeFactory(name="Water")
    talk.themes.add(mud)
    editor.fill(
        talk,
        "change",
        themes=[str(mud.pk), str(water.pk)],
        tags="wetlands",
        **{"talk_speakers-0-affiliation_then": "Now"},
        _save="Save",
    )
    before = Revision.objects.of(talk).last()
    row.delete()

    changed = compared(editor, talk, before.pk, Revision.objects.of(talk).first().pk)
    removed = compared(editor, talk, before.pk, "now")

    assert changed == {
        "Themes": ("Mud", "Mud<ins>, Water</ins>"),
        "Keywords": ("", "<ins>wetlands</ins>"),
        "Speaker “Ada Berg”: affiliation then": ("<del>Then</del>", "<ins>Now</ins>"),
    }
    assert removed["Speaker “Ada Berg”"][0].startswith("<del>Expert: Ada Berg")


def test_draft_can_be_one_of_the_two(editor):
    talk = TalkFactory(key_message="As published", published=True)
    editor.fill(talk, "change", key_message="In work", _draft="Save draft")

    assert compared(editor, talk, "now", "draft") == {"Key message": ("<del>As published</del>", "<ins>In work</ins>")}


def test_the_same_twice_says_that_they_say_the_same(editor, talk, first):
    html = editor.get(talk, "compare", old=first.pk, new=first.pk).content.decode()

    assert "Both say the same." in html


def test_field_row_and_choice_that_are_no_more_still_show(editor, talk, first):
    old = first.payload
    old["fields"] |= {"mood_then": ["Cheerful"], "kind": ["sermon"]}
    old["rows"]["awards"] = {"7": {"prize_name": ["Golden Frog"]}}
    Revision.objects.filter(pk=first.pk).update(payload=old)

    found = compared(editor, talk, first.pk, "now")

    assert found["Mood then"] == ("<del>Cheerful</del>", "")
    assert found["Kind"][0] == "<del>sermon</del>"
    assert found["Awards “Golden Frog”"] == ("<del>Prize name: Golden Frog</del>", "")


@pytest.mark.parametrize("asked", ["0", "abc", "-1", "9" * 30, "²", "draft", "%00", "1 OR 1"])
def test_odd_or_unknown_version_is_not_found(editor, talk, asked):
    assert editor.get(talk, "compare", old=asked, new="now").status_code == 404


def test_revision_of_another_record_is_not_found(editor, talk, first):
    other = TalkFactory()

    answers = [editor.get(other, "compare", old=first.pk, new="now"), editor.get(other, "change", revision=first.pk)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_with_one_version_or_none_one_is_asked_to_choose(editor, talk):
    response = editor.client.get(admin_url(talk, "compare"), {"old": "now"}, follow=True)

    assert (said(response), response.redirect_chain[0][0]) == ([CHOOSE], admin_url(talk, "history"))


def test_comparing_by_post_is_refused(editor, talk):
    assert editor.client.post(admin_url(talk, "compare"), {"old": "now", "new": "now"}).status_code == 405


def test_author_compares_own_records_and_finds_no_others(author, editor, talk, first):
    own = TalkFactory(created_by=author.user, title="Mine")
    author.fill(own, "change", title="Mine still", _save="Save")

    assert compared(author, own, Revision.objects.of(own).last().pk, "now") == {
        "Title": ("Mine", "Mine<ins> still</ins>")
    }
    hidden = [author.get(talk, "compare", old=first.pk, new="now"), author.get(talk, "history")]
    assert [answer.status_code for answer in hidden] == [404, 404]


def test_author_is_told_of_no_field_that_is_not_on_their_form(author, editor, monkeypatch):
    own = TalkFactory(created_by=author.user, source_url="https://before.example.org/")
    editor.fill(own, "change", source_url="https://after.example.org/", _save="Save")
    shown = admin.site._registry[type(own)].get_fieldsets

    def without_addresses(request, obj=None):
        return shown(request, obj) if request.user.publishes else shown(request, obj)[:-1]

    monkeypatch.setattr(admin.site._registry[type(own)], "get_fieldsets", without_addresses)
    before = Revision.objects.of(own).last()

    assert [list(compared(desk, own, before.pk, "now")) for desk in (editor, author)] == [["Source address"], []]


def test_record_that_may_be_looked_at_and_not_changed_has_its_comparison(editor):
    record = FollowUpFactory(summary="As it was")
    editor.fill(record, "change", summary="As it is", _save="Save")
    publish(record=record)
    before = Revision.objects.of(record).last()

    html = editor.get(record, "history").content.decode()

    assert compared(editor, record, before.pk, "now") == {"Summary": ("As it <del>was</del>", "As it <ins>is</ins>")}
    assert "Take this up again" not in html


def test_restoring_says_whose_revision_it_was_and_when(editor, talk, first):
    Revision.objects.filter(pk=first.pk).update(author=editor.user)
    response = editor.get(f"{admin_url(talk, 'change')}?revision={first.pk}")
    editor.post(talk, "change", data=form_of(response, "talk_form") | {"_save": "Save"})

    talk.refresh_from_db()
    note = Revision.objects.of(talk).first().note
    assert talk.title == "As it was"
    assert re.fullmatch(rf"Restored from the revision of \d+ \w+ \d+, \d\d:\d\d, by {editor.user.username}\.", note)


def test_note_of_restoring_survives_a_form_with_an_error(editor, talk, first):
    response = editor.get(f"{admin_url(talk, 'change')}?revision={first.pk}")
    wrong = editor.post(talk, "change", data=form_of(response, "talk_form") | {"date": "never", "_save": "Save"})
    editor.post(talk, "change", data=form_of(wrong, "talk_form") | {"date": "", "_save": "Save"})

    assert Revision.objects.of(talk).first().note.startswith("Restored from the revision of ")


def test_page_says_what_a_revision_does_not_bring_back(editor, talk):
    gone, withdrawn = ThemeFactory(), ThemeFactory(name="Old mud", withdrawn=True)
    talk.themes.add(gone, withdrawn)
    editor.fill(talk, "change", themes=[], title="Another", _save="Save")
    gone.delete()

    before = Revision.objects.of(talk).last()
    html = editor.get(f"{admin_url(talk, 'change')}?revision={before.pk}").content.decode()

    assert "Themes: it named a record that is gone, or not yours to choose. That is left out." in html
    assert "Themes: withdrawn, so that readers do not see it: Old mud." in html


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "new", "<ins>new</ins>"),
        ("a <b> c", "a <i> c", "a &lt;<del>b</del><ins>i</ins>&gt; c"),
        ("one two", "one two three", "one two<ins> three</ins>"),
        ("진흙은 좋다", "진흙은 나쁘다", "진흙은 <del>좋다</del><ins>나쁘다</ins>"),
    ],
)
def test_marks_stand_at_words_and_are_escaped(old, new, expected):
    assert marked(old, new) == expected


@pytest.mark.parametrize("unit", ["a b ", "x", "\n", "mud, "])
def test_long_texts_that_repeat_themselves_are_compared_at_once_and_whole(unit):
    old, new = "begin " + unit * 50_000, "began " + unit * 40_000 + "end"

    found = pieces(old, new)

    assert ("".join(piece.old for piece in found), "".join(piece.new for piece in found)) == (old, new)
    assert len(found) < 2_000


def test_long_stretch_is_shortened_on_the_page(editor, talk, first):
    type(talk).objects.filter(pk=talk.pk).update(body="mud " * 30_000)

    response = editor.get(talk, "compare", old=first.pk, new="now")

    assert len(response.content) < 60_000
    assert "more letters" in response.content.decode()
