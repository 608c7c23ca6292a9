"""What nobody would type, and what takes too long, has an answer on every page that searches."""

import pytest
from django.db import OperationalError

from tests.factories import RecommendationFactory, ThemeFactory
from workshop.search import freshness
from workshop.search.stores import store

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST, LIST = "/search/", "/search/suggest/", "/recommendations/"
NASTY = [
    "x" * 100_000,
    "진" * 30_000,
    "mud " * 25_000,
    '"unbalanced mud',
    'mud" OR "1"="1',
    "mud\x00silt",
    "\x00",
    "mud\x01\x1f\x7f\x9f",
    "mud' & !silt | (a <-> b):* \\",
    "'; DROP TABLE search_text; --",
    "NEAR(mud silt) title: mud* ^mud",
    "\u202edum\u202c mud\u200bs",
    "%25%s{0}{words}%(n)s",
    "<script>alert(1)</script>",
    "💩 e\u0301 ﬁ Ⅷ ½",
    "-" * 5000,
    '"' * 5001,
]


@pytest.mark.parametrize("q", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("path", [SEARCH, SUGGEST, "/ko/search/", LIST, f"{LIST}values/tag/"])
def test_anything_has_an_answer(client, path, q):
    ThemeFactory(published=True, name="Mud").save()
    response = client.get(path, {"q": q, "contains": q, "kind": q})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("query", ["q=%00&kind=%00", "q=%ED%A0%80&page=%FF", "q[]=a&q[$ne]=b&=&&&=x;q", "q=a&q=b"])
def test_odd_query_string_has_an_answer(client, query):
    assert client.get(f"{SEARCH}?{query}").status_code == 200
    assert client.get(SEARCH + "?" + "&".join(f"p{n}={n}" for n in range(6000))).status_code == 200


@pytest.fixture
def no_time(monkeypatch):
    """Every statement takes longer than it may: the database itself gives up, within a millisecond."""
    ThemeFactory(published=True, name="Mud")
    RecommendationFactory(published=True, statement="Keep the mud")
    freshness.flush()
    bounded = store().bounded
    monkeypatch.setattr(store(), "bounded", lambda seconds: bounded(0.001))
    monkeypatch.setattr(store(), "estimate", lambda query, span: 0)
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) FROM n"
    matched = store().matched

    def slowly(*args, **kwargs):
        statement, params = matched(*args, **kwargs)
        return statement.replace("WHERE", f"WHERE ({slow}) > 0 AND", 1), params

    monkeypatch.setattr(store(), "matched", slowly)


@pytest.mark.parametrize("address", [f"{SEARCH}?q=mud", f"/ko{LIST}?q=mud", f"{LIST}values/theme/?q=mud"])
def test_search_that_takes_too_long_is_given_up_with_a_sentence(client, no_time, address):
    response = client.get(address)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
    assert [template.name for template in response.templates][0] == "workshop/search_given_up.html"


def test_database_that_is_down_is_not_taken_for_a_slow_search(client, monkeypatch):
    def down(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(store(), "matched", down)
    response = client.get(f"{SEARCH}?q=mud")
    assert response.status_code == 503
    assert "Back in a moment" in response.content.decode()
