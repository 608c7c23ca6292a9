"""The buttons of a record's page: they save, take the step, and lose no word where it is refused."""

import pytest
from django.utils import timezone

from recommendations.models import Recommendation
from tests.desk import form_of, said
from tests.factories import (
    FollowUpFactory,
    ImageFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    UserFactory,
    WorkshopFactory,
)
from workshop.common.attribution import Attribution
from workshop.models import SiteState, Talk, Theme

pytestmark = pytest.mark.django_db


def buttons(desk, record):
    context = desk.get(record, "change").context
    return [step.label for step in context["saving_steps"]] + [step.label for step, _ in context["other_steps"]]


PUBLISH, LATER = "Save and publish", "Save and publish later…"
SUBMIT, BACK = "Save and submit for review…", "Save and send back…"
OFF, TAKE_BACK = "Save and take off the schedule", "Save and take back from review"


@pytest.mark.parametrize(
    ("how", "offered"),
    [
        ({}, [PUBLISH, LATER, SUBMIT]),
        ({"state": "in_review"}, [PUBLISH, LATER, BACK]),
        ({"state": "scheduled", "publish_at": timezone.now()}, [PUBLISH, LATER, OFF]),
        ({"published": True}, [SUBMIT, "Save draft and publish it later…", "Withdraw…"]),
        ({"withdrawn": True}, [PUBLISH, LATER, "Withdraw…"]),
    ],
    ids=["draft", "in review", "scheduled", "published", "withdrawn"],
)
def test_editor_is_offered_the_steps_that_a_state_allows(editor, how, offered):
    assert buttons(editor, ThemeFactory(**how)) == offered


@pytest.mark.parametrize(
    ("how", "offered"),
    [
        ({}, [SUBMIT]),
        ({"state": "in_review"}, [TAKE_BACK]),
        ({"published": True}, [SUBMIT]),
        ({"withdrawn": True}, []),
    ],
    ids=["draft", "in review", "published", "withdrawn"],
)
def test_author_is_offered_submission_and_its_contrary_alone(author, how, offered):
    assert buttons(author, TalkFactory(created_by=author.user, **how)) == offered


# --- publishing -----------------------------------------------------------------------------


def test_publish_button_saves_what_was_typed_and_publishes_it(editor):
    version = SiteState.objects.get_or_create(pk=1)[0].version

    response = editor.fill(Theme, "add", name="Information", _publish="Save and publish")

    theme = Theme.objects.get()
    assert (theme.name, theme.state, theme.created_by) == ("Information", "published", editor.user)
    assert said(response) == ["“Information” is published. Readers see it now."]
    assert response.redirect_chain == [(f"/admin/workshop/theme/{theme.pk}/change/", 302)]
    assert SiteState.objects.get().version > version


def test_refused_publishing_saves_nothing_and_keeps_every_word(editor):
    image = ImageFactory(alt="Old words", credit="Somebody")

    response = editor.fill(
        image, "change", alt="", caption="A sentence I typed", credit="", _publish="Save and publish"
    )

    image.refresh_from_db()
    form = response.context["adminform"].form
    assert (image.alt, image.caption, image.state) == ("Old words", "", "draft")
    assert form.non_field_errors() == [
        "A published picture needs a credit, and alternative text unless it is decorative."
    ]
    kept = form_of(response, "image_form")
    assert (kept["alt"], kept["caption"], kept["credit"]) == ("", "A sentence I typed", "")


def test_refused_publishing_of_a_new_record_keeps_words_and_rows(editor):
    edition = WorkshopFactory()

    response = editor.fill(
        Recommendation,
        "add",
        workshop=edition.pk,
        statement="Fill the post",
        **{"follow_ups-TOTAL_FORMS": "1", "follow_ups-0-summary": "It was filled", "follow_ups-0-date": "2023-01-24",
           "follow_ups-0-status": "in-progress", "follow_ups-0-confidence": "reported",
           "follow_ups-0-date_precision": "day"},
        _publish="Save and publish",
    )  # fmt: skip

    kept = form_of(response, "recommendation_form")
    assert response.context["adminform"].form.non_field_errors() == [
        "Before it is published: one from a talk needs its source words, one from a document that document or its "
        "words, one from a UN mechanism its session."
    ]
    assert (kept["statement"], kept["follow_ups-0-summary"]) == ("Fill the post", "It was filled")
    assert (Recommendation.objects.count(), WorkshopFactory._meta.model.objects.get().last_number) == (0, 0)


def test_part_that_cannot_be_published_is_named(editor):
    record = RecommendationFactory(published=True)
    FollowUpFactory(recommendation=record, evidence_url="")

    response = editor.fill(record, "change", _publish="Save and publish new follow-ups")

    assert response.context["adminform"].form.non_field_errors() == [
        "24 January 2023: In progress: Before it is published it needs its evidence: a document or an address."
    ]


def test_change_that_the_database_would_refuse_is_said_in_the_form(editor):
    image = ImageFactory(published=True)

    response = editor.fill(image, "change", credit="")

    assert response.context["adminform"].form.non_field_errors() == [
        "A published picture needs a credit, and alternative text unless it is decorative."
    ]


