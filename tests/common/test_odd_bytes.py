"""A NUL finds nothing, on PostgreSQL as on SQLite."""

import pytest

from tests.factories import SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    ["q=%00", "speaker=%00", "theme=a%00b&tag=%00", "sort=%00", "per_page=%00", "as_of=%00", "%00=1", "a\0b=1"],
)
def test_nul_in_a_query_string_is_no_error(client, query):
    assert client.get("/recommendations/", QUERY_STRING=query).status_code == 200


def test_nul_in_a_value_finds_nothing_even_beside_a_name(client):
    SpeakerFactory(slug="alice", published=True)

    assert "“alice\ufffd”" in client.get("/recommendations/?speaker=alice%00").content.decode()


@pytest.mark.parametrize(
    "path",
    ["/%00", "/speakers/%00/", "/speakers/a%00b/", "/tags/%00/", "/media/a%00.webp", "/ko/%00/", "/ko/talks/%00/"],
)
def test_nul_in_a_path_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("value", ['"\\000\\000\\000\\000\\000\\000\\000\\000"', '"abcdefgh\\000"'])
def test_nul_in_the_session_cookie_is_nobody(client, value):
    response = client.get("/admin/", headers={"cookie": f"sessionid={value}"})

    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/admin/")


def test_nul_in_a_login_is_a_wrong_login(client):
    response = client.post("/admin/login/", {"username": "a\0b", "password": "\0"})

    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)
