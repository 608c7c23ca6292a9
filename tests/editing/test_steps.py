"""Steps that ask something first, and what a record's page says of where it stands."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.desk import said
from tests.factories import TalkFactory, ThemeFactory, WorkshopFactory
from workshop.models import Theme

pytestmark = pytest.mark.django_db


# --- later, and back --------------------------------------------------------------------------


def moment(name, when):
    return {f"{name}_0": f"{when:%Y-%m-%d}", f"{name}_1": f"{when:%H:%M:%S}"} if when else {}


TOMORROW = (timezone.now() + dt.timedelta(days=1)).replace(microsecond=0)


def test_publish_later_saves_and_asks_when(editor):
    theme = ThemeFactory()

    response = editor.fill(theme, "change", name="Better", _schedule="x")

    assert response.redirect_chain == [(f"/admin/workshop/theme/{theme.pk}/schedule/", 302)]
    assert (Theme.objects.get().name, Theme.objects.get().state) == ("Better", "draft")
    assert "run_due" in response.content.decode() and "Times are those of UTC." in response.content.decode()


def test_record_is_scheduled_with_its_end(editor):
    theme = ThemeFactory()
    end = TOMORROW + dt.timedelta(days=7)

    response = editor.post(theme, "schedule", data=moment("publish_at", TOMORROW) | moment("withdraw_at", end))

    theme.refresh_from_db()
    assert (theme.state, theme.publish_at, theme.withdraw_at) == ("scheduled", TOMORROW, end)
    assert said(response) == [f"“{theme}” is scheduled."]
    assert f"It goes public on {TOMORROW:%-d %B %Y, %H:%M} UTC, until" in response.content.decode()


@pytest.mark.parametrize(
    ("start", "end", "errors"),
    [
        (None, None, {"publish_at": ["This field is required."]}),
        (TOMORROW - dt.timedelta(days=2), None, {"__all__": ["Choose a moment that is still to come."]}),
        (TOMORROW, TOMORROW, {"withdraw_at": ["It would be withdrawn before it is published."]}),
    ],
    ids=["no moment", "past", "end before start"],
)
def test_moment_that_will_not_do_is_refused_with_a_sentence(editor, start, end, errors):
    theme = ThemeFactory()

    response = editor.post(theme, "schedule", data=moment("publish_at", start) | moment("withdraw_at", end))

    theme.refresh_from_db()
    assert (response.context["form"].errors, theme.state) == (errors, "draft")


def test_withdrawing_says_first_what_readers_will_see(editor):
    edition = WorkshopFactory(published=True)
    TalkFactory(workshop=edition, published=True)

    page = editor.get(edition, "withdraw").content.decode()

    assert "Readers learn that it was withdrawn on request; its title goes." in page
    assert "Readers then cease to see what belongs to it, too: 1 talk." in page


def test_record_is_withdrawn_with_its_reason(editor, client):
    talk = TalkFactory(published=True)

    response = editor.post(talk, "withdraw", data={"kind": "request"})

    talk.refresh_from_db()
    assert (talk.state, talk.withdrawal) == ("withdrawn", "request")
    assert said(response) == [f"“{talk}” is withdrawn. Readers do not see it any more."]
    assert client.get(talk.get_absolute_url()).status_code == 410


def test_withdrawn_record_may_lose_its_title_later_and_not_get_it_back(editor, client):
    """Somebody asks for it after the mistake was taken back: nothing has to be published for that."""
    theme = ThemeFactory(published=True, name="Quagmire")
    editor.post(theme, "withdraw", data={"kind": "error"})
    before = client.get(theme.get_absolute_url()).content.decode()

    editor.post(theme, "withdraw", data={"kind": "request"})
    after = client.get(theme.get_absolute_url()).content.decode()
    refusal = editor.post(theme, "withdraw", data={"kind": "error"})

    assert ("Quagmire" in before, "Quagmire" in after) == (True, False)
    assert refusal.context["form"].errors == {
        "__all__": ["It was withdrawn on request or for safety: not even its title may come back."]
    }


def test_record_may_be_withdrawn_later(editor):
    talk = TalkFactory(published=True)

    response = editor.post(talk, "withdraw", data={"kind": "error"} | moment("at", TOMORROW))

    talk.refresh_from_db()
    assert (talk.state, talk.withdraw_at, talk.withdrawal) == ("published", TOMORROW, "error")
    assert said(response) == [f"“{talk}” will be withdrawn on {TOMORROW:%-d %B %Y, %H:%M}, UTC."]


@pytest.mark.parametrize("data", [{}, {"kind": "nonsense"}])
def test_withdrawing_without_a_reason_is_refused(editor, data):
    talk = TalkFactory(published=True)

    response = editor.post(talk, "withdraw", data=data)

    talk.refresh_from_db()
    assert (list(response.context["form"].errors), talk.state) == (["kind"], "published")


@pytest.mark.parametrize(("page", "how"), [("withdraw", {}), ("schedule", {"published": True})])
def test_step_that_a_state_does_not_allow_is_not_there_and_a_late_click_is_told_so(editor, page, how):
    theme = ThemeFactory(name="Mud", **how)

    late = editor.post(theme, page)

    state = theme.get_state_display().lower()
    assert editor.get(theme, page).status_code == 404
    assert said(late) == [f"Nothing was done: “Mud” is {state} by now."]
    assert Theme.objects.get().state == theme.state


# --- what the page says -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (TalkFactory, "Readers do not see it."),
        (lambda: TalkFactory(state="in_review"), "Readers do not see it. It waits for an answer."),
        (
            lambda: TalkFactory(published=True),
            "Readers see it. “Save draft” keeps your work apart until you publish it.",
        ),
        (
            lambda: TalkFactory(published=True, workshop=WorkshopFactory()),
            "Published, but readers do not see it: what it belongs to is not public.",
        ),
        (
            lambda: TalkFactory(withdrawn=True),
            "Withdrawn: it was in error, 1 July 2020, 00:00 UTC. Its address says so.",
        ),
    ],
    ids=["draft", "in review", "public", "hidden", "withdrawn"],
)
def test_page_says_whether_readers_see_the_record(editor, make, sentence):
    assert editor.get(make(), "change").context["standing"].sentence == sentence


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (lambda: TalkFactory(published=True), True),
        (TalkFactory, False),
        (lambda: TalkFactory(published=True, workshop=WorkshopFactory()), False),
    ],
    ids=["public", "draft", "hidden with its edition"],
)
def test_public_page_is_linked_where_there_is_one(editor, make, shown):
    assert ("View on site" in editor.get(make(), "change").content.decode()) is shown
