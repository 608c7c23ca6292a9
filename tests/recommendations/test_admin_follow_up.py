"""Follow-ups on pages of their own: corrected by a new one, never edited in place."""

import datetime as dt

import pytest

from recommendations.models import FollowUp
from tests.desk import admin_url, form_of
from tests.factories import FollowUpFactory, RecommendationFactory, UserFactory

pytestmark = pytest.mark.django_db


def correction_of(follow_up):
    return f"{admin_url(FollowUp, 'add')}?recommendation={follow_up.recommendation_id}&replaces={follow_up.pk}"


@pytest.fixture
def published():
    return FollowUpFactory(
        recommendation=RecommendationFactory(published=True),
        published=True,
        date=dt.date(2023, 10, 1),
        date_precision="month",
        summary="The post was filled",
    )


def test_correction_begins_with_the_words_of_what_it_corrects(editor, published):
    form = form_of(editor.client.get(correction_of(published)), "followup_form")

    kept = {name: form[name] for name in ("recommendation", "replaces", "date", "date_precision", "status", "summary")}
    assert kept == {
        "recommendation": str(published.recommendation_id),
        "replaces": str(published.pk),
        "date": "2023-10-01",
        "date_precision": "month",
        "status": "in-progress",
        "summary": "The post was filled",
    }


def test_published_one_leads_to_its_correction_and_says_that_it_stays(editor, published):
    page = editor.get(published, "change")

    assert page.context["standing"].sentence == "Readers see it."
    assert correction_of(published).replace("&", "&amp;") in page.content.decode()


def test_correction_takes_the_place_of_what_it_corrects(editor, published):
    editor.fill(correction_of(published), status="implemented", _publish="Save and publish")

    recommendation = published.recommendation
    assert [follow_up.status for follow_up in FollowUp.objects.published_themselves()] == ["implemented"]
    assert [interval.status for interval in recommendation.intervals.all()] == ["implemented"]
    assert "Replaced by" in editor.get(recommendation, "change").content.decode()


def test_published_one_is_not_changed_by_anybody(admin, published):
    response = admin.post(published, "change", data={"summary": "Something else", "_save": "Save"})

    published.refresh_from_db()
    assert (response.status_code, published.summary) == (403, "The post was filled")


def test_published_one_is_withdrawn_and_the_status_with_it(editor, published):
    editor.post(published, "withdraw", data={"kind": "error"})

    published.refresh_from_db()
    assert (published.state, published.recommendation.intervals.count()) == ("withdrawn", 0)


def test_clock_does_not_withdraw_it(editor, published):
    later = dt.datetime.now() + dt.timedelta(days=2)
    data = {"kind": "error", "at_0": f"{later:%Y-%m-%d}", "at_1": "10:00"}

    response = editor.post(published, "withdraw", data=data)

    assert response.context["form"].non_field_errors() == [
        "A follow-up is withdrawn by hand, because the status depends on it."
    ]


@pytest.mark.parametrize(
    ("replaced", "sentence"),
    [
        (lambda own: FollowUpFactory(published=True), "That one belongs to another recommendation."),
        (lambda own: FollowUpFactory(recommendation=own), "That one was never published: change it instead."),
    ],
    ids=["of another one", "a draft"],
)
def test_correction_of_what_cannot_be_corrected_is_refused(editor, replaced, sentence):
    record = RecommendationFactory(published=True)

    response = editor.fill(
        FollowUp,
        "add",
        recommendation=record.pk,
        replaces=replaced(record).pk,
        date="2023-10-01",
        status="implemented",
        summary="Words",
    )

    assert response.context["adminform"].form.errors == {"replaces": [sentence]}


@pytest.mark.parametrize("key", ["0", "x", "%00", "99999999999999999999"])
def test_correction_of_nothing_is_not_there(editor, key):
    assert editor.client.get(f"{admin_url(FollowUp, 'add')}?replaces={key}").status_code == 404


def test_author_does_not_learn_of_others_drafts_by_correcting_them(author):
    hidden = FollowUpFactory(summary="Hidden", created_by=UserFactory())

    assert author.client.get(correction_of(hidden)).status_code == 404


def test_author_follows_up_a_public_recommendation_with_a_draft(author):
    record = RecommendationFactory(published=True)

    asked = author.fill(
        FollowUp,
        "add",
        recommendation=record.pk,
        date="2023-10-01",
        status="implemented",
        summary="Words",
        _submit="Save and submit for review…",
    )
    author.post(asked.redirect_chain[-1][0], data={"to": "role:editor"})

    assert FollowUp.objects.values_list("state", "created_by", "recommendation").get() == (
        "in_review",
        author.user.pk,
        record.pk,
    )
