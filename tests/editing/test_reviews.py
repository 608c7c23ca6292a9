"""Asking for a review at the desk, reading what one is asked to, answering, and reading the answer."""

import pytest
from django.urls import reverse

from tests.desk import admin_url, form_of, said
from tests.factories import (
    ImageFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ReviewFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    UserFactory,
)
from workshop.actions import publish, send_back, submit
from workshop.common.attribution import Attribution
from workshop.models import Talk
from workshop.reviewing.models import Review

pytestmark = pytest.mark.django_db
NOT_THERE = dict.fromkeys(("change", "history", "answer"), 404)


def asked(author, record=None, **how):
    """Another author's record, which this author is asked to review."""
    record = record or TalkFactory(created_by=UserFactory(first_name="Bob", last_name="Fen"), **how)
    submit(record=record, by=record.created_by, to_user=author.user, comment="Is it fair?")
    return record


def statuses(desk, record, pages=("change", "history", "answer")):
    return {page: desk.get(record, page).status_code for page in pages}


# --- asking -----------------------------------------------------------------------------


def test_people_to_ask_are_colleagues_with_a_desk(author):
    ada = UserFactory(role="editor", first_name="Ada", last_name="Berg")
    bob = UserFactory(username="bob")
    UserFactory(is_active=False), UserFactory(is_staff=False)
    talk = TalkFactory(created_by=author.user)

    form = author.get(talk, "submit").context["form"]

    assert form.fields["to"].choices == [
        (
            "Everybody in a role",
            [("role:editor", "The editors: whoever comes first"), ("role:admin", "The admins")],
        ),
        ("One person", [(f"user:{bob.pk}", "bob, author"), (f"user:{ada.pk}", "Ada Berg, editor")]),
    ]


def test_person_is_asked_with_a_comment_and_the_author_is_told_where_it_is(author):
    ada = UserFactory(role="editor", first_name="Ada", last_name="Berg")
    talk = TalkFactory(created_by=author.user, title="Mud")

    response = author.post(talk, "submit", data={"to": f"user:{ada.pk}", "comment": "Is it fair?"})

    review = Review.objects.get()
    assert (review.to_user, review.to_role, review.comment) == (ada, "", "Is it fair?")
    assert said(response) == ["“Mud” is submitted. Ada Berg will find it on the front page of the desk."]
    assert " asked Ada Berg to review it, " in response.context["review"].said


@pytest.mark.parametrize("to", ["", "role:author", "user:0", "user:x", "role:"])
def test_who_is_not_offered_is_not_asked(author, to):
    talk = TalkFactory(created_by=author.user)

    response = author.post(talk, "submit", data={"to": to})

    assert list(response.context["form"].errors) == ["to"]
    assert Review.objects.count() == 0


def test_second_click_on_submit_says_that_it_is_in_review(author):
    talk = TalkFactory(created_by=author.user, title="Mud")
    author.post(talk, "submit", data={"to": "role:editor"})

    response = author.post(talk, "submit", data={"to": "role:editor"})

    assert said(response) == ["Nothing was done: “Mud” is in review by now."]
    assert Review.objects.count() == 1


def test_author_takes_it_back_with_what_was_typed(author):
    talk = TalkFactory(created_by=author.user)
    submit(record=talk, by=author.user)

    author.fill(talk, "change", title="Better", _take_back="x")

    assert (Talk.objects.get().state, Talk.objects.get().title) == ("draft", "Better")


# --- reading what one is asked to ---------------------------------------------------------


def test_author_who_is_asked_reads_and_changes_nothing(author):
    talk = asked(author, title="Mud")
    form = form_of(author.get(talk, "change"), "talk_form")
    sent = author.post(talk, "change", data={"title": "Mine now", "_save": "Save"})

    assert statuses(author, talk) == {"change": 200, "history": 200, "answer": 200}
    assert {page: author.get(talk, page).status_code for page in ("delete", "schedule", "withdraw", "submit")} == {
        "delete": 404,
        "schedule": 404,
        "withdraw": 404,
        "submit": 404,
    }
    assert "title" not in form
    assert (sent.status_code, Talk.objects.get().title) == (403, "Mud")


def test_author_who_is_asked_answers_and_the_record_is_gone_from_their_desk(author):
    talk = asked(author, title="Mud")

    response = author.post(talk, "answer", data={"comment": "Fair enough."})

    assert Talk.objects.get().state == "draft"
    assert (Review.objects.get().outcome, Review.objects.get().answer) == ("answered", "Fair enough.")
    assert response.redirect_chain == [(reverse("admin:index"), 302)]
    assert said(response) == ["“Mud” is with its author again, with what you wrote."]
    assert statuses(author, talk) == NOT_THERE


