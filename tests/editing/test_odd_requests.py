"""Odd addresses and forged forms at the desk are refused or passed over; nothing breaks."""

import pytest

from recommendations.models import FollowUp, Recommendation
from speakers.models import Organisation, Speaker
from tests.desk import admin_url
from tests.factories.world import linked_world
from workshop.models import Talk

pytestmark = pytest.mark.django_db

HUGE = "9" * 24
LISTS = [
    "q=%00",
    "q=%ff",
    "p=abc",
    "p=-1",
    f"p={HUGE}",
    "o=%00",
    "e=1",
    "state__exact=%00",
    "workshop__id__exact=abc",
    f"themes__id__exact={HUGE}",
    "made_on__year=abc",
    "lacks=%00",
    "created_by__password__startswith=a",
]
TAILS = [
    "%00/change/",
    f"{HUGE}/change/",
    "%00/history/",
    "%00/delete/",
    "%00/withdraw/",
    "add/?workshop=%00",
    "add/?workshop=abc",
    f"add/?parent={HUGE}",
    "add/?copy=%00",
    f"add/?copy={HUGE}",
    "add/?themes=1,abc",
    "add/?replaces=%00",
    "add/?_popup=1&_to_field=%00",
]
SEARCHES = [
    "app_label=workshop&model_name=talk&field_name=workshop&term=%00",
    "app_label=workshop&model_name=talk&field_name=workshop&page=abc",
    "app_label=workshop&model_name=talk&field_name=nothing",
    "app_label=%00&model_name=talk&field_name=workshop",
]


@pytest.mark.parametrize(
    ("role", "models"),
    [("editor", (Recommendation, FollowUp, Talk, Organisation)), ("author", (Talk,))],
    ids=["editor", "author"],
)
def test_odd_address_is_never_a_fault(desk_of, role, models):
    linked_world()
    desk = desk_of(role)
    addresses = [f"/admin/autocomplete/?{query}" for query in SEARCHES]
    for model in models:
        addresses += [f"{admin_url(model)}?{query}" for query in LISTS]
        addresses += [f"{admin_url(model)}{tail}" for tail in TAILS]

    answers = {address: desk.get(address).status_code for address in addresses}

    assert {address: status for address, status in answers.items() if status not in {200, 302, 400, 404}} == {}


def test_address_fills_in_the_record_it_names_and_no_other(editor):
    world = linked_world()
    add = admin_url(Recommendation, "add")

    named = editor.get(f"{add}?workshop={world.edition.pk}&themes={world.theme.pk}")
    odd = editor.get(f"{add}?workshop=abc&themes=1,abc&statement=Keep+the+mud")

    assert named.context["adminform"].form.initial == {
        "workshop": str(world.edition.pk),
        "themes": [str(world.theme.pk)],
    }
    assert odd.context["adminform"].form.initial == {"statement": "Keep the mud"}


@pytest.mark.parametrize(("model", "typed"), [(Talk, "title"), (Recommendation, "statement"), (Speaker, "name")])
def test_nul_in_a_form_is_refused_with_a_sentence(editor, model, typed):
    linked_world()
    before = model.objects.count()

    response = editor.fill(model, "add", **{typed: "a\0b"})

    assert response.context["adminform"].form.errors[typed] == ["Null characters are not allowed."]
    assert model.objects.count() == before


@pytest.mark.parametrize("key", ["\0", "abc", "-1", HUGE])
def test_bulk_step_for_what_is_no_key_answers_404(editor, key):
    world = linked_world()

    response = editor.post(Recommendation, data={"action": "publish", "_selected_action": [world.part.pk, key]})

    assert response.status_code == 404
