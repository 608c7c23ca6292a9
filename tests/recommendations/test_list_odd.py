"""Whatever stands in the query string, the list answers."""

import re

import html5lib
import pytest

from tests.recommendations.facets import proposal

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "1.0", "9" * 99, "1e9", "%00", "٣"])
def test_page_that_does_not_exist_is_404(client, page):
    proposal("x-1")
    assert client.get(f"{LIST}?page={page}").status_code == 404


NASTY = [
    "theme=%00",
    "speaker=%00&stance=%00&addressee=%00&response=%00",
    "tag=" + "%F0%9F%92%A9" * 20_000,
    "year=" + "9" * 100_000,
    "&".join(f"theme=t{number}" for number in range(3000)),
    "&".join(f"p{number}={number}" for number in range(6000)),
    "theme=%ED%A0%80&theme=%FF%FE&theme=%C3%28",
    "year=0000&year=9999&year=-1&year=%D9%A2%D9%A0%D9%A2%D9%A4&year=2020.0",
    "action=99999999999999999999&action=-1&action=five&action=2.0&action=",
    "proposer=org:&proposer=org:org:x&proposer=:&proposer=-none&proposer=org:-none",
    "speaker=-none&stance=-none&addressee=-none&response=-none&status=-none&origin=-none&year=-none&modality=-none",
    "as_of=" + "1" * 100_000,
    "as_of=0001-01-01&status=reversed",
    "as_of=9999-12-31&status=reversed",
    "sort=%27%3BDROP%20TABLE&per_page=1e9&sort=relevance&q=mud",
    "theme[]=a&theme[$ne]=b&=&&&=x;theme",
    "theme=%3Cscript%3Ealert(1)%3C/script%3E&tag=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    "theme=%0D%0ASet-Cookie:x=1&tag=a%20b%20c%09d",
    "speaker=%25%25&tag=%7B0%7D%7Bnames%7D%25(x)s",
    "%",
]


@pytest.mark.parametrize("query", NASTY, ids=[query[:40] for query in NASTY])
def test_odd_query_has_an_answer(client, query):
    proposal("x-1").tags.add("law")
    response = client.get(f"{LIST}?{query}")
    text = response.content.decode()
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    ids = re.findall(r' id="([^"]*)"', text)
    assert response.status_code == 200
    assert (len(set(ids)), [i for i in ids if re.search(r"\s", i)], parser.errors) == (len(ids), [], [])
    assert "<script>alert" not in text
    assert "<img src=x" not in text