def test_second_click_on_the_answer_says_so_and_tells_others_nothing(author, desk_of):
    talk = asked(author)
    author.post(talk, "answer", data={"comment": "Fair enough."})

    again = author.post(talk, "answer", data={"comment": "Fair enough."})
    other = desk_of("author").post(talk, "answer", data={"comment": "Fair enough."})

    assert (said(again), other.status_code) == (["Nothing was done: you have answered already."], 404)
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    "end",
    [
        lambda talk: send_back(record=talk, by=UserFactory(role="editor"), comment="No."),
        lambda talk: publish(record=talk, by=UserFactory(role="editor")),
    ],
    ids=["sent back", "published"],
)
def test_record_is_not_there_for_who_was_asked_once_the_review_is_over(author, end):
    talk = asked(author)
    end(talk)

    answers = {page: (r.status_code, r.content) for page in NOT_THERE for r in [author.get(talk, page)]}
    nowhere = {page: author.client.get(admin_url(Talk, page, talk.pk + 1000)) for page in NOT_THERE}

    assert answers == {page: (404, response.content) for page, response in nowhere.items()}


def test_only_the_record_that_one_is_asked_about_is_shown(author):
    talk = asked(author)
    same_key = ThemeFactory(pk=talk.pk)
    ReviewFactory(record=TalkFactory(), to_user=UserFactory())
    other = TalkFactory(created_by=talk.created_by)

    assert (statuses(author, other), author.get(same_key, "change").status_code) == (NOT_THERE, 404)
    assert list(author.get(Talk).context["cl"].queryset) == [talk]


def test_record_that_one_reviews_is_not_offered_for_own_records(author):
    talk = asked(author, title="Mud")
    query = {"app_label": "workshop", "model_name": "quote", "field_name": "talk", "term": "Mud"}

    assert author.client.get(reverse("admin:autocomplete"), query).json()["results"] == []
    assert talk in Talk.objects.all()


def test_reviewer_reads_names_on_record_and_no_withheld_one(author):
    record = RecommendationFactory(created_by=UserFactory())
    PositionFactory(recommendation=record, speaker=SpeakerFactory(name="Ada Named"), attribution=Attribution.ON_RECORD)
    PositionFactory(
        recommendation=record, speaker=SpeakerFactory(name="Bob Withheld"), attribution=Attribution.NOT_ATTRIBUTED
    )
    asked(author, record)

    page = author.get(record, "change").content.decode()

    assert ("Ada Named" in page, "Bob Withheld" in page) == (True, False)


def test_name_withheld_in_the_talk_is_withheld_in_its_words_too(author):
    talk, bob = TalkFactory(created_by=UserFactory()), SpeakerFactory(name="Bob Withheld")
    TalkSpeakerFactory(talk=talk, speaker=bob, attribution=Attribution.NOT_ATTRIBUTED)
    QuoteFactory(talk=talk, speaker=bob, attribution=Attribution.ON_RECORD)
    asked(author, talk)

    assert "Bob Withheld" not in author.get(talk, "change").content.decode()


def test_author_still_reads_withheld_names_in_own_records(author):
    talk = TalkFactory(created_by=author.user)
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Bob Withheld"), attribution=Attribution.NOT_ATTRIBUTED)

    assert "Bob Withheld" in author.get(talk, "change").content.decode()


def test_picture_to_review_is_seen(author):
    image = asked(author, ImageFactory(created_by=UserFactory()))
    hidden = ImageFactory(created_by=UserFactory())

    def preview(picture):
        return author.client.get(reverse("admin:images_image_preview", args=[picture.pk, 320])).status_code

    assert (preview(image), preview(hidden)) == (200, 404)


# --- reading the answer -------------------------------------------------------------------


def test_answer_stands_above_the_form_until_the_record_is_submitted_again(author, editor):
    talk = TalkFactory(created_by=author.user)
    submit(record=talk, by=author.user)
    editor.post(talk, "send_back", data={"comment": "Shorter, <b>please</b>."})

    page = author.get(talk, "change")
    shown = page.context["review"]
    author.post(talk, "submit", data={"to": "role:editor"})

    assert (" sent it back, " in shown.said, shown.words) == (True, "Shorter, <b>please</b>.")
    assert "<p>Shorter, &lt;b&gt;please&lt;/b&gt;.</p>" in page.content.decode()
    assert " asked the editors to review it, " in author.get(talk, "change").context["review"].said


def test_nothing_is_sent_back_without_a_word(editor):
    talk = TalkFactory(state="in_review")

    response = editor.post(talk, "send_back", data={"comment": " "})

    assert response.context["form"].errors == {"comment": ["Say what to change: the author reads it above the form."]}
    assert Talk.objects.get().state == "in_review"
