"""The benchmark's arithmetic and tables."""

import pytest

from bench.figures import Figure, Run, number, percentile, said, spread, table, verdict

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([7], 95, 7),
        (range(1, 101), 95, 95),
        (range(1, 41), 95, 38),
        ([3, 1, 2], 50, 2),
        ([3, 1, 2], 100, 3),
        ([3, 1, 2], 0, 1),
    ],
)
def test_percentile(values, percent, expected):
    assert percentile(list(values), percent) == expected


def test_spread_of_one_is_the_first():
    assert (spread([5, 6, 7], 1), spread([], 1)) == ([5], [])


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], []),
        ([1, 2, 3], [1, 2, 3]),
        (list(range(8)), [0, 1, 2, 3, 4, 5, 6, 7]),
        (list(range(71)), [0, 10, 20, 30, 40, 50, 60, 70]),
    ],
)
def test_spread_takes_eight_at_even_distances(items, expected):
    assert spread(items) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0.256, "0.26"), (9.99, "9.99"), (14.26, "14.3"), (100, "100"), (1234.5, "1,234")]
)
def test_number(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [(8, 8, "8.00: met"), (8.01, 8, "8.00: **missed**"), (8, None, "–")],
)
def test_verdict(value, limit, expected):
    assert verdict(value, limit) == expected


def test_table_escapes_what_would_end_a_cell():
    assert table(["a", "b"], [["x|y", 1]]) == "| a | b |\n| --- | --: |\n| x\\|y | 1 |"


def run_of(*figures):
    return Run("SQLite", 60, Figure("bare view", [1.0], 1.0), uncached=list(figures))


def test_a_last_page_may_take_half_as_long_again_as_the_first():
    first, last = Figure("list", [4.0, 6.0], 1.0, target=8), Figure("last", [7.0], 1.0, first="list")

    run = run_of(first, last)
    assert (run.limit(first), run.limit(last)) == (8, 7.5)


def test_a_last_page_without_its_first_has_no_target():
    last = Figure("last", [7.0], 1.0, first="list")

    assert run_of(last).limit(last) is None


def test_what_was_given_up_says_more_than():
    assert said(Figure("list", [60_000.0], 0, given_up=True)) == ["> 60,000", "–", "–"]
    assert said(Figure("list", [2.0, 3.0, 40.0], 1.5)) == ["3.00", "40.0", "1.50"]


def test_a_run_survives_json():
    run = run_of(Figure("list", [1.0], 0.5, queries=3, target=8, plan="SCAN"))
    run.bad_input, run.rates = {"NUL": (200, 3.0)}, {"304": 99.0}

    assert Run.from_json(run.as_json()) == run
