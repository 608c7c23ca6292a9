"""A copy: the page that adds a record, filled with what another one says. Nothing is stored until somebody saves."""

import pytest
from django.contrib import admin as django_admin

from recommendations.models import FollowUp, Recommendation, Tie
from speakers.models import Organisation, Speaker
from tests.desk import admin_url, form_of
from tests.editing.test_access import EVERYTHING, KEPT_BY_EDITORS, WRITTEN_BY_AUTHORS
from tests.factories import (
    AddresseeFactory,
    AffiliationFactory,
    DocumentFactory,
    FollowUpFactory,
    MediaFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ResponseFactory,
    SeriesFactory,
    SpeakerFactory,
    StatusChangeFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    TieFactory,
    UserFactory,
    WorkshopFactory,
    WorkshopThemeFactory,
)
from workshop.common.attribution import Attribution
from workshop.common.keywords import Tag
from workshop.corrections.models import Correction
from workshop.editing.models import Draft, Revision, Unsaved
from workshop.images.models import Image
from workshop.models import Document, Media, Quote, Series, StatusChange, Talk, Theme, Workshop
from workshop.reviewing.actions import ask

pytestmark = pytest.mark.django_db

COPIED = {Document, Organisation, Recommendation, Series, Speaker, Talk, Theme, Workshop}
ON_RECORD, BY_AFFILIATION, NOBODY = Attribution.values


def address(record, key=None):
    return f"{admin_url(type(record), 'add')}?copy={record.pk if key is None else key}"


def opened(desk, record):
    """The page with the copy, and what it would send."""
    response = desk.get(address(record))
    assert response.status_code == 200
    return response, form_of(response, f"{record._meta.model_name}_form")


def copy(desk, record, **changes):
    """Open the copy, change some fields, save it; gives the new record."""
    _, values = opened(desk, record)
    response = desk.client.post(address(record), values | {"_save": "Save"} | changes)
    assert response.status_code == 302, response.context["errors"]
    return type(record)._base_manager.exclude(pk=record.pk).latest("pk")


def lacks(response):
    return response.context["work"].lacks


# --- which kinds --------------------------------------------------------------------------------


def test_every_kind_has_it_or_is_left_out_on_purpose(editor):
    offered = {model for model, desk in django_admin.site._registry.items() if getattr(desk, "can_be_copied", False)}

    assert offered == COPIED
    assert {Image, FollowUp, Media, Quote, Tag, Correction} & offered == set()


@pytest.mark.parametrize("model", sorted(COPIED, key=lambda model: model.__name__), ids=lambda model: model.__name__)
def test_page_offers_it_and_the_copy_says_of_what(editor, model):
    record = EVERYTHING[model](published=True)
    before = Revision.objects.count(), Unsaved.objects.count(), model.objects.count()

    page = editor.get(record, "change").content.decode()
    response, _ = opened(editor, record)

    assert f'<li><a href="{address(record)}">Copy</a></li>' in page
    assert "This is a copy of “" in response.content.decode()
    assert (Revision.objects.count(), Unsaved.objects.count(), model.objects.count()) == before


def test_pictures_and_follow_ups_have_none(editor):
    for record in (EVERYTHING[Image](), FollowUpFactory()):
        assert ">Copy</a>" not in editor.get(record, "change").content.decode()
        assert editor.get(address(record)).status_code == 404


# --- what comes along -----------------------------------------------------------------------------


def test_talk_is_copied_with_rows_choices_and_keywords(editor):
    theme, document = ThemeFactory(), DocumentFactory()
    talk = TalkFactory(title="About mud", slug="about-mud", summary="Mud is good.", published=True)
    talk.themes.add(theme)
    talk.documents.add(document)
    talk.tags.add("wetlands", "peat")
    row = TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Ada Berg"), affiliation_then="Then")
    film = MediaFactory(talk=talk, title="Film")
    QuoteFactory(talk=talk, exact="Mud.", speaker=row.speaker, media=film, media_start=5)
    response, _ = opened(editor, talk)

    made = copy(editor, talk)

    assert (made.title, made.summary, made.workshop, made.state) == (
        "About mud",
        "Mud is good.",
        talk.workshop,
        "draft",
    )
    assert (made.state, made.slug == talk.slug, made.created_by) == ("draft", False, editor.user)
    assert ([*made.themes.all()], [*made.documents.all()]) == ([theme], [document])
    assert sorted(made.tags.names()) == ["peat", "wetlands"]
    assert [*made.talk_speakers.values_list("speaker", "affiliation_then")] == [(row.speaker_id, "Then")]
    assert [*made.quotes.values_list("exact", "media", "media_start")] == [("Mud.", None, None)]
    assert [*made.media.all()] == []
    assert [*talk.talk_speakers.all()] == [row]
    assert lacks(response) == ["Not copied, because it belongs to that one alone: address and recordings."]
    assert Revision.objects.of(made).get().note == "Made as a copy."


