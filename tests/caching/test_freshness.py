"""What is kept is told only while it is true."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import timezone

from tests.factories import SpeakerFactory, UserFactory, WorkshopFactory
from workshop.actions import publish, withdraw, withdraw_later
from workshop.caching import middleware
from workshop.caching.middleware import PAGES
from workshop.caching.parameters import reads
from workshop.models import SiteState

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def rendered(response):
    return bool(response.templates)


def test_change_shows_at_once(client, moved):
    alice = SpeakerFactory(published=True, name="Alice Marsh")
    etag = client.get("/speakers/")["ETag"]
    type(alice).objects.filter(pk=alice.pk).update(name="Alice Fen")

    before = client.get("/speakers/").content  # nobody has said that something changed
    moved()
    after = client.get("/speakers/", headers={"if-none-match": etag})

    assert (b"Alice Marsh" in before, after.status_code, b"Alice Fen" in after.content) == (True, 200, True)


def test_what_is_published_is_found_and_what_is_withdrawn_is_gone_at_once(client):
    alice = SpeakerFactory(name="Alice Marsh", slug="alice")
    pages = ("/", "/speakers/", "/speakers/alice/")
    seen: list[list[tuple[int, bool]]] = []
    tags: list[str] = []

    def look():
        answers = [client.get(page, headers={"if-none-match": ", ".join(tags)}) for page in pages]
        tags.extend(answer.get("ETag", '"none"') for answer in answers)
        seen.append([(answer.status_code, b"Alice Marsh" in answer.content) for answer in answers])

    look()
    publish(record=alice)
    look()
    withdraw(record=alice, kind="safety")
    look()

    assert seen == [
        [(200, False), (200, False), (404, False)],
        [(200, True), (200, True), (200, True)],
        [(200, False), (200, False), (410, False)],
    ]


def test_page_is_kept_under_the_version_that_was_before_it_was_rendered(client, monkeypatch):
    """A change while it was rendered may or may not be in it."""
    handler = middleware.Page.of
    monkeypatch.setattr(middleware.Page, "of", lambda *args: SiteState.raise_version() or handler(*args))
    client.get("/about/")
    monkeypatch.undo()

    assert rendered(client.get("/about/"))


def test_site_without_a_row_has_its_pages_kept_until_the_first_change(client, moved):
    SiteState.objects.all().delete()

    first = [rendered(client.get("/about/")) for _ in range(2)]
    moved()

    assert (first, rendered(client.get("/about/"))) == ([True, False], True)


def test_plan_that_lies_behind_is_told_so_on_the_day(client, monkeypatch):
    WorkshopFactory(published=True)
    etag = client.get("/workshops/")["ETag"]

    class Tomorrow(dt.date):
        @classmethod
        def today(cls):
            return dt.date.fromordinal(dt.datetime.now().toordinal() + 1)

    monkeypatch.setattr(middleware.dt, "date", Tomorrow)

    assert client.get("/workshops/", headers={"if-none-match": etag}).status_code == 200


# --- The clock ---------------------------------------------------------------------------


@pytest.fixture
def limited():
    """A record that ceases to be public in an hour."""
    alice = SpeakerFactory(published=True, name="Alice Marsh")
    return withdraw_later(record=alice, at=timezone.now() + HOUR, kind="safety")


def let_the_moment_come(record):
    moment = timezone.now() - dt.timedelta(seconds=1)
    type(record).objects.filter(pk=record.pk).update(withdraw_at=moment)
    SiteState.objects.update(ceases_at=moment)


def test_page_is_told_until_the_moment_comes(client, limited):
    first, second = client.get("/speakers/"), client.get("/speakers/")

    assert (rendered(first), rendered(second), b"Alice Marsh" in second.content) == (True, False, True)


@pytest.mark.parametrize("asked", ["", "gzip", "br"])
def test_from_the_moment_on_nothing_is_told_from_memory(client, limited, asked):
    headers = {"accept-encoding": asked}
    etag = client.get("/speakers/", headers=headers)["ETag"]
    let_the_moment_come(limited)
    kept = len(PAGES)

    answers = [client.get("/speakers/", headers=headers | {"if-none-match": etag}) for _ in range(2)]

    assert [(answer.status_code, rendered(answer)) for answer in answers] == [(200, True)] * 2
    assert [b"Alice Marsh" in answer.content for answer in answers] == [False, False]
    assert len(PAGES) == kept


def test_once_run_due_has_closed_it_pages_are_kept_again_without_it(client, limited):
    etag = client.get("/speakers/")["ETag"]
    let_the_moment_come(limited)

    call_command("run_due")
    answers = [client.get("/speakers/", headers={"if-none-match": etag}) for _ in range(2)]

    assert SiteState.objects.get().ceases_at is None
    assert [(answer.status_code, rendered(answer)) for answer in answers] == [(200, True), (200, False)]
    assert [b"Alice Marsh" in answer.content for answer in answers] == [False, False]


def test_etag_of_before_is_worth_nothing_even_where_the_record_could_not_be_closed(client, limited, monkeypatch):
    etag = client.get("/speakers/")["ETag"]
    let_the_moment_come(limited)

    monkeypatch.setattr("workshop.management.commands.run_due.run_due_publications", lambda models: ([], ["failed"]))
    call_command("run_due")
    answer = client.get("/speakers/", headers={"if-none-match": etag})

    assert (answer.status_code, b"Alice Marsh" in answer.content) == (200, False)


# --- What is not kept ----------------------------------------------------------------------


def test_editor_who_is_logged_in_sees_what_everybody_sees(client):
    editor = UserFactory(role="editor")
    plain = client.get("/about/")
    client.force_login(editor)

    told = client.get("/about/")
    PAGES.clear()
    fresh = client.get("/about/")

    assert (told.content, fresh.content, fresh["ETag"]) == (plain.content, plain.content, plain["ETag"])
    assert (rendered(told), rendered(fresh), len(told.cookies), len(fresh.cookies)) == (False, True, 0, 0)


def test_desk_files_and_health_are_not_kept(client):
    client.force_login(UserFactory(role="admin"))

    for address in ("/admin/", "/admin/workshop/talk/", "/media/nothing.webp", "/healthz", "/readyz", "/favicon.ico"):
        client.get(address)

    assert len(PAGES) == 0


def test_health_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def touches_session(request):
    request.session.get("x")
    return HttpResponse("x")


def sets_cookie(request):
    response = HttpResponse("x")
    response.set_cookie("x", "y")
    return response


@reads("page", "q")
def echo(request):
    return HttpResponse(f"{sorted(request.GET.lists())} {request.COOKIES} {request.META.get('HTTP_AUTHORIZATION')}")


def fails(request):
    raise OperationalError


# This module is the site's table of addresses for the tests that ask it.
handler500 = "workshop.views.errors.server_error"
urlpatterns = [
    path("session/", reads()(touches_session)),
    path("cookie/", reads()(sets_cookie)),
    path("stream/", reads()(lambda request: StreamingHttpResponse(["x"]))),
    path("private/", reads()(lambda request: HttpResponse(headers={"Cache-Control": "private"}))),
    path("varies/", reads()(lambda request: HttpResponse(headers={"Vary": "Accept"}))),
    path("moved/", reads()(lambda request: HttpResponse(status=302, headers={"Location": "/"}))),
    path("refused/", reads()(lambda request: HttpResponse(status=400))),
    path("down/", reads()(fails)),
    path("fault/", reads()(lambda request: 1 / 0)),
    path("echo/", echo),
    path("short/", reads()(lambda request: HttpResponse("" if request.method == "HEAD" else "x"))),
]
UNKEPT = ["session", "cookie", "stream", "private", "varies", "moved", "refused", "down", "fault"]


@pytest.fixture
def own_addresses(settings, client):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False


@pytest.mark.parametrize("name", UNKEPT)
def test_answer_that_is_not_the_same_for_all_is_not_kept(client, own_addresses, name):
    answers = [client.get(f"/{name}/", headers={"accept-encoding": "br"}) for _ in range(2)]

    assert (len(PAGES), ["Content-Encoding" in answer for answer in answers]) == (0, [False, False])


def test_empty_answer_to_head_is_not_what_get_is_told(client, own_addresses):
    client.head("/short/")

    assert client.get("/short/").content == b"x"


def test_page_is_shown_nothing_that_is_not_in_its_name(client, own_addresses):
    answer = client.get("/echo/?z=1&q=a&page=2&q=b", headers={"cookie": "sessionid=abcdefgh", "authorization": "x"})

    assert answer.content == b"[('page', ['2']), ('q', ['a', 'b'])] {} None"


# --- A database that does not answer -------------------------------------------------------


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_page_that_is_kept_is_not_told_while_nobody_can_vouch_for_it(client, error):
    client.get("/speakers/")

    def fail(*args):
        raise error

    with connection.execute_wrapper(fail):
        answer = client.get("/speakers/")

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert not rendered(client.get("/speakers/"))


@pytest.mark.django_db(transaction=True)
def test_connection_that_the_server_has_ended_is_opened_anew(client):
    client.get("/speakers/")
    failing = [OperationalError]

    def fail_once(execute, *args):
        if failing:
            raise failing.pop()
        return execute(*args)

    with connection.execute_wrapper(fail_once):
        answer = client.get("/speakers/")

    assert (answer.status_code, rendered(answer), failing) == (200, False, [])
