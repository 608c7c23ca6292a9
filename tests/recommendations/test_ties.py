"""How recommendations are related: the rules, the page of either side, the desk."""

import pytest

from recommendations.models import Recommendation, Tie, TieKind
from recommendations.relatives import SHOWN, titles
from tests.constraints import Rule, check
from tests.desk import form_of
from tests.factories import (
    ImportedRowFactory,
    OrganisationFactory,
    PositionFactory,
    RecommendationFactory,
    TieFactory,
)
from tests.recommendations.facets import page, proposal

pytestmark = pytest.mark.django_db


def one_tied_with(tie):
    return TieFactory(recommendation=tie.other).other


RULES = {
    "recommendations_tie_kind_known": Rule(
        TieFactory,
        allows=[{"kind": kind} for kind in TieKind.values],
        refuses=[{"kind": "sibling"}],
        says="is not a valid choice",
    ),
    "recommendations_tie_of_two": Rule(
        TieFactory,
        allows=[{"other": lambda _: RecommendationFactory()}],
        refuses=[{"other": lambda tie: tie.recommendation}],
        says="A recommendation is related to another one, not to itself.",
    ),
    "recommendations_tie_once": Rule(
        TieFactory,
        allows=[{"recommendation": lambda _: RecommendationFactory()}],
        refuses=[{"recommendation": one_tied_with}, {"pk": None, "kind": TieKind.CONTRARY}],
        says="These two are related already, perhaps on the page of the other one.",
    ),
    "recommendations_importedrow_once": Rule(
        ImportedRowFactory,
        allows=[{"source": "table"}],
        refuses=[{"pk": None, "recommendation": lambda _: RecommendationFactory()}],
        says="",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint_holds(name):
    check(name, RULES[name])


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("same-ask", "The same ask", "The same ask"),
        ("narrower", "Wider asks", "Narrower asks"),
        ("broader", "Narrower asks", "Wider asks"),
        ("builds-on", "Builds on", "Built on by"),
        ("contrary", "Contrary asks", "Contrary asks"),
        ("supersedes", "Supersedes", "Superseded by"),
    ],
)
def test_tie_stands_on_both_pages(client, kind, here, there):
    first, second = proposal("x-1", statement="Dry the mud"), proposal("x-2", statement="Keep the mud")
    PositionFactory(
        recommendation=second, speaker=None, organisation=OrganisationFactory(published=True, name="Elbonia")
    )
    TieFactory(recommendation=first, other=second, kind=kind)

    shown = [page(client, record).context["relatives"] for record in (first, second)]

    assert [[(group.title, group.more) for group in groups] for groups in shown] == [[(here, 0)], [(there, 0)]]
    [[to_second], [to_first]] = [groups[0].links for groups in shown]
    assert (to_second.code, to_second.url, str(to_second.label)) == ("X-2", "/recommendations/x-2/", "Keep the mud")
    assert [link.label.value for link in to_second.proposers] == ["Elbonia"]
    assert (to_first.code, to_first.proposers) == ("X-1", ())


def test_every_kind_has_its_headings():
    assert set(TieKind.values) <= set(titles())


@pytest.mark.parametrize("hidden", [{}, {"withdrawn": True}])
def test_hidden_other_side_is_neither_named_nor_counted(client, hidden):
    record = proposal("x-1")
    TieFactory(recommendation=record, other=RecommendationFactory(code="secret-1", statement="Secret", **hidden))
    TieFactory(recommendation=RecommendationFactory(code="secret-2", statement="Secret", **hidden), other=record)

    response = page(client, record)

    assert response.context["relatives"] == []
    assert "ecret" not in response.content.decode()


def test_long_group_is_counted_not_listed(client):
    record = proposal("x-0")
    for number in range(SHOWN + 3):
        TieFactory(recommendation=record, other=proposal(f"x-1{number:02}"))

    [group] = page(client, record).context["relatives"]

    assert ([link.code for link in group.links], group.more) == ([f"X-1{number:02}" for number in range(SHOWN)], 3)
    assert "3 more" in page(client, record).content.decode()


def test_editor_ties_two_and_unties_from_the_other_page(editor):
    first, second = proposal("x-1"), proposal("x-2")
    editor.fill(
        first,
        "change",
        **{"ties-TOTAL_FORMS": "1", "ties-0-kind": "builds-on", "ties-0-other": second.pk, "ties-0-id": ""},
    )
    assert list(Tie.objects.values_list("recommendation", "kind", "other")) == [(first.pk, "builds-on", second.pk)]

    editor.fill(second, "change", **{"ties_from-0-DELETE": "on"})
    assert not Tie.objects.exists()


def test_editor_learns_that_two_are_related_already(editor):
    first, second = proposal("x-1"), proposal("x-2")
    TieFactory(recommendation=second, other=first)

    response = editor.fill(
        first,
        "change",
        **{"ties-TOTAL_FORMS": "1", "ties-0-kind": "contrary", "ties-0-other": second.pk, "ties-0-id": ""},
    )

    assert "These two are related already" in response.content.decode()
    assert Tie.objects.get().kind == "same-ask"
    assert form_of(response, "recommendation_form")["ties-0-kind"] == "contrary"


def test_tie_goes_with_a_draft(editor):
    tie = TieFactory()
    Recommendation.objects.get(pk=tie.other_id).delete()
    assert not Tie.objects.exists()
