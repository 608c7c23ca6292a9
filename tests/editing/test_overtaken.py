"""A colleague publishes, schedules or withdraws the record that an author has open: no word is lost."""

import datetime as dt

import pytest
from django.utils import timezone

from recommendations.models import FollowUp
from tests.desk import PASSWORD, admin_url, form_of, said
from tests.editing.opened import Open, shown
from tests.factories import FollowUpFactory, QuoteFactory, TalkFactory, UserFactory
from workshop.actions import publish, schedule, withdraw
from workshop.admin.moved import NOTHING_LOST, THEN_AS_DRAFT
from workshop.editing.models import Unsaved
from workshop.editing.overtaken import CLOSED, GONE, WAITS
from workshop.models import Talk

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2031, 3, 3, 10, 0, tzinfo=dt.UTC)
SCHEDULED = "scheduled: it goes public on 3 March 2031, 10:00, UTC."
LONG = " ".join(["Forty minutes of words."] * 200)


def test_scheduled_meanwhile_the_words_are_kept_and_can_be_read(author, editor, own):
    page = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)

    answer = page.send(summary=LONG)

    own.refresh_from_db()
    assert answer.redirect_chain == [(page.typed, 302)]
    assert shown(answer) == (f"It was {SCHEDULED} It is not yours to change now.", page.url, [LONG])
    assert (WAITS in answer.content.decode(), own.summary) == (True, "")


def test_scheduled_meanwhile_typing_is_kept_and_said(author, editor, own):
    page = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)

    answer = page.autosave(summary="Half a sent")

    assert (answer.status_code, answer.json()["moved"].startswith(f"It was {SCHEDULED}")) == (200, True)
    assert Unsaved.objects.get().content.fields["summary"] == ["Half a sent"]


def test_return_to_what_was_scheduled_leads_to_the_words(author, editor, own):
    page = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)
    page.autosave(summary="Half a sent")

    back = author.get(own, "change").content.decode()

    assert f'You typed something here that was not saved. <a class="desk-link" href="{page.typed}">' in back


def test_once_it_is_public_the_words_come_back_into_a_draft(author, editor, own):
    page = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)
    page.send(summary="Mine, longer")
    publish(record=own, by=editor.user)

    back = author.client.get(page.typed, follow=True)
    author.post(own, "change", data=form_of(back, "talk_form") | {"_draft": "Save draft"})

    assert form_of(back, "talk_form")["summary"] == "Mine, longer"
    assert form_of(author.get(own, "change"), "talk_form")["summary"] == "Mine, longer"


def test_words_that_are_needed_no_more_are_dropped(author, editor, own):
    page = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)
    page.send(summary="Mine, longer")

    answer = author.post(page.typed, data={"_drop": page.values["_page"]})

    assert (said(answer), Unsaved.objects.count()) == (["What you had typed is dropped."], 0)


def test_published_meanwhile_the_words_are_met_and_become_a_draft(author, editor, own):
    page = Open(author, own)
    publish(record=own, by=editor.user)

    answer = page.send(summary="Mine, longer")
    again = author.post(own, "change", data=form_of(answer, "talk_form") | {"_draft": "Save draft"})

    own.refresh_from_db()
    assert said(answer) == [f"While you had it open, this was published. {NOTHING_LOST} {THEN_AS_DRAFT}"]
    assert (form_of(again, "talk_form")["summary"], own.summary) == ("Mine, longer", "")


def test_withdrawn_meanwhile_the_author_reads_that_and_their_words(author, editor, own):
    publish(record=own, by=editor.user)
    page = Open(author, own)
    withdraw(record=own, kind="safety", by=editor.user)

    answer = page.send(summary="Mine, longer", _draft="Save draft")

    fate, _, words = shown(answer)
    assert (fate.startswith("It was withdrawn for safety, "), words) == (True, ["Mine, longer"])


def test_follow_up_that_was_published_is_edited_by_nobody_and_loses_nothing(editor, desk_of):
    follow_up = FollowUpFactory(created_by=desk_of("author").user)
    page = Open(editor, follow_up)
    FollowUp.objects.filter(pk=follow_up.pk).update(state="published", first_published_at=timezone.now())

    answer = page.send(summary="Longer words")

    (words,) = answer.context["words"]
    assert answer.context["fate"].said == "It was published. It is not yours to change now."
    assert "Longer words" in [text for _, text in words.lines]


def test_quotation_of_a_talk_that_was_scheduled(author, editor, own):
    quote = QuoteFactory(talk=own, exact="Old words")
    page = Open(author, quote)
    schedule(record=own, at=LATER, by=editor.user)

    answer = page.send(exact="New words")

    quote.refresh_from_db()
    assert (answer.context["fate"].said, quote.exact) == (CLOSED, "Old words")
    assert "New words" in answer.content.decode()


# --- no side door ---------------------------------------------------------------------------------


def test_who_did_not_have_it_open_finds_nothing_new(author, editor, own):
    page = Open(author, own)
    other = TalkFactory(title="Somebody else's")
    gone = Talk(pk=10**6)
    for record in (other, gone):
        address = admin_url(record, "change")
        answers = {
            author.client.post(address, page.values | {"_save": "Save"}).status_code,
            author.client.post(admin_url(record, "autosave"), page.values).status_code,
            author.client.get(admin_url(record, "typed")).status_code,
            author.client.get(address).status_code,
        }
        assert answers == {404}
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("seal", ["", "x", "1|workshop.talk|1|draft:forged", "\x00"])
def test_page_without_a_true_seal_is_answered_as_before(author, editor, own, seal):
    page = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)

    assert (page.send(_opened=seal).status_code, page.autosave(_opened=seal).status_code) == (403, 404)
    assert not Unsaved.objects.exists()


def test_seal_of_a_colleague_is_none_of_ones_own(author, editor, own):
    theirs = Open(editor, own)
    mine = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)

    assert mine.send(_opened=theirs.values["_opened"]).status_code == 403


def test_record_that_somebody_may_see_no_more_answers_like_one_that_is_gone(desk_of):
    talks, user = [TalkFactory(title="Withheld things"), TalkFactory()], UserFactory(role="editor")
    desk = desk_of("author")
    desk.client.force_login(user)
    pages = [Open(desk, talk) for talk in talks]
    type(user).objects.filter(pk=user.pk).update(role="author")
    Talk.objects.filter(pk=talks[1].pk).delete()

    answers = [page.send(summary="Mine") for page in pages]
    typed = [page.autosave(summary="Mine").json()["moved"] for page in pages]

    assert [shown(answer) for answer in answers] == [(GONE, "", ["Mine"])] * 2
    assert typed == [GONE, GONE]


def test_nobody_reads_the_words_of_somebody_else(author, editor, own, desk_of):
    page = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)
    page.send(summary="Mine")

    assert desk_of("author").client.get(page.typed).status_code == 404
    assert editor.client.get(page.typed).status_code == 404


def test_words_come_through_the_login_as_well(author, editor, own):
    author.user.set_password(PASSWORD)
    author.user.save()
    author.client.force_login(author.user)
    page = Open(author, own)
    schedule(record=own, at=LATER, by=editor.user)
    author.client.logout()

    login = page.send(summary="Mine, longer")
    answers = {"username": author.user.username, "password": PASSWORD}
    back = author.client.post("/admin/login/", form_of(login, "login-form") | answers, follow=True)

    assert (back.redirect_chain, shown(back)[2]) == ([(page.typed, 302)], ["Mine, longer"])
