"""Deleted records: listed, looked at, recovered as new drafts."""

import pytest

from recommendations.models import Position, Recommendation
from tests.desk import admin_url, form_of
from tests.factories import (
    MediaFactory,
    PositionFactory,
    RecommendationFactory,
    ResponseFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    WorkshopFactory,
)
from workshop.editing.models import Revision
from workshop.models import Ledger, Talk, Workshop

pytestmark = pytest.mark.django_db


def delete(desk, record):
    desk.post(record, "delete", data={"post": "yes"})
    return Revision.objects.get(kind="deleted", object_id=record.pk)


def recover(desk, deleted, model, **changes):
    name = model._meta.model_name
    response = desk.get(f"{admin_url(model, 'add')}?recover={deleted.pk}")
    assert response.status_code == 200
    return desk.post(model, "add", data=form_of(response, f"{name}_form") | {"_save": "Save"} | changes)


@pytest.fixture
def talk():
    talk = TalkFactory(title="About mud", slug="about-mud")
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Ada Berg"), affiliation_then="Then")
    talk.tags.add("wetlands")
    return talk


def test_recovered_record_is_a_new_draft_with_rows_and_keywords(editor, talk):
    deleted = delete(editor, talk)

    recover(editor, deleted, Talk)

    again = Talk.objects.get()
    assert (again.pk == talk.pk, again.title, again.slug, again.state) == (False, "About mud", "about-mud", "draft")
    assert list(again.talk_speakers.values_list("affiliation_then", flat=True)) == ["Then"]
    assert list(again.tags.names()) == ["wetlands"]
    note = Revision.objects.of(again).get().note
    assert note.startswith(f"Recovered: {editor.user.username} had deleted it on ")


def test_list_shows_what_was_deleted_and_what_is_back(editor, talk):
    empty = editor.get(admin_url(Talk, "deleted")).content.decode()
    deleted = delete(editor, talk)
    listed = editor.get(admin_url(Talk, "deleted")).content.decode()
    held = editor.get(admin_url(Talk, "deleted_record", deleted.pk)).content.decode()
    recover(editor, deleted, Talk)
    again = editor.get(admin_url(Talk, "deleted")).content.decode()

    assert "Nothing was deleted here." in empty
    assert ("About mud" in listed, ">recovered<" in listed) == (True, False)
    assert all(words in held for words in ("About mud", "Ada Berg", "wetlands", f"?recover={deleted.pk}"))
    assert f'<a class="desk-link" href="{admin_url(Talk.objects.get(), "change")}">recovered</a>' in again


def test_list_of_records_leads_to_the_deleted_ones(editor):
    assert f'<a href="{admin_url(Talk, "deleted")}">Deleted</a>' in editor.get(Talk).content.decode()
    html = editor.get(Recommendation).content.decode()
    assert (admin_url(Recommendation, "deleted") in html, "Import a table" in html) == (True, True)


def test_deleting_many_keeps_each(editor, talk):
    other = TalkFactory(title="About water")
    keys = [talk.pk, other.pk]

    editor.post(Talk, data={"action": "delete_selected", "_selected_action": keys, "post": "yes"})

    assert not Talk.objects.exists()
    assert sorted(Revision.objects.filter(kind="deleted").values_list("title", flat=True)) == [
        "About mud",
        "About water",
    ]


def test_recovered_recommendation_keeps_its_edition_and_gets_the_next_code(editor):
    edition = WorkshopFactory(published=True, code="MT1", last_number=1)
    record = RecommendationFactory(statement="Keep the mud.", workshop=edition, code="mt1-r01")
    PositionFactory(recommendation=record, speaker=SpeakerFactory())
    deleted = delete(editor, record)

    recover(editor, deleted, Recommendation)

    again = Recommendation.objects.get()
    assert (again.statement, again.workshop, again.code) == ("Keep the mud.", edition, "mt1-r02")
    assert Position.objects.get().recommendation == again
    assert dict(Ledger.objects.filter(code__startswith="mt1-").values_list("code", "fate")) == {
        "mt1-r01": "deleted",
        "mt1-r02": "given",
    }


def test_recovered_recommendation_leaves_out_answers_and_can_be_saved(editor):
    answer = ResponseFactory(addressee__recommendation__workshop__code="MT1")
    deleted = delete(editor, answer.addressee.recommendation)

    recover(editor, deleted, Recommendation)

    assert Recommendation.objects.get().addressees.get().organisation == answer.addressee.organisation


def test_code_of_an_edition_is_not_given_again_and_the_page_says_so(editor):
    deleted = delete(editor, WorkshopFactory(title="Mud in policy", code="MT1"))

    response = editor.get(f"{admin_url(Workshop, 'add')}?recover={deleted.pk}")

    found = form_of(response, "workshop_form")
    assert (found["title"], found["code"]) == ("Mud in policy", "")
    assert "Its code, MT1, was given once and is not given again. Choose another one." in response.content.decode()


def test_author_sees_and_recovers_own_ones_alone_and_an_editor_leaves_them_theirs(author, editor, talk):
    own = TalkFactory(title="Mine", created_by=author.user)
    others, mine = delete(editor, talk), delete(author, own)

    listed = author.get(admin_url(Talk, "deleted")).content.decode()
    hidden = [
        author.get(admin_url(Talk, "deleted_record", others.pk)),
        author.get(f"{admin_url(Talk, 'add')}?recover={others.pk}"),
    ]
    recover(editor, mine, Talk)

    assert ("Mine" in listed, "About mud" in listed) == (True, False)
    assert [answer.status_code for answer in hidden] == [404, 404]
    assert Talk.objects.get().created_by == author.user


@pytest.mark.parametrize("asked", ["0", "abc", "9" * 30, "²", "%00"])
def test_odd_key_is_not_found(editor, talk, asked):
    live = editor.fill(talk, "change", title="Another", _save="Save") and Revision.objects.of(talk).first()

    answers = [
        editor.get(f"{admin_url(Talk, 'add')}?recover={asked}"),
        editor.client.get(f"{admin_url(Talk, 'deleted')}{asked}/"),
        editor.get(f"{admin_url(Talk, 'add')}?recover={live.pk}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_forged_key_marks_nothing_as_recovered(author, editor, talk):
    deleted = delete(editor, talk)

    author.fill(Talk, "add", title="Something else", _restored=str(deleted.pk), _save="Save")

    deleted.refresh_from_db()
    assert (deleted.recovered_as, Talk.objects.get().created_by) == (None, author.user)


def test_talk_with_recordings_can_be_deleted(author):
    own = TalkFactory(created_by=author.user)
    MediaFactory(talk=own)

    delete(author, own)

    assert not Talk.objects.exists()
