"""What search fields offer, and what a form takes: authors reach what is public or theirs."""

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse

from recommendations.models import Recommendation
from tests.desk import admin_url
from tests.factories import (
    ImageFactory,
    OrganisationFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
    UserFactory,
    WorkshopFactory,
)
from workshop.common.attribution import Attribution
from workshop.common.keywords import Tag
from workshop.editing.records import RecordAdmin
from workshop.models import Talk

pytestmark = pytest.mark.django_db


def found(desk, label, field, term=""):
    app, model = label.split(".")
    query = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    response = desk.client.get(reverse("admin:autocomplete"), query)
    return [result["text"] for result in response.json()["results"]] if response.status_code == 200 else None


def shown_on(page):
    """The fields of a page or of its rows, those on one line taken apart."""
    rows = [
        row for _, options in page.fieldsets or [(None, {"fields": page.fields or ()})] for row in options["fields"]
    ]
    return {name for row in rows for name in ([row] if isinstance(row, str) else row)}


def links_of(model):
    """Foreign keys and many-to-many fields; keywords are typed."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields if field.is_relation and field.editable and field.related_model is not Tag}


def test_every_link_between_records_is_chosen_by_search():
    admins = [page for page in django_admin.site._registry.values() if isinstance(page, RecordAdmin)]
    pages = [*admins, *(rows(page.model, django_admin.site) for page in admins for rows in page.inlines)]

    plain = [
        f"{type(page).__name__}.{name}"
        for page in pages
        for name in links_of(page.opts.model) & shown_on(page) - {*page.autocomplete_fields, *page.readonly_fields}
    ]

    # An answer is chosen from the few addressees of its own recommendation.
    assert plain == ["ResponseRows.addressee"]


@pytest.mark.parametrize(
    ("factory", "label", "field"),
    [
        (SpeakerFactory, "workshop.talkspeaker", "speaker"),
        (OrganisationFactory, "recommendations.addressee", "organisation"),
        (ThemeFactory, "workshop.talk", "themes"),
        (WorkshopFactory, "workshop.talk", "workshop"),
        (TalkFactory, "recommendations.position", "talk"),
        (RecommendationFactory, "recommendations.recommendation", "parent"),
        (ImageFactory, "speakers.speaker", "portrait"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_author_finds_what_is_public_and_what_is_theirs(author, editor, factory, label, field):
    public, mine, other = factory(published=True), factory(created_by=author.user), factory(created_by=UserFactory())

    offered = (set(found(author, label, field)), set(found(editor, label, field)))

    assert offered == ({str(public), str(mine)}, {str(public), str(mine), str(other)})


def test_nobody_finds_users(author, editor):
    assert (found(author, "workshop.talk", "created_by"), found(editor, "workshop.talk", "created_by")) == (None, None)


def test_search_by_a_withheld_name_finds_nothing_for_an_author(author, editor):
    hidden = SpeakerFactory(name="Withheld Person")
    talk = TalkFactory(published=True, title="Public talk")
    TalkSpeakerFactory(talk=talk, speaker=hidden, attribution=Attribution.NOT_ATTRIBUTED)
    QuoteFactory(talk=talk, speaker=hidden, exact="Public words", attribution=Attribution.NOT_ATTRIBUTED)
    PositionFactory(
        recommendation=RecommendationFactory(published=True, statement="Public ask"),
        speaker=hidden,
        attribution=Attribution.NOT_ATTRIBUTED,
    )
    fields = [
        ("recommendations.position", "talk"),
        ("recommendations.position", "quote"),
        ("recommendations.recommendation", "parent"),
    ]

    offered = {desk.user.role: [found(desk, *field, "Withheld") for field in fields] for desk in (author, editor)}

    assert offered["author"] == [[], [], []]
    assert [len(results) for results in offered["editor"]] == [1, 1, 1]


def test_words_are_offered_without_the_name_of_who_said_them(author):
    quote = QuoteFactory(
        talk=TalkFactory(published=True), speaker=SpeakerFactory(published=True), exact="Public words"
    )

    assert found(author, "recommendations.position", "quote", "Public") == [str(quote)] == ["Public words"]


def test_key_of_a_hidden_record_is_refused_without_telling_its_name(author):
    hidden = WorkshopFactory(title="Hidden edition")

    response = author.fill(Talk, "add", title="Mine", workshop=hidden.pk)

    assert response.context["adminform"].form.errors["workshop"] == [
        "Select a valid choice. That choice is not one of the available choices."
    ]
    assert "Hidden edition" not in response.content.decode()


def test_what_an_editor_chose_for_an_author_stays(author):
    hidden = WorkshopFactory(title="Hidden edition")
    talk = TalkFactory(created_by=author.user, workshop=hidden)
    theme = ThemeFactory()
    talk.themes.add(theme)

    author.fill(talk, "change", title="Better title")

    talk.refresh_from_db()
    assert (talk.title, talk.workshop, list(talk.themes.all())) == ("Better title", hidden, [theme])


def test_filters_name_no_hidden_record_to_an_author(author, editor):
    TalkFactory(created_by=author.user, workshop=WorkshopFactory(title="Hidden edition"))
    TalkFactory(created_by=author.user, workshop=WorkshopFactory(title="Public edition", published=True))
    ThemeFactory(name="Hidden theme")

    pages = [desk.get(Talk).content.decode() for desk in (author, editor)]

    names = ("Public edition", "Hidden edition", "Hidden theme")
    assert [[name in page for name in names] for page in pages] == [[True, False, False], [True, True, True]]


def test_author_is_not_told_what_stands_in_the_way_of_deleting(author):
    speaker = SpeakerFactory(created_by=author.user)
    TalkSpeakerFactory(speaker=speaker, talk__title="Hidden talk")

    page = author.get(speaker, "delete").content.decode()

    assert ("Other records name it. Ask an editor." in page, "Hidden talk" in page) == (True, False)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "state__exact=%00",
        "q=CO%E2%82%82",
        "lacks=%00",
        "p=-1",
        "p=x",
        "o=9.9.9",
        "nonsense=1",
        "made_on__year=x",
        "made_on__year=99999",
        "made_on__year=2020&made_on__month=13",
        "workshop__id__exact=x",
        "themes__id__exact=%00",
        "created_by__password__startswith=a",
        "_facets=True",
        "all=",
        "_to_field=x",
        "e=1",
        "state__exact=a&state__exact=b",
    ],
)
def test_odd_query_string_is_never_a_fault(editor, query):
    RecommendationFactory()

    assert editor.client.get(f"{admin_url(Recommendation)}?{query}", follow=True).status_code in {200, 400}


@pytest.mark.parametrize("key", ["%00", "_00", "x", "99999999999999999999999", "1/../2", "%F0%9F%98%80"])
def test_odd_key_is_not_there(editor, key):
    assert editor.client.get(f"{admin_url(Recommendation)}{key}/change/").status_code == 404
