"""What happened stands in the log; who asked and for what does not."""

import logging

import pytest

from workshop.common.logs import WithoutQuery

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(caplog):
    """What the console would get, formatted as in production."""
    from django.conf import settings

    formatter = logging.Formatter(settings.LOGGING["formatters"]["plain"]["format"], style="{")

    def lines():
        filtered = [record for record in caplog.records if WithoutQuery().filter(record)]
        return "\n".join(formatter.format(record) for record in filtered)

    return lines


@pytest.mark.parametrize(
    "address", ["/nothing/?name=Jane+Doe", "/recommendations/?speaker=Jane+Doe&page=99", "/media/x.webp?Jane+Doe"]
)
def test_query_of_a_refused_request_is_cut_off(client, written, address):
    client.get(address, REMOTE_ADDR="192.0.2.7")

    said = written()
    assert "Not Found" in said
    assert [word for word in ("Jane", "Doe", "192.0.2.7") if word in said] == []


def test_query_in_the_stack_of_a_fault_is_cut_off(client, settings, written):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False

    client.get("/fault/?name=Jane+Doe", REMOTE_ADDR="192.0.2.7")

    said = written()
    assert "ValueError" in said
    assert [word for word in ("Jane", "Doe", "192.0.2.7") if word in said] == []


def test_refused_host_is_not_repeated_with_its_query(client, written):
    client.get("/?name=Jane+Doe", headers={"host": "elsewhere.example?Jane"}, REMOTE_ADDR="192.0.2.7")

    assert [word for word in ("Jane", "Doe", "192.0.2.7") if word in written()] == []


@pytest.mark.parametrize(
    ("message", "arguments", "line"),
    [
        ("Not Found: %s", ("/search/?q=a%20b&c",), "Not Found: /search/?…"),
        ("/a?b /c?d", (), "/a?… /c?…"),
        ("nothing to cut", (), "nothing to cut"),
        ("%s and %s", ("one",), "%s and %s"),
    ],
)
def test_filter_cuts_queries_and_never_fails(message, arguments, line):
    record = logging.LogRecord("workshop", logging.INFO, "", 0, message, arguments, None)

    assert WithoutQuery().filter(record) is True
    assert record.getMessage() == line


def fault(request):
    raise ValueError(f"cannot read {request.get_full_path()}")


def urls():
    from django.urls import path

    return [path("fault/", fault)]


urlpatterns = urls()
handler500 = "workshop.views.errors.server_error"
