"""What each list of the front page shows, to whom, and what it never shows."""

import datetime as dt

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.urls import reverse
from django.utils import timezone

from tests.desk import admin_url
from tests.factories import (
    AddresseeFactory,
    AppointmentFactory,
    FollowUpFactory,
    ImageFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    ThemeFactory,
    UserFactory,
)
from workshop.actions import publish, schedule, send_back, submit, withdraw_later
from workshop.editing import frontpage
from workshop.editing.frontpage import LISTS
from workshop.models import Theme

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = dt.timedelta(hours=1)


def lists(desk):
    """The titles of the records in each list of the front page."""
    return {kept.name: [line.title for line in listing.lines] for kept, listing in lists_of(desk)}


def lists_of(desk):
    return desk.get(reverse("admin:index")).context["lists"]


def line(desk, name):
    """The only line of a list."""
    [found] = {kept.name: listing.lines for kept, listing in lists_of(desk)}[name]
    return found


def lacking(desk):
    return sorted((item.shown, item.words) for item in desk.get(reverse("admin:index")).context["lacking"])


def complete(**how):
    """A recommendation that lacks nothing."""
    record = RecommendationFactory(**how)
    AddresseeFactory(recommendation=record)
    record.themes.add(ThemeFactory(published=True))
    return record


@pytest.mark.parametrize("role", ["author", "editor", "admin"])
def test_every_list_says_something_where_there_is_nothing(desk_of, role):
    desk = desk_of(role)
    page = desk.get(reverse("admin:index")).content.decode()

    assert [kept.empty in page for kept in LISTS] == [True] * len(LISTS)
    assert [kept.empty in desk.get(reverse(kept.page)).content.decode() for kept in LISTS] == [True] * len(LISTS)
    assert "Nothing that we know of." in page


def test_signed_out_visitor_is_asked_to_log_in_before_any_list(client):
    assert {client.get(reverse(kept.page)).status_code for kept in LISTS} == {302}


# --- what awaits me ------------------------------------------------------------------------


def test_review_says_who_asks_whom_and_what_for(editor):
    bob = UserFactory(first_name="Bob", last_name="Fen")
    talk = TalkFactory(title="Mud", created_by=bob)
    submit(record=talk, by=bob, comment="Is it fair?")

    shown = line(editor, "reviews")

    assert (shown.kind, shown.title, shown.url) == ("Talk", "Mud", admin_url(talk, "change"))
    assert (shown.note, shown.words) == ("Bob Fen asks the editors", "Is it fair?")


def test_what_was_asked_of_others_does_not_await_me(author, editor, admin):
    bob = UserFactory()
    for title, whom in {"Mine": {"to_user": author.user}, "Editors’": {}, "Admins’": {"to_role": "admin"}}.items():
        submit(record=TalkFactory(title=title, created_by=bob), by=bob, **whom)

    assert [lists(desk)["reviews"] for desk in (author, editor, admin)] == [
        ["Mine"],
        ["Editors’"],
        ["Editors’", "Admins’"],
    ]


def test_what_was_sent_back_is_there_with_the_reason_until_it_is_submitted_again(author, editor):
    talk = TalkFactory(title="Mud", created_by=author.user)
    submit(record=talk, by=author.user)
    send_back(record=talk, by=editor.user, comment="Shorter.")

    before = line(author, "returned")
    submit(record=talk, by=author.user)

    assert (before.title, before.words, before.note) == ("Mud", "Shorter.", f"{editor.user.username} sent it back")
    assert lists(author)["returned"] == []


def test_drafts_are_my_own_newest_first(editor):
    ThemeFactory(name="Older", created_by=editor.user)
    TalkFactory(title="Newer", created_by=editor.user)
    TalkFactory(title="Public", created_by=editor.user, published=True)
    TalkFactory(title="Other’s", created_by=UserFactory())

    assert lists(editor)["drafts"] == ["Newer", "Older"]


# --- the clock -------------------------------------------------------------------------------


def test_all_that_is_scheduled_stands_together_next_first(editor):
    schedule(record=ThemeFactory(name="Second"), at=NOW + 2 * HOUR, by=editor.user)
    schedule(record=TalkFactory(title="First"), at=NOW + HOUR, by=editor.user)
    withdraw_later(record=TalkFactory(title="Going", published=True), at=NOW + 3 * HOUR, kind="error", by=editor.user)

    shown = {kept.name: listing.lines for kept, listing in lists_of(editor)}["scheduled"]

    assert [(one.title, one.note, one.at) for one in shown] == [
        ("First", "to be published", NOW + HOUR),
        ("Second", "to be published", NOW + 2 * HOUR),
        ("Going", "to be withdrawn", NOW + 3 * HOUR),
    ]


def test_authors_see_the_schedule_of_their_own_records_alone(author, editor):
    schedule(record=TalkFactory(title="Mine", created_by=author.user), at=NOW + HOUR, by=editor.user)
    schedule(record=TalkFactory(title="Other’s"), at=NOW + HOUR, by=editor.user)

    assert lists(author)["scheduled"] == ["Mine"]


def test_moment_that_could_not_be_kept_says_why(editor):
    theme = ThemeFactory(state="scheduled", publish_at=NOW - HOUR)
    AppointmentFactory(record=theme, failed_at=NOW, reason="It needs a name.")

    shown = line(editor, "scheduled")

    assert (shown.alarm, shown.note, shown.words) == (True, "to be published, but that failed", "It needs a name.")


