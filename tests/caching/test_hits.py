"""A page that was rendered once is told again: same answer, one query, no view."""

import gzip

import brotli
import pytest

from tests.factories.world import linked_world
from tests.pages import korean, one_of_each
from workshop.actions import withdraw
from workshop.caching.middleware import PAGES

pytestmark = pytest.mark.django_db
CODED = {"": ("", bytes), "gzip": ("gzip", gzip.decompress), "br": ("br", brotli.decompress)}


def rendered(response):
    return bool(response.templates)


def said(answer):
    return answer.status_code, list(answer.items()), answer.content


def test_second_reader_is_answered_with_one_query_and_no_template(client, django_assert_num_queries):
    first = client.get("/speakers/")

    with django_assert_num_queries(1):
        second = client.get("/speakers/")

    assert (rendered(first), rendered(second), second.content) == (True, False, first.content)


def test_every_page_is_told_again_byte_for_byte_with_the_same_headers(client):
    """Its own policy, where it may frame a player, among them."""
    world = linked_world()
    withdraw(record=world.fund, kind="safety")
    addresses = [*one_of_each(), world.fund.get_absolute_url(), "/recommendations/?sort=code"]
    addresses = [*addresses, *korean(addresses), "/robots.txt"]

    first = {address: client.get(address) for address in addresses}
    second = {address: client.get(address) for address in addresses}

    assert [address for address, answer in second.items() if rendered(answer)] == []
    assert {address: said(answer) for address, answer in second.items()} == {
        address: said(answer) for address, answer in first.items()
    }
    assert {"200", "410"} == {str(answer.status_code) for answer in second.values()}
    assert any("frame-src" in answer["Content-Security-Policy"] for answer in second.values())


def test_headers_are_those_of_a_page_that_is_not_kept(client, settings):
    kept = client.get("/about/")
    settings.PAGE_CACHE_BYTES = 0
    unkept = client.get("/about/")

    def headers(answer):  # the directives of the policy come in any order
        return {name: sorted(value.split("; ")) for name, value in answer.items() if name != "ETag"}

    assert headers(kept) == headers(unkept)
    assert (kept["Cache-Control"], kept["Vary"]) == ("public, no-cache", "Accept-Encoding")


@pytest.mark.parametrize("asked", CODED)
def test_head_is_answered_like_get_without_the_page(client, django_assert_num_queries, asked):
    page = client.get("/about/", headers={"accept-encoding": asked})

    with django_assert_num_queries(1):
        head = client.head("/about/", headers={"accept-encoding": asked})

    assert (head.status_code, list(head.items()), head.content) == (200, list(page.items()), b"")
    assert head["Content-Length"] == str(len(page.content))


def test_head_that_comes_first_keeps_the_page_for_get(client):
    head, page = client.head("/about/"), client.get("/about/")

    assert (rendered(head), rendered(page), len(page.content)) == (True, False, int(head["Content-Length"]))


# --- Codings -----------------------------------------------------------------------------


@pytest.mark.parametrize("asked", CODED)
def test_each_coding_is_the_same_page_with_an_etag_of_its_own(client, asked):
    plain = client.get("/about/")

    answer = client.get("/about/", headers={"accept-encoding": asked})

    coding, decoded = CODED[asked]
    assert (answer.get("Content-Encoding", ""), decoded(answer.content)) == (coding, plain.content)
    assert (answer["Content-Length"], answer["Vary"]) == (str(len(answer.content)), "Accept-Encoding")
    assert (answer["ETag"] == plain["ETag"]) is (asked == "")


@pytest.mark.parametrize(
    ("asked", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0.0", None),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("identity", None),
        ("deflate, zstd", None),
        ("gzip;q=much", None),
        (",;=,;q", None),
        ("", None),
        ("gzip," * 1000, None),
    ],
)
def test_coding_is_the_one_the_client_likes_best(client, asked, coding):
    assert client.get("/about/", headers={"accept-encoding": asked}).get("Content-Encoding") == coding


def test_page_is_compressed_once(client, monkeypatch):
    client.get("/about/", headers={"accept-encoding": "br"})
    monkeypatch.setattr(brotli, "compress", None)

    assert client.get("/about/", headers={"accept-encoding": "br"})["Content-Encoding"] == "br"


def test_small_answer_is_not_compressed(client):
    assert "Content-Encoding" not in client.get("/robots.txt", headers={"accept-encoding": "br"})


def test_page_that_sets_a_cookie_is_never_compressed(client):
    """The log-in page holds a secret of the reader's beside what others can make it say."""
    answer = client.get("/admin/login/?next=/x", headers={"accept-encoding": "br, gzip"})

    assert (answer.status_code, "Content-Encoding" in answer, len(PAGES)) == (200, False, 0)


# --- 304 ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("asked", CODED)
def test_etag_is_answered_with_304_and_one_query(client, django_assert_num_queries, asked, method):
    headers = {"accept-encoding": asked}
    etag = client.get("/about/", headers=headers)["ETag"]

    with django_assert_num_queries(1):
        answer = getattr(client, method)("/about/", headers=headers | {"if-none-match": etag})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert (answer["Cache-Control"], answer["Vary"]) == ("public, no-cache", "Accept-Encoding")
    assert {"Content-Encoding", "Content-Length", "Content-Type"} & set(answer.headers) == set()


def test_etag_is_known_where_the_page_is_not_kept_any_more(client, django_assert_num_queries):
    etag = client.get("/speakers/")["ETag"]
    PAGES.clear()

    with django_assert_num_queries(1):
        answer = client.get("/speakers/", headers={"if-none-match": etag})

    assert (answer.status_code, len(PAGES)) == (304, 0)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("{etag}", 304),
        ("W/{etag}", 304),
        ('"other", {etag}', 304),
        ('{etag}, W/"other"', 304),
        ("*", 304),
        ('"other"', 200),
        ("nonsense", 200),
        ("", 200),
    ],
)
def test_etag_in_every_form_of_the_header(client, form, status):
    etag = client.get("/about/")["ETag"]

    assert client.get("/about/", headers={"if-none-match": form.format(etag=etag)}).status_code == status


def test_etag_of_one_coding_does_not_stand_for_another(client):
    """A proxy would hand the compressed text to somebody who cannot read it."""
    etags = {asked: client.get("/about/", headers={"accept-encoding": asked})["ETag"] for asked in CODED}

    for asked in CODED:
        for other, etag in etags.items():
            answer = client.get("/about/", headers={"accept-encoding": asked, "if-none-match": etag})
            assert (asked, other, answer.status_code) == (asked, other, 304 if asked == other else 200)


def test_page_that_has_to_be_another_one_is_refused(client):
    etag = client.get("/about/")["ETag"]

    assert client.get("/about/", headers={"if-match": '"other"'}).status_code == 412
    assert client.get("/about/", headers={"if-match": etag}).status_code == 200


def test_what_is_gone_is_never_not_modified(client):
    """Conditions hold for what is there: RFC 9110, 13.2.1."""
    fund = linked_world().fund
    etag = client.get(fund.get_absolute_url())["ETag"]
    withdraw(record=fund, kind="error")

    first, second = (client.get(fund.get_absolute_url(), headers={"if-none-match": value}) for value in (etag, "*"))

    assert (first.status_code, second.status_code, rendered(second), "ETag" in second) == (410, 410, False, False)
