"""Many records at once: each on its own, and what refuses is named."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from tests.desk import admin_url, said
from tests.factories import ImageFactory, SpeakerFactory, TalkFactory, ThemeFactory, WorkshopFactory
from workshop.actions import withdraw
from workshop.images.models import Image
from workshop.models import Talk, Theme
from workshop.reviewing.models import Review

pytestmark = pytest.mark.django_db


def in_bulk(desk, action, records, **data):
    data |= {"action": action, "_selected_action": [record.pk for record in records]}
    return desk.client.post(admin_url(type(records[0])), data, follow=True)


def states(model):
    return list(model.objects.order_by("pk").values_list("state", flat=True))


def test_each_record_is_published_and_the_one_that_cannot_be_is_named(editor):
    good, bad, other = ImageFactory(alt="Good"), ImageFactory(alt="Bad", credit=""), ImageFactory(alt="Other")

    response = in_bulk(editor, "publish", [good, bad, other])

    assert states(Image) == ["published", "draft", "published"]
    assert sorted(said(response)) == [
        "“Bad”: A published picture needs a credit, and alternative text unless it is decorative.",
        "“Good” is published. Readers see it now.",
        "“Other” is published. Readers see it now.",
    ]


def test_withdrawing_many_asks_why_and_says_what_goes_with_them(editor):
    edition, other = WorkshopFactory(published=True), WorkshopFactory(published=True)
    TalkFactory(workshop=edition, published=True)
    TalkFactory(workshop=other, published=True)

    page = in_bulk(editor, "withdraw", [edition, other])
    before = states(type(edition))
    in_bulk(editor, "withdraw", [edition, other], _take="1", kind="error")

    assert "too: 2 talks." in page.content.decode()
    assert (before, states(type(edition))) == (["published"] * 2, ["withdrawn"] * 2)


@pytest.mark.parametrize("kind", ["request", "safety"])
def test_record_taken_back_to_protect_somebody_is_not_published_by_the_way(editor, kind):
    protected, mistaken = TalkFactory(published=True), TalkFactory(published=True)
    withdraw(record=protected, kind=kind)
    withdraw(record=mistaken, kind="error")

    response = in_bulk(editor, "publish", [protected, mistaken])

    assert states(Talk) == ["withdrawn", "published"]
    assert f"“{protected}”: It was withdrawn on request or for safety" in " ".join(said(response))


def test_withdrawing_many_without_a_reason_asks_again(editor):
    talk = TalkFactory(published=True)

    response = in_bulk(editor, "withdraw", [talk], _take="1")

    assert response.context["form"].errors == {"kind": ["This field is required."]}
    assert states(Talk) == ["published"]


def test_draft_among_those_to_be_withdrawn_is_named(editor):
    draft, public = TalkFactory(title="Draft"), TalkFactory(title="Public", published=True)

    response = in_bulk(editor, "withdraw", [draft, public], _take="1", kind="error")

    assert states(Talk) == ["draft", "withdrawn"]
    assert sorted(said(response)) == [
        "“Draft”: It was never published: delete it, or leave it as a draft.",
        "“Public” is withdrawn. Readers do not see it any more.",
    ]


def test_many_are_published_later(editor):
    themes = [ThemeFactory(), ThemeFactory()]
    when = (timezone.now() + dt.timedelta(days=1)).replace(microsecond=0)
    moment = {"publish_at_0": f"{when:%Y-%m-%d}", "publish_at_1": f"{when:%H:%M:%S}"}

    in_bulk(editor, "schedule", themes, _take="1", **moment)

    assert list(Theme.objects.values_list("state", "publish_at")) == [("scheduled", when)] * 2


def test_many_are_submitted_and_sent_back(editor):
    themes = [ThemeFactory(), ThemeFactory()]

    in_bulk(editor, "submit", themes, _take="1", to="role:editor", comment="Both, please.")
    submitted = states(Theme)
    in_bulk(editor, "send_back", themes, _take="1", comment="Not yet.")

    assert (submitted, states(Theme)) == (["in_review"] * 2, ["draft"] * 2)
    assert list(Review.objects.values_list("comment", "answer")) == [("Both, please.", "Not yet.")] * 2


def test_sending_many_back_without_a_word_asks_again(editor):
    themes = [ThemeFactory(state="in_review"), ThemeFactory(state="in_review")]

    response = in_bulk(editor, "send_back", themes, _take="1", comment=" ")

    assert response.context["form"].errors == {"comment": ["Say what to change: the author reads it above the form."]}
    assert states(Theme) == ["in_review"] * 2


def test_second_click_publishes_nothing_twice(editor):
    theme = ThemeFactory()

    in_bulk(editor, "publish", [theme])
    response = in_bulk(editor, "publish", [theme])

    assert said(response) == [f"“{theme}”: It is public already."]
    assert LogEntry.objects.filter(change_message="Published.").count() == 1


def test_drafts_are_deleted_and_what_was_published_is_not(editor):
    drafts, public = [SpeakerFactory(), SpeakerFactory()], SpeakerFactory(withdrawn=True)

    refused = in_bulk(editor, "delete_selected", [*drafts, public], post="yes")
    kept = SpeakerFactory._meta.model.objects.count()
    in_bulk(editor, "delete_selected", drafts, post="yes")

    assert (refused.status_code, kept) == (403, 3)
    assert list(SpeakerFactory._meta.model.objects.all()) == [public]


@pytest.mark.parametrize("action", ["publish", "withdraw", "schedule", "submit", "send_back", "delete_selected"])
def test_authors_do_nothing_in_bulk(author, action):
    talk = TalkFactory(created_by=author.user)

    response = in_bulk(author, action, [talk], post="yes", _take="1", kind="error")

    assert (response.status_code, states(Talk)) == (403, ["draft"])
    assert author.get(Talk).context["action_form"] is None
