"""Numbers beside the list: those of the public, without what has ended by the clock."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import SpeakerFactory, ThemeFactory
from tests.recommendations.facets import proposal
from workshop.search.models import Entry
from workshop.search.numbers import Newest, newest, newest_of_experts, records_of, totals

pytestmark = pytest.mark.django_db
EXPERTS = ["talk", "document"]


@pytest.fixture
def records():
    """Two proposals of experts on silt, the older one on mud as well, and one of the UN on silt."""
    mud, silt = (ThemeFactory(published=True, slug=slug) for slug in ("mud", "silt"))
    old = proposal("x-1", made_on=dt.date(2019, 1, 1))
    new = proposal("x-2", made_on=dt.date(2021, 1, 1))
    asked = proposal("u-1", workshop=None, origin="un-mechanism", session="33rd", source_quote=None)
    for record in (old, new, asked):
        record.themes.add(silt)
    old.themes.add(mud)
    return old, new, asked


def test_totals_are_of_all_of_some_and_among_others(records):
    assert totals("theme") == {"silt": 3, "mud": 1}
    assert totals("theme", ["mud", "unheard-of"]) == {"mud": 1}
    assert totals("theme", among={"origin": EXPERTS}) == {"silt": 2, "mud": 1}
    assert totals("theme", among={"origin": ["pledge"]}) == {}


def test_newest_have_all_values_and_come_in_order(records):
    old, new, asked = records
    assert newest(1, theme=["silt"], origin=EXPERTS) == Newest(2, [new.pk])
    assert newest(9, theme=["silt", "mud"]) == Newest(3, [new.pk, old.pk, asked.pk])
    assert newest(9, theme=["unheard-of"]) == Newest(0, [])
    assert newest_of_experts(5) == [new.pk, old.pk]


def test_what_has_ended_counts_nowhere(records):
    old, new, _ = records
    speaker = SpeakerFactory(published=True)
    assert records_of("speaker") == 1
    past = timezone.now() - dt.timedelta(hours=1)
    Entry.objects.filter(object_id=new.pk, kind=1).update(until=past)
    Entry.objects.filter(object_id=speaker.pk, kind=2).update(until=past)
    assert records_of("speaker") == 0
    assert totals("theme") == {"silt": 2, "mud": 1}
    assert totals("theme", among={"origin": EXPERTS}) == {"silt": 1, "mud": 1}
    assert newest(9, theme=["silt"], origin=EXPERTS) == Newest(1, [old.pk])
    assert newest_of_experts(5) == [old.pk]
