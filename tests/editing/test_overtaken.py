"""A colleague publishes, schedules, withdraws, deletes or merges what somebody has open: no word is lost."""

import datetime as dt

import pytest
from django.utils import timezone

from recommendations.models import FollowUp
from speakers.models import Speaker
from tests.desk import PASSWORD, admin_url, form_of, said
from tests.factories import FollowUpFactory, QuoteFactory, SpeakerFactory, TalkFactory, UserFactory
from workshop.actions import publish, schedule, withdraw
from workshop.admin.merging import MERGED
from workshop.admin.moved import NOTHING_LOST, THEN, THEN_AS_DRAFT
from workshop.editing.models import Unsaved
from workshop.editing.overtaken import CLOSED, GONE, NOT_KEPT, WAITS
from workshop.merging.actions import merge
from workshop.models import Talk
from workshop.takedown.actions import take_down

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2031, 3, 3, 10, 0, tzinfo=dt.UTC)
SCHEDULED = "scheduled: it goes public on 3 March 2031, 10:00, UTC."
LONG = " ".join(["Forty minutes of words."] * 200)


class Open:
    """The page of a record that somebody has open, and what they send of it later."""

    def __init__(self, desk, record):
        self.desk, self.record = desk, record
        self.url, self.typed = admin_url(record, "change"), admin_url(record, "typed")
        self.values = form_of(desk.client.get(self.url), f"{record._meta.model_name}_form")

    def send(self, **changes):
        return self.desk.client.post(self.url, self.values | {"_save": "Save"} | changes, follow=True)

    def autosave(self, **changes):
        return self.desk.client.post(admin_url(self.record, "autosave"), self.values | changes)


def shown(page):
    """What the page of what somebody typed says: what became of it, where that leads, and their words."""
    fate, words = page.context["fate"], [dict(one.lines) for one in page.context["words"]]
    return fate.said, fate.url, [line.get("Summary") or line.get("Biography") for line in words]


@pytest.fixture
def own(author):
    return TalkFactory(title="Mine", created_by=author.user)


# --- to an author's record ------------------------------------------------------------------


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


# --- what is gone -------------------------------------------------------------------------------


def test_deleted_meanwhile_one_reads_by_whom_and_where_it_can_be_recovered(editor, desk_of):
    talk, other = TalkFactory(title="A title"), desk_of("editor")
    page = Open(editor, talk)
    other.client.post(admin_url(talk, "delete"), {"post": "yes"})

    answer = page.send(summary=LONG)

    fate, url, words = shown(answer)
    assert (fate.startswith(f"{other.user.called} deleted it on "), words) == (True, [LONG])
    assert editor.client.get(url).status_code == 200


def test_typing_in_what_was_deleted_is_kept_and_found_on_return(editor, desk_of):
    talk = TalkFactory(title="A title")
    page = Open(editor, talk)
    desk_of("editor").client.post(admin_url(talk, "delete"), {"post": "yes"})
    answer = page.autosave(summary="Half a sent")

    back = editor.client.get(page.url, follow=True)

    assert ("deleted it on" in answer.json()["moved"], shown(back)[2]) == (True, ["Half a sent"])


def test_merged_away_meanwhile_one_is_led_to_where_it_went(editor, desk_of):
    kept, gone = SpeakerFactory(published=True, name="Ada Berg"), SpeakerFactory(published=True, name="Ada Bergh")
    page = Open(editor, gone)
    merge(kept=kept, gone=gone, by=desk_of("editor").user)

    answer = page.send(bio="Of the marsh", _draft="Save draft")

    assert shown(answer) == (MERGED, admin_url(kept, "change"), ["Of the marsh"])
    assert "Ada Berg</a>" in answer.content.decode()


def test_merged_twice_one_is_led_to_the_last(editor):
    kept, second, gone = (SpeakerFactory(published=True) for _ in range(3))
    page = Open(editor, gone)
    merge(kept=second, gone=gone, by=editor.user)
    merge(kept=kept, gone=Speaker.objects.get(pk=second.pk), by=editor.user)

    assert shown(page.send(bio="Of the marsh"))[1] == admin_url(kept, "change")


def test_author_is_led_to_the_public_page_and_to_nothing_that_is_not_theirs(author, editor):
    public, hidden = SpeakerFactory(published=True), SpeakerFactory(name="Somebody hidden")
    pages = [Open(author, SpeakerFactory(created_by=author.user)) for _ in range(2)]
    for kept, page in zip((public, hidden), pages, strict=True):
        merge(kept=kept, gone=page.record, by=editor.user)

    answers = [page.send(bio="Of the marsh") for page in pages]

    assert [shown(answer)[:2] for answer in answers] == [(MERGED, public.get_absolute_url()), (GONE, "")]
    assert "Somebody hidden" not in answers[1].content.decode()


def test_merge_that_is_undone_brings_the_words_back_into_the_form(editor):
    from workshop.merging.actions import undo

    kept, gone = SpeakerFactory(published=True), SpeakerFactory(published=True)
    page = Open(editor, gone)
    done = merge(kept=kept, gone=gone, by=editor.user)
    page.send(bio="Of the marsh")
    undo(merge=done, by=editor.user)

    back = editor.client.get(page.typed, follow=True)

    assert form_of(back, "speaker_form")["bio"] == "Of the marsh"


def test_of_somebody_who_was_taken_down_nothing_is_stored_again(editor, admin):
    person = SpeakerFactory(name="Ada Zymborska")
    page = Open(editor, person)
    take_down(names=["Ada Zymborska"], person=person, ground="safety", reason="Danger.", by=admin.user)

    answer = page.send(bio="Of the marsh")
    typed = page.autosave(bio="Of the marsh")

    assert (answer.redirect_chain, shown(answer)) == ([], (GONE, "", ["Of the marsh"]))
    assert (NOT_KEPT in answer.content.decode(), typed.json()["at"], Unsaved.objects.count()) == (True, "", 0)


