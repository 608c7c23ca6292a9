"""What decides which page is told: the path and what the page reads, and nothing else."""

import pytest

from recommendations.facets import NAMES
from speakers.views.people import SpeakerList
from tests.factories import RecommendationFactory, SpeakerFactory
from tests.factories.world import linked_world
from tests.pages import one_of_each
from workshop.caching.middleware import PAGES
from workshop.caching.parameters import LONGEST_QUERY, canonical, read_at

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"


def rendered(response):
    return bool(response.templates)


def test_languages_are_pages_of_their_own(client):
    english, korean = client.get("/about/"), client.get("/ko/about/")
    again = client.get("/about/"), client.get("/ko/about/")

    assert [answer.content for answer in again] == [english.content, korean.content]
    assert [answer["Content-Language"] for answer in again] == ["en", "ko"]
    assert len({english["ETag"], korean["ETag"]}) == 2


def test_etag_of_one_page_does_not_stand_for_another(client):
    etag = client.get("/about/")["ETag"]

    assert client.get("/privacy/", headers={"if-none-match": etag}).status_code == 200


ODD = [
    "utm_source=letter&utm_medium=mail",
    "fbclid=IwAR0",
    "x=%00",
    "%00=1",
    "a[]=1&a[]=2&&&=",
    "Page=2",
    "page",
    "page=",
    "%ED%A0%80=%FF",
    "x=" + "y" * 3000,
    "&".join(f"p{number}=1" for number in range(300)),
    "next=//elsewhere.example/",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("query", ODD, ids=[query[:30] for query in ODD])
def test_odd_parameters_are_the_same_page_and_leave_no_trace_in_it(client, query):
    SpeakerFactory(published=True)
    for address in ("/speakers/", LIST, "/", "/about/"):
        odd = client.get(f"{address}?{query}")
        plain = client.get(address)

        assert (address, rendered(odd), rendered(plain)) == (address, True, False)
        assert (odd.content, odd["ETag"]) == (plain.content, plain["ETag"])


def test_parameter_that_is_read_makes_a_page_of_its_own(client, monkeypatch):
    monkeypatch.setattr(SpeakerList, "paginate_by", 1)
    SpeakerFactory.create_batch(2, published=True)

    pages = [client.get(f"/speakers/?{query}") for query in ("page=1", "page=2", "utm_source=x&page=2", "page=%32")]

    assert [rendered(page) for page in pages] == [True, True, False, False]
    assert pages[0].content != pages[1].content == pages[2].content == pages[3].content


def test_selection_in_another_order_is_the_same_page(client):
    linked_world()

    first = client.get(f"{LIST}?theme=a&speaker=b&q=&sort=code&fbclid=1")
    second = client.get(f"{LIST}?sort=code&speaker=b&as_of=&theme=a")

    assert (rendered(first), rendered(second), second.content) == (True, False, first.content)


@pytest.mark.parametrize("name", [*NAMES, "as_of", "sort", "per_page", "page"])
def test_list_is_told_apart_by_everything_it_reads(client, name):
    RecommendationFactory.create_batch(2, published=True)
    value = {"sort": "code", "per_page": "50", "page": "1", "as_of": "2020-01-01"}.get(name, "x")

    client.get(LIST)
    answer = client.get(f"{LIST}?{name}={value}")

    assert rendered(answer)


def test_question_beyond_the_bound_is_answered_and_not_kept(client):
    RecommendationFactory(published=True)
    query = "&".join(f"theme={'x' * 100}{number}" for number in range(30))

    answers = [client.get(f"{LIST}?{query}") for _ in range(2)]

    assert ([rendered(answer) for answer in answers], len(PAGES)) == ([True, True], 0)
    assert answers[0].content == answers[1].content
    assert client.get(f"{LIST}?{query}", headers={"if-none-match": answers[0]["ETag"]}).status_code == 304


def test_addresses_that_do_not_exist_push_nothing_out(client):
    client.get("/about/")

    for number in range(50):
        assert client.get(f"/speakers/nobody-{number}/").status_code == 404
        assert client.get(f"/nothing-{number}/?page={number}").status_code == 404
    assert [client.get(f"/speakers/?page={number}").status_code for number in (2, 99)] == [404, 404]
    assert client.get("/healthz").status_code == 200
    assert client.get("/speakers").status_code == 301

    assert len(PAGES) == 1


# --- Whoever asks first cannot choose what others are told -------------------------------


FORGED = {
    "host": {"host": "localhost"},
    "host with a port": {"host": "testserver:8080"},
    "forwarded host": {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example;proto=https"},
    "forwarded scheme": {"x-forwarded-proto": "https", "x-forwarded-port": "444"},
    "forwarded prefix": {"x-forwarded-prefix": "/evil", "x-script-name": "/evil"},
    "original address": {"x-original-url": "/admin/", "x-rewrite-url": "/admin/"},
    "language": {"accept-language": "ko"},
    "cookies": {"cookie": "sessionid=abcdefgh; csrftoken=x; messages=x; django_language=ko; _ga=1"},
    "credentials": {"authorization": "Basic eDp4"},
    "method": {"x-http-method-override": "DELETE"},
    "range": {"range": "bytes=0-9", "if-range": '"x"'},
    "script of others": {"x-requested-with": "XMLHttpRequest", "accept": "application/json", "origin": "null"},
    "long": {"user-agent": "x" * 5000, "referer": "http://evil.example/" + "y" * 5000},
}


@pytest.mark.parametrize("forged", FORGED)
def test_first_request_with_forged_headers_poisons_nothing(client, settings, forged):
    linked_world()
    pages = one_of_each()
    settings.PAGE_CACHE_BYTES = 0
    wanted = {page: client.get(page).content for page in pages}
    settings.PAGE_CACHE_BYTES = 24 * 1024 * 1024

    answers = {page: client.get(page, headers=FORGED[forged]) for page in pages}
    told = {page: client.get(page) for page in pages}

    assert [page for page in pages if answers[page].status_code != 200 or answers[page].cookies] == []
    assert [page for page in pages if rendered(told[page])] == []
    assert [page for page in pages if not answers[page].content == told[page].content == wanted[page]] == []


def test_page_that_is_kept_is_not_told_to_another_host(client):
    client.get("/about/")

    assert client.get("/about/", headers={"host": "elsewhere.example"}).status_code == 400


def test_page_under_a_prefix_is_a_page_of_its_own(client):
    plain, under = client.get("/about/"), client.get("/about/", SCRIPT_NAME="/press")

    assert (rendered(under), under["ETag"] == plain["ETag"]) == (True, False)


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_other_methods_are_not_answered_from_memory(client, method):
    client.get("/about/")

    assert getattr(client, method)("/about/").status_code == 405


# --- Parameters --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/", set()),
        ("/speakers/", {"page"}),
        ("/ko/speakers/", {"page"}),
        ("/speakers/x/", set()),
        ("/themes/", set()),
        (LIST, {*NAMES, "q", "as_of", "sort", "page", "per_page"}),
        ("/nothing/", None),
        ("/ko/admin/", None),
        ("/admin/", None),
        ("/media/x.webp", None),
        ("/healthz", None),
        ("/readyz", None),
        ("/speakers/" + "x" * 600 + "/", None),
    ],
)
def test_what_the_page_at_a_path_reads(path, names):
    assert read_at(path) == (None if names is None else frozenset(names))


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("b=2&a=1&c=3", "a=1&b=2"),
        ("a=2&a=1&a=2", "a=2&a=1&a=2"),
        ("a=&b=1", "b=1"),
        ("a", ""),
        ("%61=%7e+x", "a=~+x"),
        ("a=%EB%B0%B1", "a=%EB%B0%B1"),
        ("a=\xeb\xb0\xb1", "a=%EB%B0%B1"),
        ("a=%FF", "a=%EF%BF%BD"),
        ("a=%00", "a=%00"),
        ("a=org:x%26b%3D1", "a=org:x%26b%3D1"),
        ("a=" + "x" * (LONGEST_QUERY - 2), "a=" + "x" * (LONGEST_QUERY - 2)),
        ("a=" + "x" * (LONGEST_QUERY - 1), None),
        ("&" * 4097, None),
        ("&" * 4096, ""),
    ],
)
def test_canonical_form_of_a_query(query, kept):
    assert canonical(query, {"a", "b"}) == kept
