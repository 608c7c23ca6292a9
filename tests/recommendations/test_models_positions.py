"""Who stands where."""

import pytest

from recommendations.models import Position, Stance
from tests.constraints import Rule, check
from tests.factories import OrganisationFactory, PositionFactory, SpeakerFactory
from workshop.common.attribution import Attribution

pytestmark = pytest.mark.django_db


def body_beside(row):
    state = OrganisationFactory()
    PositionFactory(recommendation=row.recommendation, speaker=None, organisation=state)
    return state


RULES = {
    "recommendations_position_expert_or_organisation": Rule(
        PositionFactory,
        allows=[{"organisation": None}, {"speaker": None, "organisation": lambda _: OrganisationFactory()}],
        refuses=[{"organisation": lambda _: OrganisationFactory()}],
        says="Choose an expert or an organisation, not both.",
    ),
    "recommendations_position_nobody_only_unattributed": Rule(
        PositionFactory,
        allows=[{"speaker": None, "attribution": Attribution.NOT_ATTRIBUTED}],
        refuses=[
            {"speaker": None},
            {"speaker": None, "attribution": Attribution.AFFILIATION_ONLY, "affiliation": "A diplomat"},
        ],
        says="Choose who it is, or set the attribution to “not attributed”.",
    ),
    "recommendations_position_affiliation_to_show": Rule(
        PositionFactory,
        allows=[
            {"attribution": Attribution.AFFILIATION_ONLY, "affiliation": "A diplomat"},
            {"attribution": Attribution.AFFILIATION_ONLY, "affiliation_ko": "외교관"},
            {"attribution": Attribution.NOT_ATTRIBUTED},
        ],
        refuses=[{"attribution": Attribution.AFFILIATION_ONLY}],
        says="“Affiliation only” needs the affiliation to show.",
    ),
    "recommendations_position_stance_known": Rule(
        PositionFactory,
        allows=[{"stance": stance} for stance in Stance.values],
        refuses=[{"stance": "shrugs"}],
        says="is not a valid choice",
    ),
    "recommendations_position_once_an_expert": Rule(
        PositionFactory,
        allows=[{"speaker": lambda _: SpeakerFactory()}],
        refuses=[{"speaker": lambda row: PositionFactory(recommendation=row.recommendation).speaker}],
        says="This expert has a position on it already.",
    ),
    "recommendations_position_once_an_organisation": Rule(
        PositionFactory,
        allows=[{"speaker": None, "organisation": lambda _: OrganisationFactory()}],
        refuses=[{"speaker": None, "organisation": body_beside}],
        says="This organisation has a position on it already.",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])


def test_position_is_not_attributed_unless_said_otherwise():
    assert Position().attribution == Attribution.NOT_ATTRIBUTED


def test_two_who_are_not_stored_may_have_a_position_each():
    first = PositionFactory(speaker=None, attribution=Attribution.NOT_ATTRIBUTED)

    PositionFactory(recommendation=first.recommendation, speaker=None, attribution=Attribution.NOT_ATTRIBUTED)

    assert Position.objects.count() == 2
