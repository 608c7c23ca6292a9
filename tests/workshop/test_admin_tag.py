"""Keywords at the desk: one that is used is merged, not deleted; one that is not can be typed again."""

import pytest

from tests.desk import admin_url, form_of, said
from tests.factories import SpeakerFactory, TalkFactory
from workshop.common.keywords import Tag
from workshop.editing.models import Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def water():
    for record in (TalkFactory(published=True).tags, TalkFactory().tags, SpeakerFactory().expertise):
        record.add("water")
    return Tag.objects.get(name="water")


@pytest.mark.parametrize("sent", [None, {"post": "yes"}])
def test_keyword_that_is_used_is_not_deleted_and_its_merging_is_offered(editor, water, sent):
    address = admin_url(water, "delete")
    response = editor.client.post(address, sent, follow=True) if sent else editor.client.get(address, follow=True)

    assert response.redirect_chain == [(admin_url(water, "merge"), 302)]
    assert said(response) == [
        "“water” is not deleted: it stands on 3 records. Merge it into another one, or take it off these first."
    ]
    assert Tag.objects.get().taggit_taggeditem_items.count() == 3


def test_none_of_many_is_deleted_while_one_is_used(editor, water):
    keys = [water.pk, Tag.objects.create(name="mud").pk]
    sent = {"action": "delete_selected", "_selected_action": keys}

    asked = editor.post(Tag, data=sent).content.decode()
    editor.post(Tag, data=sent | {"post": "yes"})

    assert f'“water”: 3 records. <a class="desk-link" href="{admin_url(water, "merge")}">Merge it instead</a>' in asked
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["mud", "water"]


def test_keyword_that_nobody_uses_is_deleted_listed_and_typed_again(editor):
    tag = Tag.objects.create(name="mud")
    deleted = editor.post(tag, "delete", data={"post": "yes"})
    row = Revision.objects.get(kind="deleted")
    listed = editor.get(admin_url(Tag, "deleted")).content.decode()
    page = editor.get(admin_url(Tag, "deleted_record", row.pk)).content.decode()
    talk = TalkFactory()

    editor.fill(talk, "change", tags="mud", _save="Save")

    words = "Type it on a record, and it is there again."
    assert said(deleted)[1] == words
    assert (f">{row.title}</a>" in listed, row.title, words in page, "?recover=" in page) == (True, "mud", True, False)
    assert [*talk.tags.names()] == ["mud"]


def test_keyword_that_went_into_another_is_among_the_deleted(editor):
    kept, gone = Tag.objects.create(name="wetlands"), Tag.objects.create(name="wet lands")
    compare = f"{admin_url(Tag, 'compare')}?keep={kept.pk}&other={gone.pk}"
    editor.post(admin_url(Tag, "compare"), data=form_of(editor.get(compare), ""))

    listed = editor.get(admin_url(Tag, "deleted")).content.decode()

    assert f'<a class="desk-link" href="{admin_url(kept, "change")}">went into “wetlands”</a>' in listed
    assert f'<a href="{admin_url(Tag, "deleted")}">Deleted</a>' in editor.get(Tag).content.decode()


def test_authors_have_no_list_of_deleted_keywords(author):
    assert author.get(admin_url(Tag, "deleted")).status_code == 404
