"""The recommendation's page at the desk, with everything that hangs on it."""

import datetime as dt

import pytest

from recommendations.models import Addressee, Recommendation, Response
from tests.desk import said
from tests.factories import (
    AddresseeFactory,
    FollowUpFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ResponseFactory,
    SpeakerFactory,
    TalkFactory,
    WorkshopFactory,
)
from workshop.common.attribution import Attribution

pytestmark = pytest.mark.django_db


def rows(prefix, *forms):
    """The fields of new rows below a page."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(forms)), f"{prefix}-INITIAL_FORMS": "0"}
    return data | {f"{prefix}-{n}-{name}": value for n, form in enumerate(forms) for name, value in form.items()}


def test_new_recommendation_gets_code_and_date_with_position_and_addressee(editor):
    edition = WorkshopFactory(code="KW12")
    speaker, body = SpeakerFactory(), OrganisationFactory()
    quote = QuoteFactory(talk=TalkFactory(workshop=edition, date=dt.date(2020, 6, 17)))

    editor.fill(
        Recommendation,
        "add",
        workshop=edition.pk,
        statement="Fill the post of special envoy",
        source_quote=quote.pk,
        **rows("positions", {"speaker": speaker.pk, "stance": "proposes", "attribution": "0", "order": "1"}),
        **rows("addressees", {"organisation": body.pk, "order": "1"}),
        _save="Save",
    )

    record = Recommendation.objects.get()
    assert (record.code, record.made_on, record.created_by) == ("kw12-r01", dt.date(2020, 6, 17), editor.user)
    assert list(record.positions.values_list("speaker", "attribution")) == [(speaker.pk, Attribution.ON_RECORD)]
    assert list(record.addressees.values_list("organisation", flat=True)) == [body.pk]


def test_new_recommendation_without_edition_is_refused_with_a_sentence(editor):
    response = editor.fill(Recommendation, "add", statement="Fill the post", origin="un-mechanism", session="31")

    assert response.context["adminform"].form.errors["workshop"] == [
        "Choose the edition: it gives the recommendation its code."
    ]


def test_code_and_edition_stay_whatever_is_sent(editor):
    record, other = RecommendationFactory(), WorkshopFactory()

    editor.fill(record, "change", code="kw12-r99", workshop=other.pk, statement="Changed")

    now = Recommendation.objects.get()
    assert (now.code, now.workshop, now.statement) == (record.code, record.workshop, "Changed")


def test_position_without_a_person_says_what_to_do(editor):
    record = RecommendationFactory()

    response = editor.fill(
        record, "change", **rows("positions", {"stance": "proposes", "attribution": "0", "order": "1"})
    )

    positions = response.context["inline_admin_formsets"][0].formset
    assert positions.forms[0].non_field_errors() == ["Choose who it is, or set the attribution to “not attributed”."]


# --- responses, which hang on addressees ----------------------------------------------------


def responses_of(response):
    return next(s for s in response.context["inline_admin_formsets"] if s.opts.model is Response)


def test_response_is_entered_beside_its_recommendation(editor):
    addressee = AddresseeFactory()
    other = AddresseeFactory()

    page = editor.get(addressee.recommendation, "change")
    editor.fill(
        addressee.recommendation,
        "change",
        **rows("responses", {"addressee": addressee.pk, "answer": "noted", "date_precision": "day"}),
    )

    field = responses_of(page).formset.empty_form.fields["addressee"]
    assert (list(field.queryset), other in field.queryset) == ([addressee], False)
    assert list(Response.objects.values_list("addressee", "answer")) == [(addressee.pk, "noted")]


def test_response_to_another_recommendation_is_refused(editor):
    addressee, other = AddresseeFactory(), AddresseeFactory()

    response = editor.fill(
        addressee.recommendation,
        "change",
        **rows("responses", {"addressee": other.pk, "answer": "noted", "date_precision": "day"}),
    )

    assert list(responses_of(response).formset.errors[0]) == ["addressee"]
    assert Response.objects.count() == 0


def test_response_is_changed_and_removed(editor):
    first, second = ResponseFactory(), None
    second = ResponseFactory(addressee=first.addressee)

    editor.fill(
        first.addressee.recommendation,
        "change",
        **{"responses-0-answer": "supported", "responses-1-DELETE": "on"},
    )

    assert list(Response.objects.values_list("pk", "answer")) == [(first.pk, "supported")]
    assert not Response.objects.filter(pk=second.pk).exists()


def test_addressee_goes_with_a_response_that_was_changed_on_the_same_page(editor):
    response = ResponseFactory()

    editor.fill(
        response.addressee.recommendation,
        "change",
        **{"responses-0-answer": "supported", "addressees-0-DELETE": "on"},
    )

    assert (Addressee.objects.count(), Response.objects.count()) == (0, 0)


def test_response_has_no_place_before_somebody_is_asked(editor):
    record = RecommendationFactory()

    assert responses_of(editor.get(record, "change")).has_add_permission is False


# --- follow-ups on its page ---------------------------------------------------------------------


def test_published_follow_up_is_shown_and_not_edited(editor):
    record = RecommendationFactory(published=True)
    published = FollowUpFactory(recommendation=record, published=True, summary="It happened")
    FollowUpFactory(recommendation=record, summary="It went on")

    page = editor.get(record, "change")
    editor.fill(record, "change", **{"follow_ups-2-0-summary": "Something else", "follow_ups-2-0-DELETE": "on"})

    published.refresh_from_db()
    assert published.summary == "It happened"
    assert f'href="/admin/recommendations/followup/add/?recommendation={record.pk}&amp;replaces={published.pk}"' in (
        page.content.decode()
    )


def test_new_follow_up_is_a_draft_until_the_button_publishes(editor):
    record = RecommendationFactory(published=True)
    new = {
        "date": "2023-01-24",
        "date_precision": "day",
        "status": "in-progress",
        "confidence": "reported",
        "summary": "Somebody was nominated",
        "evidence_url": "news.example.org/story",
    }

    editor.fill(record, "change", **rows("follow_ups", new))
    kept = record.follow_ups.values_list("state", "created_by", "evidence_url").get()
    response = editor.fill(record, "change", _publish="Save and publish new follow-ups")

    assert kept == ("draft", editor.user.pk, "https://news.example.org/story")
    assert (record.follow_ups.get().state, record.intervals.get().status) == ("published", "in-progress")
    assert said(response) == [f"“{record}” is published. Readers see it now."]


def test_withheld_name_stands_in_own_records_of_authors_and_in_no_others(author):
    mine, other = RecommendationFactory(created_by=author.user), RecommendationFactory(published=True)
    for record in (mine, other):
        PositionFactory(
            recommendation=record,
            speaker=SpeakerFactory(name="Withheld Person"),
            attribution=Attribution.NOT_ATTRIBUTED,
        )

    own, others = author.get(mine, "change"), author.get(other, "change")

    assert ("Withheld Person" in own.content.decode(), others.status_code) == (True, 404)
