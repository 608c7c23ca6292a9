"""Selections: what is read from a query string, and the addresses made of it."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import RequestFactory

from workshop.search.facets import MOST_FIELDS, NONE, Facet, FacetValue, Option, Selection, options, read

NAMES = ("speaker", "theme", "tag")
SORTS = ("code", "updated")


def selection(query="", **extra):
    request = RequestFactory().get("/recommendations/")
    request.META["QUERY_STRING"] = query
    return read(request, names=NAMES, sorts=SORTS)


def test_no_query_is_the_first_page_of_everything():
    assert selection() == Selection(names=NAMES, choices={})


def test_values_are_kept_once_each_in_one_order():
    query = "theme=b&tag=x&theme=a&theme=b&speaker=&nonsense=1"
    assert selection(query).choices == {"theme": ("a", "b"), "tag": ("x",)}


def test_raw_and_escaped_hangul_read_alike():
    raw = "tag=정보".encode().decode("latin-1")  # as a server hands it over
    assert selection(raw).of("tag") == selection("tag=%EC%A0%95%EB%B3%B4").of("tag") == ("정보",)


def test_values_beyond_the_bound_are_not_read_and_it_shows():
    chosen = selection("&".join(f"tag=t{number:02d}" for number in range(60)))
    assert chosen.of("tag") == tuple(f"t{number:02d}" for number in range(50))
    assert chosen.shortened == ("tag",)


def test_a_value_is_cut_where_nothing_is_as_long():
    assert selection("tag=" + "x" * 100_000).of("tag") == ("x" * 200,)


def test_fields_beyond_the_bound_are_not_read():
    query = "&".join(["theme=a"] * MOST_FIELDS + ["theme=b"] * 6000)
    assert selection(query).of("theme") == ("a",)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-06-30", dt.date(2024, 6, 30)),
        ("2024-06-31", None),
        ("20240630", None),
        ("2024-W01-1", None),
        ("30 June", None),
        ("٢٠٢٤-06-30", None),
        ("0000-00-00", None),
    ],
)
def test_as_of_is_a_day_or_refused(value, day):
    chosen = selection(f"as_of={quote(value)}")
    assert (chosen.as_of, chosen.refused_as_of) == (day, "" if day else value)


@pytest.mark.parametrize(
    ("value", "page"),
    [("", 1), ("3", 3), ("0", 0), ("-1", 0), ("x", 0), ("1.5", 0), ("٣", 0), ("9" * 9, 999_999_999), ("9" * 99, 0)],
)
def test_page_is_a_number_or_none(value, page):
    assert selection(f"page={quote(value)}").page == page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=code&per_page=50", ("code", 50)),
        ("sort=relevance&per_page=10", ("", 25)),
        ("sort=&per_page=-50", ("", 25)),
        ("sort=code'--&per_page=100", ("", 100)),
    ],
)
def test_order_and_length_that_are_not_offered_are_the_default(query, expected):
    chosen = selection(query)
    assert (chosen.sort, chosen.per_page) == expected


def test_toggle_adds_removes_and_goes_to_the_first_page():
    chosen = selection("tag=x&theme=b&page=7&sort=code&per_page=50&as_of=2024-06-30&unknown=1")
    rest = "as_of=2024-06-30&sort=code&per_page=50"
    assert chosen.toggled("theme", "a").url("/r/") == f"/r/?theme=a&theme=b&tag=x&{rest}"
    assert chosen.toggled("theme", "b").url("/r/") == f"/r/?tag=x&{rest}"
    assert chosen.toggled("speaker", NONE).url("/r/") == f"/r/?speaker=-none&theme=b&tag=x&{rest}"


def test_another_page_keeps_everything_else():
    assert selection("tag=x&per_page=50&page=2").at_page(3).url("/r/") == "/r/?tag=x&per_page=50&page=3"


def test_cleared_keeps_order_and_length_only():
    chosen = selection("tag=x&as_of=2024-06-30&sort=code&per_page=50&page=2")
    assert chosen.cleared().url("/r/") == "/r/?sort=code&per_page=50"
    assert chosen.undated().url("/r/") == "/r/?tag=x&sort=code&per_page=50"


def test_defaults_leave_a_bare_address():
    assert selection("page=1&per_page=25&sort=").url("/r/") == "/r/"


def test_organisations_stay_readable_and_anything_else_is_escaped():
    chosen = selection("tag=org:un&tag=a%26b%3Dc")
    assert chosen.url("/r/") == "/r/?tag=a%26b%3Dc&tag=org:un"


def test_real_values_give_way_to_none():
    assert selection("tag=x").real("tag") == ("x",)
    assert selection("tag=x&tag=-none").real("tag") == ()


def test_anchor_is_fit_for_an_id():
    value = FacetValue(value='a b"정', label="", count=0, selected=False, address=str)
    assert value.anchor == "a%20b%22%EC%A0%95"


def test_long_facet_folds_all_but_the_first_and_the_chosen():
    values = [FacetValue(f"v{n}", f"V{n}", 1, n == 9, str) for n in range(10)]
    facet = Facet.folded("tag", "Keyword", values)
    assert [value.value for value in facet.values] == ["v0", "v1", "v2", "v3", "v4", "v5", "v9"]
    assert [value.value for value in facet.more] == ["v6", "v7", "v8"]


def test_facet_does_not_fold_a_single_value_away():
    values = [FacetValue(f"v{n}", f"V{n}", 1, False, str) for n in range(7)]
    assert Facet.folded("tag", "Keyword", values).more == ()


def test_options_mark_the_chosen_one():
    assert options({"": "Newest", "code": "Code"}, "code") == [
        Option("", "Newest", False),
        Option("code", "Code", True),
    ]