def test_text_missing_in_both_languages_is_said_beside_its_field(editor):
    response = editor.fill(Talk, "add", summary="Words")

    assert response.context["adminform"].form.errors == {"title": ["Give the title in English or in Korean."]}
    assert form_of(response, "talk_form")["summary"] == "Words"


def test_publishing_warns_of_a_withheld_name_in_the_texts(editor):
    talk = TalkFactory(workshop=WorkshopFactory(published=True), summary="As Ada Berg said")
    speaker = SpeakerFactory(name="Ada Berg", family_name="Berg")
    TalkSpeakerFactory(talk=talk, speaker=speaker, attribution=Attribution.NOT_ATTRIBUTED)

    response = editor.fill(talk, "change", _publish="Save and publish")

    assert said(response) == [
        f"“{talk}” is published. Readers see it now.",
        f"The name “Ada Berg” is to be withheld here, but stands in the texts or the address of “{talk}”. "
        "Read them again.",
    ]


def test_saving_a_public_record_warns_as_publishing_does(editor):
    talk = TalkFactory(published=True)
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Ada Berg"), attribution=Attribution.NOT_ATTRIBUTED)

    response = editor.fill(talk, "change", summary="As Ada Berg said")

    assert [message[:43] for message in said(response)] == [
        "The name “Ada Berg” is to be withheld here,",
        f'The talk “<a href="/admin/workshop/talk/{talk.pk}/change/">'[:43],
    ]


def test_publishing_says_what_readers_do_not_see_with_it(editor):
    talk = TalkFactory(workshop=WorkshopFactory(title="Hidden edition"))
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Ada Berg"))
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(), attribution=Attribution.NOT_ATTRIBUTED)

    response = editor.fill(talk, "change", _publish="Save and publish")

    assert said(response) == [
        f"“{talk}” is published, but readers do not see it yet: what it belongs to is not public.",
        f"“{talk}” names records that readers do not see until they are published: Ada Berg; Hidden edition.",
    ]


def test_saving_a_public_record_raises_the_version_and_saving_a_draft_does_not(editor):
    SiteState.objects.get_or_create(pk=1)
    draft, public = ThemeFactory(), ThemeFactory(published=True)

    def raised(record):
        before = SiteState.objects.get().version
        editor.fill(record, "change", description="New")
        return SiteState.objects.get().version > before

    assert (raised(draft), raised(public)) == (False, True)


# --- review -----------------------------------------------------------------------------------


def test_author_submits_and_editor_sends_back(author, editor):
    talk = TalkFactory(created_by=author.user)

    author.fill(talk, "change", title="Ready", _submit=SUBMIT)
    author.post(talk, "submit", data={"to": "role:editor"})
    submitted = (Talk.objects.get().state, Talk.objects.get().title)
    editor.fill(talk, "change", _send_back=BACK)
    editor.post(talk, "send_back", data={"comment": "Shorter."})

    assert (*submitted, Talk.objects.get().state) == ("in_review", "Ready", "draft")


@pytest.mark.parametrize("button", ["_publish", "_schedule", "_send_back"])
def test_author_who_sends_an_editors_button_is_refused_and_nothing_is_saved(author, button):
    talk = TalkFactory(created_by=author.user, title="Before")

    response = author.fill(talk, "change", title="After", **{button: "x"})

    talk.refresh_from_db()
    assert (response.status_code, talk.title, talk.state) == (403, "Before", "draft")


def test_submitting_warns_too(author):
    talk = TalkFactory(created_by=author.user, summary="As Ada Berg said")
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Ada Berg"), attribution=Attribution.NOT_ATTRIBUTED)

    response = author.post(talk, "submit", data={"to": "role:editor"})

    assert [message[:23] for message in said(response)] == [
        f"“{talk}” is submitted. Those asked will find it"[:23],
        "The name “Ada Berg” is ",
    ]


# --- deleting ------------------------------------------------------------------------------


def test_what_was_published_is_not_deleted(editor):
    talk = TalkFactory(withdrawn=True)

    page = editor.get(talk, "change").content.decode()

    assert ("deletelink" in page, editor.get(talk, "delete").status_code) == (False, 404)
    assert editor.post(talk, "delete", data={"post": "yes"}).status_code == 403
    assert Talk.objects.filter(pk=talk.pk).exists()


def test_draft_with_a_published_part_is_not_deleted(editor):
    record = RecommendationFactory()
    FollowUpFactory(recommendation=record, published=True)

    page = editor.get(record, "delete")

    assert page.context["perms_lacking"] == {"follow-up"}
    assert editor.post(record, "delete", data={"post": "yes"}).status_code == 403


def test_draft_is_deleted_by_its_author(author):
    record = RecommendationFactory(created_by=author.user)

    author.post(record, "delete", data={"post": "yes"})

    assert Recommendation.objects.count() == 0


def test_created_by_is_whoever_creates(author):
    UserFactory()
    author.fill(Talk, "add", title="Mine")

    assert Talk.objects.get().created_by == author.user
