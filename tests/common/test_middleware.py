"""What every answer has in common: how it is asked for again, in which language, by which methods."""

import logging

import pytest

from tests.pages import indexes
from workshop.common.logs import WithoutQuery

pytestmark = pytest.mark.django_db


def kept(response):
    return {name: value for name, value in response.headers.items() if name != "Content-Security-Policy"}


@pytest.mark.parametrize("address", indexes())
def test_head_answers_as_get_does_without_the_page(client, address):
    page, head = client.get(address), client.head(address)

    assert kept(head) == kept(page)
    assert head.headers["Content-Length"] == str(len(page.content))
    assert (head.status_code, head.content) == (200, b"")


def test_head_of_a_page_that_is_kept_is_304(client):
    etag = client.head("/").headers["ETag"]

    assert client.head("/", headers={"If-None-Match": etag}).status_code == 304
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304
    assert client.head("/", headers={"If-None-Match": '"another"'}).status_code == 200


def test_head_of_what_is_not_there_has_no_page_either(client):
    head = client.head("/nothing-here/")

    assert (head.status_code, head.content) == (404, b"")


@pytest.mark.parametrize(("asked", "moved"), [("/ko", "/ko/"), ("/ko/speakers", "/ko/speakers/")])
def test_korean_address_without_its_slash_leads_to_the_page(client, asked, moved):
    response = client.get(asked)

    assert (response.status_code, response.url) == (301, moved)


@pytest.mark.parametrize("address", ["/kosovo", "/kosovo/", "/ko/ko/"])
def test_what_only_begins_like_korean_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
def test_pages_are_read_and_nothing_else(client, method):
    addresses = [*indexes(), "/healthz", "/readyz", "/robots.txt"]

    answers = {address: client.generic(method, address).status_code for address in addresses}

    assert answers == dict.fromkeys(addresses, 405)


def test_refused_request_is_a_line_in_the_log_and_no_stack():
    record = logging.LogRecord(
        "django.security.DisallowedHost", logging.ERROR, "", 0, "Invalid host: %s", ("a?b",), (ValueError, None, None)
    )

    assert WithoutQuery().filter(record) is True
    assert (record.getMessage(), record.exc_info) == ("Invalid host: a?…", None)
