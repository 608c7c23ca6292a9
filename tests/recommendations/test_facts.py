"""What is recorded beside the words."""

import pytest

from recommendations.models import AffectedGroup, Goal, Polarity
from tests.factories import (
    ThemeFactory,
)
from tests.recommendations.facets import page

pytestmark = pytest.mark.django_db


def test_facts_lead_to_what_shares_them(client, record):
    record.polarity, record.action = Polarity.DO_NOT, 5
    record.save()
    group = AffectedGroup.objects.create(slug="sailors", name="Sailors")
    record.affected.add(group)
    record.goals.add(Goal.objects.get(number=16))
    record.themes.add(ThemeFactory(published=True, slug="rights", name="Rights"))
    record.tags.add("envoy")
    facts = {
        fact.term: [(str(link.label), link.url) for link in fact.links]
        for fact in page(client, record).context["facts"]
    }
    updated = facts.pop("Updated")
    assert updated == []
    assert facts == {
        "Made on": [],
        "Edition": [("Mud in Policy", "/workshops/twelfth/")],
        "Origin": [("A talk", "/recommendations/?origin=talk")],
        "Themes": [("Rights", "/themes/rights/")],
        "Polarity": [("Do not", "")],
        "Modality": [("Should", "/recommendations/?modality=should")],
        "Action asked for": [("5 · Specific action", "/recommendations/?action=5")],
        "People concerned": [("Sailors", "/recommendations/?affected=sailors")],
        "Sustainable Development Goals": [("16. Peace, justice and strong institutions", "")],
        "Keywords": [("envoy", "/tags/envoy/")],
    }