def test_recommendation_is_copied_without_what_became_of_it(editor):
    record = RecommendationFactory(statement="Keep the mud.", symbol="A/1", published=True)
    record.themes.add(theme := ThemeFactory())
    PositionFactory(recommendation=record, speaker=SpeakerFactory(), attribution=ON_RECORD)
    addressee = AddresseeFactory(recommendation=record)
    ResponseFactory(addressee=addressee)
    FollowUpFactory(recommendation=record)
    TieFactory(recommendation=record)
    response, values = opened(editor, record)

    made = copy(editor, record)

    assert (made.statement, made.workshop, made.symbol) == ("Keep the mud.", record.workshop, "")
    assert (made.code == record.code, made.code.rpartition("-")[0]) == (False, record.code.rpartition("-")[0])
    assert [*made.themes.all()] == [theme]
    assert [*made.positions.values_list("speaker", flat=True)] == [*record.positions.values_list("speaker", flat=True)]
    assert [*made.addressees.values_list("organisation", flat=True)] == [addressee.organisation_id]
    assert (made.follow_ups.count(), Tie.objects.filter(recommendation=made).count()) == (0, 0)
    assert [*made.addressees.filter(responses__isnull=False)] == []


def test_edition_is_copied_with_its_themes_and_without_its_code_and_dates(editor):
    edition = WorkshopFactory(title="Mud in policy", code="MT1", ordinal=1, published=True, start="2019-01-02")
    WorkshopThemeFactory(workshop=edition, theme=(theme := ThemeFactory()), order=3, introduction="Why.")
    StatusChangeFactory(workshop=edition)

    made = copy(editor, edition, code="MT2")

    assert (made.title, made.code, made.ordinal, made.start, made.series) == (
        "Mud in policy", "MT2", None, None, edition.series,
    )  # fmt: skip
    assert [*made.workshop_themes.values_list("theme", "order", "introduction")] == [(theme.pk, 3, "Why.")]
    assert not StatusChange.objects.filter(workshop=made).exists()


def test_expert_is_copied_without_what_identifies_a_person(editor):
    speaker = SpeakerFactory(name="Ada Berg", orcid="0000-0002-1825-0097", wikidata="Q42")
    AffiliationFactory(speaker=speaker, role="Head")

    made = copy(editor, speaker)

    assert (made.name, made.orcid, made.wikidata, made.slug == speaker.slug) == ("Ada Berg", "", "", False)
    assert [*made.affiliations.values_list("role", flat=True)] == ["Head"]


def test_copy_is_of_the_draft_that_the_page_shows(editor):
    talk = TalkFactory(title="As it is", published=True)
    editor.fill(talk, "change", title="In work", _draft="Save draft")

    made = copy(editor, talk)

    talk.refresh_from_db()
    assert (made.title, talk.title, Draft.objects.of(talk).exists()) == ("In work", "As it is", True)


def test_sent_twice_it_makes_one(editor):
    talk = TalkFactory()
    _, values = opened(editor, talk)

    for _ in range(2):
        editor.client.post(address(talk), values | {"_save": "Save"})

    assert Talk.objects.count() == 2


def test_what_is_typed_into_a_copy_is_kept_and_is_still_one(editor):
    talk = TalkFactory(title="About mud")
    _, values = opened(editor, talk)
    editor.client.post(f"{admin_url(Talk, 'add')}autosave/", values | {"title": "About peat"})

    response = editor.get(f"{admin_url(Talk, 'add')}?unsaved={values['_page']}")
    again = form_of(response, "talk_form")
    editor.client.post(admin_url(Talk, "add"), again | {"_save": "Save"})

    made = Talk.objects.latest("pk")
    assert (again["title"], made.title, Revision.objects.of(made).get().note) == (
        "About peat", "About peat", "Made as a copy.",
    )  # fmt: skip


# --- who is named ----------------------------------------------------------------------------------


def test_copy_withholds_whoever_the_original_withholds_by_a_row_of_its_own(editor):
    talk = TalkFactory()
    for order, attribution in enumerate((ON_RECORD, BY_AFFILIATION, NOBODY)):
        TalkSpeakerFactory(talk=talk, attribution=attribution, affiliation_then="A ministry", order=order)

    made = copy(editor, talk)

    assert [*made.talk_speakers.order_by("order").values_list("attribution", flat=True)] == [
        ON_RECORD, BY_AFFILIATION, NOBODY,
    ]  # fmt: skip


