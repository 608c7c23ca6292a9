"""What every answer says of itself: the one policy, no cookie, no word to other sites."""

import pytest
from django.contrib.staticfiles import finders

from tests.factories import UserFactory
from tests.factories.world import linked_world
from tests.pages import indexes, korean, records
from workshop.actions import withdraw

pytestmark = pytest.mark.django_db

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ELSEWHERE = ["/robots.txt", "/healthz", "/admin/login/", "/nothing/", "/ko/nothing/", "/media/nothing.webp"]


def directives(policy):
    return sorted(part.strip() for part in policy.split(";"))


def answers(client):
    """An answer of every kind that an anonymous reader gets."""
    world = linked_world()
    withdraw(record=world.fund, kind="safety")
    gone = world.fund.get_absolute_url()
    pages = [*indexes(), *records(), gone]
    return {address: client.get(address) for address in [*pages, *korean(pages), *ELSEWHERE]}


def test_policy_is_the_same_everywhere_but_where_a_player_may_be_framed(client):
    found = {address: directives(answer["Content-Security-Policy"]) for address, answer in answers(client).items()}

    more = {
        address: sorted(set(policy) - set(directives(POLICY)))
        for address, policy in found.items()
        if policy != directives(POLICY)
    }
    assert set(map(tuple, more.values())) == {
        ("frame-src https://www.youtube-nocookie.com",),
        ("frame-src https://player.vimeo.com",),
    }
    assert {address.removeprefix("/ko").split("/")[1] for address in more} == {"talks", "speakers", "documents"}
    assert all(set(directives(POLICY)) <= set(policy) for policy in found.values())


def test_policy_holds_for_the_desk_as_well(client):
    client.force_login(UserFactory(role="admin"))

    desk = ["/admin/", "/admin/workshop/talk/", "/admin/nothing/"]

    assert {address: directives(client.get(address)["Content-Security-Policy"]) for address in desk} == dict.fromkeys(
        desk, directives(POLICY)
    )


def test_policy_holds_for_faults_and_refusals(client, settings):
    client.raise_request_exception = False
    settings.ROOT_URLCONF = "tests.common.test_database_down"

    found = [
        client.get("/operational/"),
        client.get("/programming/"),
        client.get("/", headers={"host": "elsewhere.example"}),
    ]

    assert [answer.status_code for answer in found] == [503, 500, 400]
    assert [directives(answer["Content-Security-Policy"]) for answer in found] == [directives(POLICY)] * 3


def test_anonymous_reader_gets_no_cookie_and_one_page_for_all(client):
    found = answers(client)
    found.pop("/admin/login/")  # its form needs one

    vary = {answer.get("Vary") for answer in found.values()}
    assert vary == {"Accept-Encoding", None}  # None: what is not there, and what is no page
    assert {address: answer.cookies for address, answer in found.items() if answer.cookies} == {}


def test_reader_with_odd_cookies_gets_the_same_page(client):
    plain = client.get("/about/")

    with_cookies = client.get("/about/", headers={"cookie": "sessionid=abcdefgh; csrftoken=x; django_language=ko"})

    assert (with_cookies.content, with_cookies["ETag"]) == (plain.content, plain["ETag"])
    assert len(with_cookies.cookies) == 0


def test_other_sites_learn_nothing_and_may_not_embed(client):
    wanted = {
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found = {address: {name: answer.get(name) for name in wanted} for address, answer in answers(client).items()}

    assert {address: headers for address, headers in found.items() if headers != wanted} == {}
    assert "Server" not in client.get("/").headers


@pytest.mark.parametrize("language", ["ko", "fr", "en-US,en;q=0.5"])
def test_language_is_that_of_the_path_whatever_the_browser_asks_for(client, language):
    asked = {"accept-language": language}

    english, korean_page = client.get("/", headers=asked), client.get("/ko/", headers=asked)

    assert (english["Content-Language"], korean_page["Content-Language"]) == ("en", "ko")
    assert ('<html lang="en">' in english.content.decode(), '<html lang="ko">' in korean_page.content.decode()) == (
        True,
        True,
    )


def test_static_files_carry_the_policy_too(client, settings):
    """They are served above the views, but below the policy."""
    order = settings.MIDDLEWARE

    assert finders.find("css/base.css")
    assert order.index("csp.middleware.CSPMiddleware") < order.index("whitenoise.middleware.WhiteNoiseMiddleware")
    assert order.index("django.middleware.security.SecurityMiddleware") == 0
