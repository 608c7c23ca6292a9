"""How other sites are asked: politely, and never inside."""

import socket

import pytest

from tests.linking.server import PUBLIC, world  # noqa: F401
from workshop.linking.guard import Refused, admitted, is_public
from workshop.linking.visiting import Answer

OK = Answer(False, "It answers.", 200)
PRIVATE = Answer(True, "It leads into a private network.")
URL = "https://a.example/x"


def test_page_that_answers(world):  # noqa: F811
    world.pages["a.example", "/x?y=1"] = 200

    assert world.visitor().visit("https://a.example/x?y=1") == OK
    assert (world.asked, world.connected) == ([("HEAD", "a.example/x?y=1")], [(PUBLIC, 443)])
    assert world.heads == [
        {
            "Host": "a.example",
            "Accept-Encoding": "identity",
            "User-Agent": "Rapporteur link check (+http://testserver/about/)",
            "Accept": "*/*",
            "Connection": "close",
        }
    ]


def test_server_that_knows_no_head_is_asked_in_full(world):  # noqa: F811
    world.pages["a.example", "/x"] = 200
    world.only_get = True

    assert world.visitor().visit(URL) == OK
    assert [method for method, _ in world.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (204, Answer(False, "It answers.", 204)),
        (403, Answer(False, "It does not answer programs.", 403)),
        (429, Answer(False, "It does not answer programs.", 429)),
        (404, Answer(True, "It is not there.", 404)),
        (410, Answer(True, "It is gone.", 410)),
        (500, Answer(True, "The server answers with an error (500).", 500)),
        (304, Answer(False, "It answers.", 304)),
    ],
)
def test_status_is_judged(world, status, answer):  # noqa: F811
    world.pages["a.example", "/x"] = status

    assert world.visitor().visit(URL) == answer


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        ("https://b.example/y", Answer(False, "It answers, at another address.", 200)),
        ("/y", Answer(True, "It is not there.", 404)),
        ("//b.example/y", Answer(False, "It answers, at another address.", 200)),
        (
            "http://b.example/y",
            Answer(False, "It leads on to an address without https, which is not followed.", 301),
        ),
        ("ftp://b.example/y", Answer(False, "It leads on to an address without https, which is not followed.", 301)),
        ("https://inside.example/", PRIVATE),
        ("https://127.0.0.1/", PRIVATE),
        ("https://user:word@b.example/y", Answer(True, "It is no address of the web.")),
        ("https://b.example:8080/y", Answer(True, "It names a port, which is not asked.")),
    ],
)
def test_redirect_is_followed_by_hand_and_admitted_anew(world, target, answer):  # noqa: F811
    world.pages |= {("a.example", "/x"): (301, target), ("b.example", "/y"): 200}
    world.hosts |= {"inside.example": ["10.0.0.7"], "127.0.0.1": ["127.0.0.1"]}

    assert world.visitor().visit(URL) == answer
    assert {address for address, _ in world.connected} == {PUBLIC}


def test_redirect_without_end_ends(world):  # noqa: F811
    world.pages["a.example", "/x"] = (302, "/x")

    assert world.visitor().visit(URL) == Answer(True, "It leads from one address to the next without end.", 302)
    assert len(world.asked) == 6


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["::1"], ["fe80::1%eth0"], [PUBLIC, "192.168.1.1"], []],
)
def test_host_inside_is_never_connected_to(world, addresses):  # noqa: F811
    world.hosts["a.example"] = addresses

    assert world.visitor().visit(URL) == PRIVATE
    assert (world.connected, world.asked) == ([], [])


def test_connection_goes_to_the_address_that_was_looked_at(world):  # noqa: F811
    """A name that answers with another address a moment later changes nothing."""
    world.pages["a.example", "/x"] = 200
    world.hosts["a.example"] = ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"]

    assert world.visitor().visit(URL) == OK
    assert world.connected == [("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 443)]


def test_unknown_host_and_silence_have_their_sentences(world):  # noqa: F811
    def late(address, timeout):
        raise TimeoutError

    def refusing(address, timeout):
        raise ConnectionRefusedError

    said = []
    for connect in (late, refusing):
        visitor = world.visitor()
        visitor.connect = connect
        said.append(visitor.visit(URL).said)
    world.hosts["a.example"] = socket.gaierror()
    said.append(world.visitor().visit(URL).said)

    assert said == ["It did not answer in time.", "It did not answer.", "Its host is not known any more."]


def test_each_host_rests_between_two_requests(world):  # noqa: F811
    world.pages |= {("a.example", "/1"): 200, ("a.example", "/2"): 200, ("b.example", "/1"): 200}
    visitor = world.visitor()

    for url in ("https://a.example/1", "https://b.example/1", "https://a.example/2"):
        visitor.visit(url)

    assert world.slept == [1.0]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        *[
            (inside, False)
            for inside in (
                "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.0.1",
                "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
                "64:ff9b::7f00:1", "2002:7f00:1::", "fc00::1", "fe80::1%eth0", "ff02::1", "not an address", "",
            )
        ],
    ],
)  # fmt: skip
def test_address_is_public_or_not(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "https://", "https://a.example:x/", "https://a:b@a.example/", "javascript:alert(1)", ""],
)
def test_what_is_no_address_of_the_web_is_refused(url):
    with pytest.raises(Refused, match="It is no address of the web."):
        admitted(url, lambda host, port: [PUBLIC])
