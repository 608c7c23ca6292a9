"""The page that made a record, sent again: what was written since belongs to that record."""

import pytest

from tests.desk import admin_url, form_of, said
from tests.factories import SpeakerFactory, ThemeFactory
from workshop.editing import keeping
from workshop.editing.again import ALREADY, SINCE
from workshop.editing.content import Content
from workshop.editing.models import Revision, Unsaved
from workshop.models import Talk

pytestmark = pytest.mark.django_db
NEW = {"title": "First", "occasion": "A seminar", "_save": "Save"}


@pytest.fixture
def values(editor):
    """What the page that adds a talk sends, with the first words."""
    return form_of(editor.get(Talk, "add"), "talk_form") | NEW


def add(desk, values, **changes):
    return desk.post(Talk, "add", data=values | changes)


def talks():
    return list(Talk.objects.order_by("pk").values_list("title", "summary"))


def test_other_words_are_kept_as_unsaved_of_the_record_and_shown_there(editor, values):
    add(editor, values)

    page = add(editor, values, summary="Forty minutes of words")

    talk = Talk.objects.get()
    form = form_of(page, "talk_form")
    assert (said(page), talks()) == ([SINCE.format("First")], [("First", "")])
    assert page.redirect_chain == [(f"{admin_url(talk, 'change')}?unsaved={values['_page']}", 302)]
    assert (form["title"], form["slug"], form["summary"]) == ("First", "first", "Forty minutes of words")


def test_they_are_saved_from_there_and_offered_no_more(editor, values):
    add(editor, values)
    form = form_of(add(editor, values, summary="Forty minutes of words"), "talk_form")

    editor.post(Talk.objects.get(), "change", data=form | {"_save": "Save"})

    assert (talks(), Unsaved.objects.count()) == ([("First", "Forty minutes of words")], 0)


def test_rows_that_were_saved_are_not_there_twice(editor, values):
    ada, bo, cy = (SpeakerFactory(name=name) for name in ("Ada Berg", "Bo Dahl", "Cy Eng"))
    rows = {"talk_speakers-TOTAL_FORMS": "2"}
    for number, speaker in enumerate((ada, bo)):
        stem = f"talk_speakers-{number}"
        rows |= {f"{stem}-speaker": str(speaker.pk), f"{stem}-role": "speaker", f"{stem}-order": str(number)}
        rows |= {f"{stem}-attribution": "0"}
    add(editor, values, **rows)
    more = {"talk_speakers-TOTAL_FORMS": "3", "talk_speakers-1-affiliation_then": "Then"}
    more |= {"talk_speakers-2-speaker": str(cy.pk), "talk_speakers-2-role": "speaker", "talk_speakers-2-order": "2"}

    form = form_of(add(editor, values, **(rows | more | {"talk_speakers-2-attribution": "0"})), "talk_form")
    editor.post(Talk.objects.get(), "change", data=form | {"_save": "Save"})

    found = Talk.objects.get().talk_speakers.order_by("order").values_list("speaker__name", "affiliation_then")
    assert list(found) == [("Ada Berg", ""), ("Bo Dahl", "Then"), ("Cy Eng", "")]


def test_the_same_rows_and_choices_are_a_double_click(editor, values):
    rows: dict = {"talk_speakers-TOTAL_FORMS": "1", "talk_speakers-0-speaker": str(SpeakerFactory().pk)}
    rows |= {"talk_speakers-0-role": "speaker", "talk_speakers-0-order": "0", "talk_speakers-0-attribution": "0"}
    more = {"themes": [str(ThemeFactory().pk)], "tags": "water, air"}

    add(editor, values, **rows, **more)
    page = add(editor, values, **rows, **more)

    assert (said(page), Talk.objects.count(), Unsaved.objects.count()) == ([ALREADY], 1, 0)


def test_words_kept_after_the_save_belong_to_the_record(editor, values):
    add(editor, values)

    answer = editor.client.post(admin_url(Talk, "add_autosave"), values | {"summary": "Typed while it was saved"})

    talk = Talk.objects.get()
    page = editor.get(talk, "change")
    assert (answer.status_code, Unsaved.objects.get().object_id, len(page.context["offered"])) == (200, talk.pk, 1)
    assert editor.get(Talk, "add").context["offered"] == []


def test_the_same_words_kept_after_the_save_are_not_offered(editor, values):
    add(editor, values)

    editor.client.post(admin_url(Talk, "add_autosave"), values)

    assert not Unsaved.objects.exists()


def kept_of_the_add_page(desk, values, **changes):
    """Words that were on their way while the first save ran."""
    content = Content({name: [value] for name, value in (values | changes).items() if name in {"title", "summary"}})
    page = values["_page"]
    return keeping.keep_unsaved(model=Talk, key=None, page=page, content=content, base="", by=desk.user)


def test_words_that_stayed_with_the_add_page_are_brought_back_to_the_record(editor, values):
    add(editor, values)
    kept_of_the_add_page(editor, values, summary="On their way")

    (offer,) = editor.get(Talk, "add").context["offered"]
    page = editor.client.get(admin_url(Talk, "add"), {"unsaved": offer.page}, follow=True)

    assert page.redirect_chain[0][0] == f"{admin_url(Talk.objects.get(), 'change')}?unsaved={values['_page']}"
    assert form_of(page, "talk_form")["summary"] == "On their way"


def test_page_of_somebody_else_leads_nowhere(editor, desk_of, values):
    add(editor, values)
    other = desk_of("editor")

    page = other.client.get(admin_url(Talk, "add"), {"unsaved": values["_page"]})
    sent = other.client.post(admin_url(Talk, "add_autosave"), values | {"summary": "Mine"})

    assert (page.status_code, sent.status_code) == (200, 200)
    assert [(kept.author, kept.object_id) for kept in Unsaved.objects.all()] == [(other.user, None)]


def test_colleague_who_changed_the_record_meanwhile_is_met(editor, desk_of, values):
    add(editor, values)
    desk_of("editor").fill(Talk.objects.get(), "change", summary="Theirs", _save="Save")

    page = add(editor, values, summary="Mine")

    assert [(q.change.old, q.change.new) for q in page.context["panel"].questions] == [("Theirs", "Mine")]


def test_popup_that_is_sent_twice_answers_with_the_record_it_made(editor, values):
    first = editor.client.post(admin_url(Talk, "add"), values | {"_popup": "1"})

    second = editor.client.post(admin_url(Talk, "add"), values | {"_popup": "1"})

    assert (first.status_code, second.status_code, Talk.objects.count()) == (200, 200, 1)
    assert first.context["popup_response_data"] == second.context["popup_response_data"]


def test_revision_of_before_knows_no_words_of_its_page_and_loses_none(editor, values):
    add(editor, values)
    for revision in Revision.objects.all():
        revision.payload.pop("sent", None)
        revision.save()

    page = add(editor, values)

    assert (said(page), Unsaved.objects.count()) == ([SINCE.format("First")], 1)


def test_same_record_made_from_a_fresh_page_is_pointed_out(editor, desk_of, values):
    add(editor, values)
    again = form_of(editor.get(Talk, "add"), "talk_form") | NEW
    colleague = desk_of("editor")
    other = form_of(colleague.get(Talk, "add"), "talk_form") | NEW

    page = add(editor, again)
    theirs = add(colleague, other)

    first = Talk.objects.order_by("pk").first()
    (pointed,) = [words for words in said(page) if "You made the same" in words]
    assert f'<a href="{admin_url(first, "change")}">First</a>' in pointed
    assert not any("You made the same" in words for words in said(theirs))
