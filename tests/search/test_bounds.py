"""Of many matches only the newest are counted, and the page says so; their total and their pages are exact."""

import pytest
from django.db import OperationalError, connection

from tests.factories import ThemeFactory
from tests.recommendations.facets import ask, counts, proposal, selected
from workshop.search import counting, freshness
from workshop.search.conditions import Choice
from workshop.search.engine import IndexEngine
from workshop.search.facets import Answer
from workshop.search.kinds import BY_NAME, SHIFT
from workshop.search.patience import TookTooLong
from workshop.search.stores import store
from workshop.search.stores.common import are_sorted, rows_of

pytestmark = pytest.mark.django_db
SENTENCE = "The numbers beside the choices are counted among the newest 3 matches."
LIST = "/recommendations/"


@pytest.fixture
def many(monkeypatch):
    """Six proposals on mud, the older three on silt as well, when no more than three are counted."""
    mud, silt = (ThemeFactory(published=True, slug=slug) for slug in ("mud", "silt"))
    for number in range(6):
        record = proposal(f"x-{number}", made_on=f"202{number}-01-01", modality="must" if number % 2 else "should")
        record.themes.add(mud, *([silt] if number < 3 else []))
    freshness.flush()
    monkeypatch.setattr(counting, "COUNTED", 3)


def bounded(query: str) -> Answer:
    """The answer of the index alone: the ORM counts everything."""
    return IndexEngine().answer(selected(query))


def test_total_and_page_are_exact_where_counts_are_those_of_the_newest(many):
    answer = bounded("theme=mud&tag=-none")

    assert (answer.total, len(answer.ids), answer.counted) == (6, 6, 3)
    assert answer.counts["year"] == {"2025": 1, "2024": 1, "2023": 1}
    assert answer.counts["tag"] == {"-none": 3}


@pytest.mark.parametrize("order", ["", "&sort=code", "&sort=updated"])
def test_every_order_gives_all_of_many(many, order):
    answer = bounded(f"theme=mud&theme=silt{order}")

    assert (answer.total, answer.counted) == (6, 3)
    assert answer.ids == tuple(sorted(answer.ids, reverse=order != "&sort=code"))


def test_up_to_the_bound_everything_is_counted(many):
    answer = ask("theme=silt&tag=-none")

    assert (answer.total, answer.counted) == (3, 0)
    assert answer.counts["year"] == {"2022": 1, "2021": 1, "2020": 1}


def test_kept_numbers_are_never_bounded(many):
    assert ask("tag=-none").counted == 0
    assert counts("year", "modality=must") == {"2025": 1, "2023": 1, "2021": 1}


def test_page_and_values_say_what_is_counted(client, many):
    for address in (f"{LIST}?theme=mud&tag=-none", f"{LIST}values/year/?theme=mud&tag=-none"):
        assert SENTENCE in client.get(address).content.decode()
    for address in (f"{LIST}?theme=silt", f"{LIST}values/year/?theme=silt", LIST):
        assert "are counted among" not in client.get(address).content.decode()


def test_values_of_many_matches_of_a_word_say_what_is_counted(client, many, monkeypatch):
    for number in range(3):
        proposal(f"w-{number}", statement="Dredge the harbour")
    monkeypatch.setattr(counting, "BOUND", 2)

    html = client.get(f"{LIST}values/year/?q=dredge").content.decode()

    assert "counted among the newest 2 matches" in html


def test_statuses_of_a_day_are_bounded_as_well(many):
    assert bounded("as_of=2024-06-30").counts["status"] == {"not-assessed": 3}


def test_all_statements_share_one_time(monkeypatch):
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT max(i) FROM n"
    with pytest.raises((TookTooLong, OperationalError)), store().bounded(0.2):
        for _ in range(50):
            rows_of(slow, [])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans each statement when it compiles it")
def test_search_is_planned_for_its_words_and_everything_else_once():
    number = 'SELECT count(*) FROM search_entry WHERE "ord" > %s'
    kept = 'SELECT count(*) FROM search_entry WHERE "ord" >= %s'
    for _ in range(4):
        rows_of(number, [0])
        rows_of(kept, [0], planned_once=True)

    prepared = [text for (text,) in rows_of("SELECT statement FROM pg_prepared_statements", [])]

    assert [('"ord" > ' in text, '"ord" >= ' in text) for text in prepared if "search_entry" in text] == [
        (False, True)
    ]


@pytest.mark.parametrize(
    ("facet", "size", "expected"),
    [("theme", 10_000, True), ("theme", 10_001, False), ("year", 10_001, True), ("workshop", 200_001, False)],
)
def test_what_stands_far_back_is_sorted_sooner_than_walked_to(facet, size, expected):
    term = BY_NAME[facet].number << SHIFT | 1

    assert are_sorted([Choice((term,), size=size)]) is expected


def test_nothing_that_narrows_is_walked():
    assert are_sorted([]) is False
