"""Imports of the same table at the same moment, on both databases."""

import pytest

from recommendations.imports import desk
from recommendations.imports.reading import Unreadable
from recommendations.imports.upr import UPR
from recommendations.imports.writing import carry_out
from recommendations.models import ImportedRow, Recommendation, WaitingTable
from speakers.models import Organisation
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.recommendations.imports.tables import SIXTY, csv_of, table_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_commands_at_once_write_every_row_once():
    tables = [table_of(SIXTY) for _ in range(3)]

    results = at_once(*[lambda table=table: carry_out(table, UPR) for table in tables])

    said = [str(result) if isinstance(result, Exception) else len(result.new) for result in results]
    assert said.count(59) == 1
    assert set(said) <= {
        59,
        0,
        "Somebody imported or changed the same rows meanwhile. Nothing was written; try again.",
    }
    assert not [result for result in results if isinstance(result, Exception) and not isinstance(result, Unreadable)]
    assert (Recommendation.objects.public().count(), ImportedRow.objects.count()) == (59, 59)
    names = list(Organisation.objects.values_list("name", flat=True))
    assert len(names) == len(set(names))


def test_clicks_at_once_write_once():
    user = UserFactory(role="editor")
    waiting = desk.keep(name="upr.csv", data=csv_of(SIXTY), encoding="", by=user)
    waiting.choices |= {"publish": True}
    waiting.save()

    results = at_once(*[lambda: desk.finish(WaitingTable.objects.get(pk=waiting.pk), later=True) for _ in range(4)])

    assert {result.done for result in results} == {True}
    assert len({result.said for result in results}) == 1
    assert Recommendation.objects.count() == 59