def test_copy_of_words_withholds_whom_a_position_on_them_withholds(editor):
    talk = TalkFactory(published=True)
    quote = QuoteFactory(talk=talk, speaker=SpeakerFactory(published=True), attribution=ON_RECORD)
    PositionFactory(speaker=quote.speaker, quote=quote, attribution=NOBODY)

    copy(editor, talk)

    assert [row.shown_as for row in Quote.objects.with_attribution()] == [NOBODY, NOBODY]


def test_copy_of_a_recommendation_withholds_whom_the_talk_withholds(editor):
    talk = TalkFactory(published=True)
    hidden = TalkSpeakerFactory(talk=talk, attribution=BY_AFFILIATION, affiliation_then="A ministry")
    of_it = {"speaker": hidden.speaker, "talk": talk, "attribution": ON_RECORD}
    positions = [PositionFactory(affiliation=words, **of_it) for words in ("A ministry", "")]

    made = [copy(editor, position.recommendation).positions.get().attribution for position in positions]

    assert made == [BY_AFFILIATION, NOBODY]


def test_of_whom_a_draft_names_for_the_first_time_nothing_is_known_yet(editor):
    talk = TalkFactory(published=True)
    row = TalkSpeakerFactory(talk=talk, attribution=ON_RECORD)
    other = SpeakerFactory()
    editor.fill(talk, "change", **{"talk_speakers-0-speaker": other.pk, "_draft": "Save draft"})

    made = copy(editor, talk)

    assert [*made.talk_speakers.values_list("speaker", "attribution")] == [(other.pk, NOBODY)]
    assert row.speaker_id != other.pk


# --- who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", WRITTEN_BY_AUTHORS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("how", [{}, {"published": True}], ids=["draft", "public"])
def test_others_record_answers_author_as_if_it_were_not_there(author, model, how):
    record = WRITTEN_BY_AUTHORS[model](created_by=UserFactory(), **how)

    there, nowhere = author.get(address(record)), author.get(address(record, 99999))

    assert (there.status_code, there.content) == (404, nowhere.content)


@pytest.mark.parametrize("model", KEPT_BY_EDITORS, ids=lambda model: model.__name__)
def test_what_authors_do_not_add_they_do_not_copy(author, model):
    record = KEPT_BY_EDITORS[model](created_by=author.user)

    assert author.get(address(record)).status_code == author.get(model, "add").status_code == 404


def test_author_copies_own_records_also_public_ones(author):
    for record in (TalkFactory(created_by=author.user), TalkFactory(created_by=author.user, published=True)):
        made = copy(author, record, workshop="")

        assert (made.title, made.created_by, made.state) == (record.title, author.user, "draft")


def test_author_copies_no_choice_that_is_not_theirs(author):
    hidden = DocumentFactory(title="Hidden report")
    talk = TalkFactory(created_by=author.user)
    talk.documents.add(hidden)

    response, values = opened(author, talk)

    assert (values["documents"], "Hidden report" in response.content.decode()) == ([], False)
    assert "Documents: it named a record that is gone, or not yours to choose. That is left out." in lacks(response)


def test_colleague_who_is_asked_copies_no_row_whose_name_is_withheld(author):
    talk = TalkFactory(created_by=UserFactory(role="author"), published=True)
    named = TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(published=True), attribution=ON_RECORD)
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(name="Kim Hidden", published=True), attribution=NOBODY)
    ask(record=talk, by=talk.created_by, to_user=author.user)

    response, values = opened(author, talk)

    assert "Kim Hidden" not in response.content.decode()
    assert [value for name, value in values.items() if name.endswith("-speaker")] == [str(named.speaker_id)]


@pytest.mark.parametrize(("withdrawal", "status"), [("error", 200), ("request", 404), ("safety", 404)])
def test_what_was_taken_back_to_protect_somebody_does_not_come_out_as_a_copy(editor, withdrawal, status):
    talk = TalkFactory(withdrawn=True, withdrawal=withdrawal)

    assert editor.get(address(talk)).status_code == status
    assert (">Copy</a>" in editor.get(talk, "change").content.decode()) == (status == 200)


@pytest.mark.parametrize("asked", ["", "0", "abc", "9" * 30, "²", "%00"])
def test_odd_key_is_not_found(editor, asked):
    assert editor.get(f"{admin_url(Talk, 'add')}?copy={asked}").status_code == 404


def test_visitor_is_asked_to_log_in(client):
    assert client.get(address(TalkFactory())).status_code == 302


def test_series_is_copied_with_hosts(editor):
    series = SeriesFactory(name="Mud talks", code="MT")

    made = copy(editor, series, code="PT")

    assert (made.name, made.code) == ("Mud talks", "PT")
