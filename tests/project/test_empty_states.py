"""Where there is nothing to show, pages say so in words of their own and lead on to something that is there."""

import html5lib
import pytest
from django.contrib import admin as admin_site

from recommendations.models import Origin
from tests.desk import admin_url
from tests.factories import (
    DocumentFactory,
    OrganisationFactory,
    RecommendationFactory,
    SeriesFactory,
    SpeakerFactory,
    TalkFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.factories.world import linked_world
from tests.pages import indexes, korean
from workshop.common.publishing import State
from workshop.registry import entries

pytestmark = pytest.mark.django_db

SAID = {
    "/": ["No proposal has been published yet."],
    "/about/": [],
    "/privacy/": [],
    "/accessibility/": [],
    "/corrections/": ["Nothing had to be corrected yet."],
    "/search/": [],
    "/tags/": ["No record carries a keyword yet."],
    "/documents/": ["No document has been published yet."],
    "/organisations/": ["No organisation has been published yet."],
    "/recommendations/": ["No recommendation has been published yet"],
    "/series/": ["No series has been published yet."],
    "/speakers/": ["No expert has been published yet."],
    "/talks/": ["No talk has been published yet."],
    "/themes/": ["No theme of the programme has been published yet."],
    "/workshops/": ["No edition has been published yet."],
}


def main_of(response):
    return html5lib.parse(response.content, namespaceHTMLElements=False).find(".//main")


def titles(main):
    return ["".join(node.itertext()).strip() for node in main.iterfind(".//p[@class='empty-title']")]


def ways(main):
    return [link.get("href") for link in main.iterfind(".//ul[@class='empty-ways']//a")]


def test_empty_site_says_what_is_missing_and_leads_to_pages_that_are_there(client):
    mains = {address: main_of(client.get(address)) for address in indexes()}

    assert {address: titles(main) for address, main in mains.items()} == SAID
    assert {address for address, main in mains.items() if ways(main)} == {at for at, said in SAID.items() if said}
    leads_to = {way for main in mains.values() for way in ways(main)}
    assert {way: client.get(way).status_code for way in leads_to} == dict.fromkeys(leads_to, 200)


def test_empty_site_answers_in_korean_too(client):
    answers = {address: client.get(address) for address in korean(indexes())}

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(answers, 200)
    leads_to = {way for answer in answers.values() for way in ways(main_of(answer))}
    assert {way for way in leads_to if not way.startswith("/ko/")} == set()


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.WITHDRAWN])
def test_site_on_which_nothing_is_public_looks_exactly_like_an_empty_one(client, state):
    empty = {address: client.get(address).content for address in [*indexes(), *korean(indexes())]}
    linked_world()
    fate = {"state": state}
    if state == State.SCHEDULED:
        fate["publish_at"] = "2999-01-01T00:00Z"
    if state == State.WITHDRAWN:
        fate |= {"withdrawal": "error", "withdrawn_at": "2021-01-01T00:00Z"}
    for entry in entries():
        entry.model.objects.update(**fate)

    assert {address: client.get(address).content for address in empty} == empty


def test_desk_works_before_anything_is_entered(editor):
    lists = [
        model for model, model_admin in admin_site.site._registry.items() if getattr(model_admin, "listed", False)
    ]

    front = editor.get("/admin/")
    answers = {model.__name__: editor.get(admin_url(model)).status_code for model in lists}

    assert "Nobody asks you to look at anything." in front.content.decode()
    assert answers == {model.__name__: 200 for model in lists}
    assert len(answers) > 8


LONELY = {
    "expert": (SpeakerFactory, {}, ["No proposal is recorded under this name."], ["/speakers/", "/recommendations/"]),
    "theme": (
        ThemeFactory,
        {},
        ["No expert has a recommendation on this theme here."],
        ["/themes/", "/recommendations/"],
    ),
    "edition": (WorkshopFactory, {}, ["No talk of this edition is recorded here."], ["/talks/"]),
    "edition of a series": (
        WorkshopFactory,
        {"series": (SeriesFactory, "mud-talks")},
        ["No talk of this edition is recorded here."],
        ["/series/mud-talks/", "/talks/"],
    ),
}


@pytest.mark.parametrize(("factory", "more", "said", "leads_to"), LONELY.values(), ids=LONELY)
def test_record_with_nothing_around_it_says_so_and_leads_on(client, factory, more, said, leads_to):
    more = {name: make(published=True, slug=slug) for name, (make, slug) in more.items()}

    main = main_of(client.get(factory(published=True, **more).get_absolute_url()))

    assert (titles(main), ways(main)) == (said, leads_to)


@pytest.mark.parametrize(
    ("factory", "more"),
    [
        (SeriesFactory, {}),
        (OrganisationFactory, {}),
        (DocumentFactory, {}),
        (TalkFactory, {"workshop": None}),
        (
            RecommendationFactory,
            {"origin": Origin.UN_MECHANISM, "workshop": None, "source_quote": None, "session": "1st", "code": "x-1"},
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_bare_record_has_a_page_with_its_name_and_a_way_back(client, factory, more):
    record = factory(published=True, **more)

    response = client.get(record.get_absolute_url())
    main = main_of(response)

    assert response.status_code == 200
    entry = next(entry for entry in entries() if entry.model is type(record))
    assert "".join(main.find(".//h1").itertext()).strip() == str(record.text(entry.title))
    assert [link.get("href") for link in main.iterfind(".//nav[@class='wayback']//a")] == [
        record.get_absolute_url().removesuffix(f"{getattr(record, entry.key)}/")
    ]