def test_nor_of_a_record_that_went_into_theirs(editor, admin):
    person, former = SpeakerFactory(name="Ada Zymborska"), SpeakerFactory(name="Ada Zymborska")
    page = Open(editor, former)
    editor.client.post(admin_url(Speaker, "compare"), merging(editor, person, former))
    take_down(names=["Ada Zymborska"], person=person, ground="safety", reason="Danger.", by=admin.user)

    answer = page.send(bio="Of the marsh")

    assert (Speaker.objects.exists(), shown(answer), Unsaved.objects.count()) == (
        False,
        (GONE, "", ["Of the marsh"]),
        0,
    )


def merging(desk, kept, gone):
    """What the page that merges two sends."""
    page = desk.client.get(admin_url(type(kept), "compare"), {"keep": kept.pk, "other": gone.pk})
    return {"keep": kept.pk, "other": gone.pk, "stamp": page.context["stamp"], "names": []}


def test_record_that_a_page_made_and_that_was_deleted_does_not_swallow_words(editor):
    values = form_of(editor.get(Talk, "add"), "talk_form") | {"title": "First", "occasion": "A seminar"}
    editor.post(Talk, "add", data=values | {"_save": "Save"})
    editor.client.post(admin_url(Talk.objects.get(), "delete"), {"post": "yes"})

    answer = editor.post(Talk, "add", data=values | {"summary": "More words", "_save": "Save"})

    assert shown(answer)[2] == ["More words"]


# --- to an editor's page ------------------------------------------------------------------------


def changed(editor, talk, act, **changes):
    """An editor sends a page after a colleague did something to its record: the answer, and the one after that."""
    page = Open(editor, talk)
    act()
    answer = page.send(**changes)
    form = form_of(answer, "talk_form")
    talk.refresh_from_db()
    return answer, talk.title, editor.post(talk, "change", data=form | {"_save": "Save", "_correction": "no"})


def test_withdrawn_meanwhile_is_said_before_anything_is_saved(editor, desk_of):
    talk = TalkFactory(title="As published", published=True)
    colleague = desk_of("editor").user

    answer, stored, again = changed(
        editor, talk, lambda: withdraw(record=talk, kind="safety", by=colleague), title="Mine", _correction="no"
    )

    talk.refresh_from_db()
    (words,) = said(answer)
    assert words.startswith("While you had it open, this was withdrawn for safety, ")
    assert (words.endswith(f"{NOTHING_LOST} {THEN['withdrawn']}"), stored) == (True, "As published")
    assert (talk.title, talk.state) == ("Mine", "withdrawn")
    assert not any("While you had it open" in one for one in said(again))


def test_publishing_button_does_not_bring_back_what_was_withdrawn_for_safety(editor, desk_of):
    talk = TalkFactory(title="A title")
    page = Open(editor, talk)
    publish(record=talk, by=desk_of("editor").user)
    withdraw(record=Talk.objects.get(), kind="safety", by=desk_of("editor").user)

    page.send(_publish="Save and publish")

    assert Talk.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("state", "words"), [("published", "published."), ("scheduled", SCHEDULED)], ids=["published", "scheduled"]
)
def test_save_of_a_draft_does_not_go_public_unsaid(editor, desk_of, state, words):
    talk, colleague = TalkFactory(title="A title"), desk_of("editor").user
    acts = {
        "published": lambda: publish(record=talk, by=colleague),
        "scheduled": lambda: schedule(record=talk, at=LATER, by=colleague),
    }

    answer, stored, _ = changed(editor, talk, acts[state], title="Mine")

    talk.refresh_from_db()
    assert said(answer) == [f"While you had it open, this was {words} {NOTHING_LOST} {THEN[state]}"]
    assert (stored, talk.title) == ("A title", "Mine")


def test_it_is_said_while_one_types(editor, desk_of):
    talk = TalkFactory(title="As published", published=True)
    page = Open(editor, talk)
    withdraw(record=talk, kind="error", by=desk_of("editor").user)

    answer = page.autosave(title="Mine")

    assert answer.json()["moved"].startswith("While you had it open, this was withdrawn: it was in error, ")


def test_second_click_of_save_and_publish_is_no_meeting(editor):
    talk = TalkFactory(title="A title")
    page = Open(editor, talk)

    page.send(title="Mine", _publish="Save and publish")
    answer = page.send(title="Mine", _publish="Save and publish")

    assert not any("While you had it open" in words for words in said(answer))


def test_page_that_is_shown_again_with_an_error_still_knows_how_it_was_opened(editor, desk_of):
    talk = TalkFactory(title="A title")
    page = Open(editor, talk)
    wrong = page.send(title="", title_ko="")
    publish(record=talk, by=desk_of("editor").user)

    answer = editor.post(talk, "change", data=form_of(wrong, "talk_form") | {"title": "Mine", "_save": "Save"})

    assert said(answer) == [f"While you had it open, this was published. {NOTHING_LOST} {THEN['published']}"]


def test_sent_back_to_draft_is_no_meeting(editor, author, own):
    author.post(own, "submit", data={"to": "role:editor", "comment": ""})
    page = Open(author, own)
    editor.post(own, "send_back", data={"comment": "Shorter."})

    answer = page.send(summary="Shorter")

    own.refresh_from_db()
    assert (own.summary, any("While you had it open" in words for words in said(answer))) == ("Shorter", False)


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
