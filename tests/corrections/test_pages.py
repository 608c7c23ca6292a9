"""What readers see of corrections, and how the desk mends them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk import admin_url, form_of, said
from tests.factories import (
    CorrectionFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    WorkshopFactory,
)
from workshop.actions import withdraw
from workshop.admin.correction import HOW
from workshop.common.attribution import Attribution
from workshop.corrections.actions import note_correction
from workshop.corrections.models import Correction
from workshop.models import SiteState
from workshop.registry import entries

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 5)


@pytest.fixture
def talk():
    return TalkFactory(title="About mud", published=True)


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_correction_stands_on_the_page_and_in_the_list_with_kind_day_and_note(client, talk):
    CorrectionFactory(record=talk, date=DAY, note="The year was wrong.", old_words="Said in *2031*")

    page, listed = text_of(client, talk.get_absolute_url()), text_of(client, "/corrections/")

    assert '<strong>Correction, <time datetime="2024-03-05">5 March 2024</time>.</strong> The year was wrong.' in page
    assert "<p>Said in <em>2031</em></p>" in page
    assert ("The year was wrong." in listed, f'href="{talk.get_absolute_url()}"' in listed) == (True, True)
    assert "2031" not in listed


def test_note_is_read_in_the_language_of_the_page(client, talk):
    CorrectionFactory(record=talk, note="The year was wrong.", note_ko="연도가 틀렸습니다.")
    CorrectionFactory(record=talk, note="No twin.")

    page = text_of(client, f"/ko{talk.get_absolute_url()}")

    assert ("연도가 틀렸습니다." in page, "The year" in page) == (True, False)
    assert '<span lang="en">No twin.</span>' in page


def test_every_kind_of_record_with_a_page_shows_its_corrections(client):
    made = [TalkFactory(published=True), SpeakerFactory(published=True), WorkshopFactory(published=True)]
    for record in made:
        CorrectionFactory(record=record, note=f"Wrong: {record._meta.model_name}.")

    listed = text_of(client, "/corrections/")

    for record in made:
        sentence = f"Wrong: {record._meta.model_name}."
        assert (sentence in listed, sentence in text_of(client, record.get_absolute_url())) == (True, True)
    assert len(list(entries())) == 8


def test_correction_of_what_readers_do_not_see_shows_nowhere(client, talk):
    CorrectionFactory(record=TalkFactory(), note="Of a draft.")
    CorrectionFactory(record=talk, note="Of something withdrawn.")
    withdraw(record=talk, kind="error")

    listed = text_of(client, "/corrections/")
    gone = client.get(talk.get_absolute_url())

    assert ("Of a" in listed, "withdrawn." in listed, gone.status_code) == (False, False, 410)
    assert "Of something" not in gone.content.decode()


def test_words_before_are_hidden_once_somebody_is_withheld(client, talk):
    CorrectionFactory(record=talk, old_words="As she said", note="Wrong.")
    TalkSpeakerFactory(talk=talk, attribution=Attribution.NOT_ATTRIBUTED)

    page = text_of(client, talk.get_absolute_url())

    assert ("Wrong." in page, "As she said" in page) == (True, False)


def test_list_comes_by_fifty_newest_first(client, talk):
    for number in range(51):
        CorrectionFactory(record=talk, date=DAY + dt.timedelta(days=number), note=f"Number {number:02d}.")

    first, second = text_of(client, "/corrections/"), text_of(client, "/corrections/?page=2")

    assert first.index("Number 50.") < first.index("Number 49.")
    assert ("Number 00." in first, "Number 00." in second) == (False, True)
    assert client.get("/corrections/?page=3").status_code == 404


def test_list_asks_one_query_for_each_kind_of_record(client, talk, django_assert_max_num_queries):
    for _ in range(10):
        CorrectionFactory(record=TalkFactory(published=True))
        CorrectionFactory(record=SpeakerFactory(published=True))

    with django_assert_max_num_queries(6):
        client.get("/corrections/")


def test_page_without_corrections_asks_nothing_of_them(client, talk):
    before = queries_of(client, talk)
    CorrectionFactory(record=talk)

    assert queries_of(client, talk) == before + 1


def queries_of(client, record):
    client.get(record.get_absolute_url())  # what is compiled once is
    SiteState.raise_version()
    with CaptureQueriesContext(connection) as asked:
        client.get(record.get_absolute_url())
    return len(asked)


def test_noting_one_raises_the_public_version(talk):
    before = SiteState.objects.get_or_create(pk=1)[0].version

    note_correction(record=talk, kind="revision", note="It was moved.")

    assert SiteState.objects.get(pk=1).version > before


def test_markup_in_a_note_is_text_and_in_old_words_harmless(client, talk):
    CorrectionFactory(record=talk, note="<script>alert(1)</script>", old_words="<script>alert(1)</script> <b>x</b>")

    page = text_of(client, talk.get_absolute_url())

    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_wording_is_mended_at_the_desk_and_shows_at_once(editor, client, talk):
    correction = CorrectionFactory(record=talk, note="The yaer was wrong.")
    text_of(client, "/corrections/")

    editor.fill(correction, "change", note="The year was wrong.", model="workshop.theme", object_id="1", _save="Save")

    correction.refresh_from_db()
    assert (correction.model, correction.object_id) == ("workshop.talk", talk.pk)
    assert "The year was wrong." in text_of(client, "/corrections/")


def test_one_that_was_a_mistake_is_taken_back_and_kept_among_the_deleted(editor, client, talk):
    correction = CorrectionFactory(record=talk, note="By mistake.")
    text_of(client, "/corrections/")

    editor.post(correction, "delete", data={"post": "yes"})

    assert "By mistake." not in text_of(client, "/corrections/") + text_of(client, talk.get_absolute_url())
    assert "By mistake." in editor.get(admin_url(Correction, "deleted")).content.decode()


def test_editor_notes_one_from_the_history_of_a_public_record(editor, client, talk):
    address = editor.get(talk, "history").context["correct_url"]

    values = form_of(editor.get(address), "correction_form")
    editor.post(address, data=values | {"kind": "erratum", "note": "The place was wrong.", "_save": "Save"})

    correction = Correction.objects.of(talk).get()
    assert (correction.note, correction.created_by) == ("The place was wrong.", editor.user)
    assert "The place was wrong." in editor.get(talk, "history").content.decode()
    assert "The place was wrong." in text_of(client, talk.get_absolute_url())


@pytest.mark.parametrize(
    "query",
    ["", "?model=workshop.talk&object_id=0", "?model=workshop.talk&object_id=abc", "?model=auth.user&object_id=1"],
)
def test_without_a_public_record_one_is_told_where_to_begin(editor, query):
    response = editor.client.get(f"{admin_url(Correction, 'add')}{query}", follow=True)

    assert said(response) == [HOW]


def test_forged_record_is_refused(editor, talk):
    draft = TalkFactory()
    address = f"{admin_url(Correction, 'add')}?model=workshop.talk&object_id={talk.pk}"
    values = form_of(editor.get(address), "correction_form") | {"kind": "erratum", "note": "Wrong.", "_save": "Save"}

    for forged in ({"object_id": str(draft.pk)}, {"object_id": "9" * 30}, {"model": "accounts.user"}):
        response = editor.post(address, data=values | forged)
        assert HOW in response.content.decode().replace("&quot;", '"')

    assert not Correction.objects.exists()


def test_authors_reach_no_corrections(author, talk):
    correction = CorrectionFactory(record=talk)
    own = TalkFactory(published=True, created_by=author.user)

    answers = [author.get(Correction), author.get(correction, "change"), author.get(correction, "history")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "correct_url" not in author.get(own, "history").context
