"""A content names another record: whatever field, row, text or keyword named the one that went."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from speakers.models import Speaker
from tests.factories import SpeakerFactory, ThemeFactory, UserFactory
from workshop.common.keywords import Tag, in_place_of
from workshop.editing.content import Content
from workshop.editing.formdata import PageForms
from workshop.editing.records import RecordAdmin
from workshop.editing.renaming import Renaming, row_model
from workshop.models import Talk, Theme

pytestmark = pytest.mark.django_db
ADMINS = {model: one for model, one in admin.site._registry.items() if isinstance(one, RecordAdmin)}


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model.__name__)
def test_rows_of_every_inline_are_known_by_its_prefix(model):
    request = RequestFactory().get("/")
    request.user = UserFactory(role="admin")

    pages = PageForms(ADMINS[model], request, None)

    assert {prefix: row_model(model, prefix) for prefix in pages.formsets} == {
        prefix: formset.model for prefix, formset in pages.formsets.items()
    }


def test_only_what_means_the_record_is_renamed():
    gone, kept = SpeakerFactory(), SpeakerFactory()
    old, new = str(gone.pk), str(kept.pk)
    content = Content(
        {"title": [old], "summary": [f"[A](record:speaker:{old}) [B](record:theme:{old})"], "themes": [old]},
        {
            "talk_speakers": {old: {"speaker": [old], "order": [old]}, "new-1": {"speaker": [new]}},
            "quotes-2": {"3": {"speaker": [old], "no_such_field": [old]}},
            "no_such_rows": {"1": {"speaker": [old]}},
        },
    )

    renamed = Renaming(gone, kept).of(Talk, content)

    assert renamed == Content(
        {"title": [old], "summary": [f"[A](record:speaker:{new}) [B](record:theme:{old})"], "themes": [old]},
        {
            "talk_speakers": {old: {"speaker": [new], "order": [old]}, "new-1": {"speaker": [new]}},
            "quotes-2": {"3": {"speaker": [new], "no_such_field": [old]}},
            "no_such_rows": {"1": {"speaker": [old]}},
        },
    )


def test_keywords_are_renamed_by_what_they_are_called_and_choices_once():
    gone, kept = Tag.objects.create(name="wetlands"), Tag.objects.create(name="Wet lands")
    theme, other = ThemeFactory(), ThemeFactory()

    assert Renaming(gone, kept, ["wetlands"]).of(Talk, Content({"tags": ["mud, Wetlands"]})) == Content(
        {"tags": ['"Wet lands", mud']}
    )
    assert Renaming(theme, other).of(Talk, Content({"themes": [str(theme.pk), str(other.pk)]})) == Content(
        {"themes": [str(other.pk)]}
    )
    assert Renaming(theme, other).of(Speaker, Content({"expertise": [str(theme.pk)]})) == Content(
        {"expertise": [str(theme.pk)]}
    )
    assert Renaming(theme, other).of(Theme, Content({"parent": [str(theme.pk)]})).fields == {"parent": [str(other.pk)]}


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("", ""),
        ("mud,  sand", "mud,  sand"),
        ("Water", "Waters"),
        ("water, waters, mud", "Waters, mud"),
        ('"water", mud', "Waters, mud"),
    ],
)
def test_keyword_stands_in_the_place_of_others_however_they_were_typed(written, now):
    assert in_place_of(written, {"water", "waters"}, "Waters") == now