def test_moment_that_passed_unnoticed_asks_whether_the_clock_runs(editor):
    ThemeFactory(state="scheduled", publish_at=NOW - HOUR)

    assert line(editor, "scheduled").note == "to be published, and overdue: does “run_due” run?"


# --- what readers would miss --------------------------------------------------------------------


def test_editor_reads_what_records_lack(editor):
    ImageFactory(credit="")
    ImageFactory(alt="")
    RecommendationFactory(published=True)
    RecommendationFactory(published=True, source_quote=None, origin="talk", state="draft", first_published_at=None)
    old = complete(published=True)
    FollowUpFactory(recommendation=old, published=True, checked_on=dt.date(2024, 1, 1))
    old.follow_ups.update(recorded_at=NOW - dt.timedelta(days=181))
    FollowUpFactory(recommendation=complete(published=True), published=True, checked_on=NOW)

    assert lacking(editor) == [
        ("1", "picture without a credit"),
        ("1", "picture without alternative text"),
        ("1", "recommendation whose status nobody checked for 180 days"),
        ("1", "recommendation without words or a document as source"),
        ("2", "recommendations without a theme"),
        ("2", "recommendations without an addressee"),
    ]


def test_each_lack_leads_to_a_list_of_exactly_as_many(editor):
    ImageFactory(credit="", alt="")
    RecommendationFactory(source_quote=None)
    old = complete(published=True)
    FollowUpFactory(recommendation=old, published=True)
    old.follow_ups.update(recorded_at=NOW - dt.timedelta(days=181))

    items = editor.get(reverse("admin:index")).context["lacking"]

    assert {item.url: editor.get(item.url).context["cl"].result_count for item in items} == {
        item.url: item.count for item in items
    }
    assert len(items) == 6


def test_more_than_anybody_counts_is_said_so(editor, monkeypatch):
    monkeypatch.setattr(frontpage, "MOST", 2)
    for _ in range(4):
        ImageFactory(credit="")

    assert lacking(editor) == [("more than 2", "pictures without a credit")]


def test_authors_are_not_shown_what_all_records_lack(author):
    ImageFactory(credit="", created_by=author.user)

    assert lacking(author) == []


# --- what was done --------------------------------------------------------------------------------


def test_last_changes_are_everybodys_for_editors_newest_first(editor):
    bob = UserFactory(first_name="Bob", last_name="Fen")
    publish(record=ThemeFactory(name="Older"), by=bob)
    publish(record=TalkFactory(title="Newer"), by=editor.user)

    shown = {kept.name: listing.lines for kept, listing in lists_of(editor)}["changes"]

    assert [(one.title, one.note) for one in shown] == [
        ("Newer", f"{editor.user.username}: Published."),
        ("Older", "Bob Fen: Published."),
    ]


def test_last_changes_are_of_own_records_for_authors_whoever_made_them(author, editor):
    mine, others = TalkFactory(title="Mine", created_by=author.user), TalkFactory(title="Other’s")
    publish(record=mine, by=editor.user)
    publish(record=others, by=editor.user)
    reviewed = TalkFactory(title="Reviewed", created_by=UserFactory())
    submit(record=reviewed, by=reviewed.created_by, to_user=author.user)
    send_back(record=reviewed, by=author.user, comment="Fine.")

    assert lists(author)["changes"] == ["Mine"]


def test_changes_of_users_are_for_admins_alone(editor, admin):
    users: list = [UserFactory(username="somebody")]
    LogEntry.objects.log_actions(admin.user.pk, users, CHANGE, change_message="Role.", single_object=True)
    publish(record=ThemeFactory(name="Mud"), by=editor.user)

    assert lists(editor)["changes"] == ["Mud"]


def test_deleted_record_is_named_without_a_link(editor):
    theme = ThemeFactory(name="Mud")
    records: list = [theme]
    LogEntry.objects.log_actions(editor.user.pk, records, DELETION, single_object=True)
    theme.delete()

    shown = line(editor, "changes")

    assert (shown.title, shown.url, shown.note) == ("Mud", "", f"{editor.user.username}: Deleted.")


# --- long lists -------------------------------------------------------------------------------------


def test_front_page_shows_ten_and_leads_to_the_rest(editor):
    for number in range(12):
        SpeakerFactory(name=f"Draft {number:02}", created_by=editor.user)

    [listing] = [listing for kept, listing in lists_of(editor) if kept.name == "drafts"]
    whole = editor.get(reverse("admin:desk_drafts")).context["listing"]

    assert (len(listing.lines), listing.more) == (10, True)
    assert ([one.title for one in whole.lines][-1], len(whole.lines), whole.more) == ("Draft 00", 12, False)


def test_page_behind_a_list_says_where_it_ends(editor, monkeypatch):
    monkeypatch.setattr("workshop.editing.site.ALL", 1)
    ThemeFactory(created_by=editor.user), ThemeFactory(created_by=editor.user)

    assert "Only the first 1 are shown." in editor.get(reverse("admin:desk_drafts")).content.decode()


def test_title_that_looks_like_markup_is_text(editor):
    Theme.objects.all().delete()
    ThemeFactory(name="<script>alert(1)</script>", created_by=editor.user)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in editor.get(reverse("admin:index")).content.decode()
