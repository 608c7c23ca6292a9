"""The page of all values of a facet, and the way to it from the list."""

import html5lib
import pytest

from recommendations.facets import NAMES
from recommendations.models import Stance
from tests.factories import (
    AddresseeFactory,
    OrganisationFactory,
    PositionFactory,
    ResponseFactory,
    SpeakerFactory,
    StatusChangeFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.recommendations.facets import counts, proposal
from workshop.common.attribution import Attribution
from workshop.search import freshness, tallies

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"
VALUES = "/recommendations/values/"


def tree(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def listed(client, address):
    """Names, numbers and addresses, in the order of the page."""
    return [
        (
            " ".join("".join(row.find(".//a").itertext()).split()),
            int(row.find(".//span[@class='tally']").text),
            row.find(".//a").get("href"),
        )
        for row in tree(client.get(address)).iterfind(".//ul[@data-facet-values='']/li")
    ]


def names(client, address):
    return [name for name, _, _ in listed(client, address)]


@pytest.fixture
def themes():
    """Three themes: two proposals on mud, one of them on silt, too."""
    mud, silt, sand = (ThemeFactory(published=True, slug=name.lower(), name=name) for name in ("Mud", "Silt", "Sand"))
    proposal("x-1", modality="must").themes.add(mud)
    proposal("x-2").themes.add(mud, silt)
    return mud, silt, sand


def test_values_come_with_numbers_and_lead_back_to_the_list(client, themes):
    assert listed(client, f"{VALUES}theme/") == [
        ("Mud", 2, "/recommendations/?theme=mud"),
        ("Silt", 1, "/recommendations/?theme=silt"),
    ]


def test_the_facet_s_own_choice_is_left_out_and_what_is_chosen_can_be_taken_back(client, themes):
    assert listed(client, f"{VALUES}theme/?theme=silt&theme=sand&sort=code&per_page=50") == [
        ("Mud", 2, "/recommendations/?theme=mud&theme=sand&theme=silt&sort=code&per_page=50"),
        ("Silt chosen", 1, "/recommendations/?theme=sand&sort=code&per_page=50"),
        ("Sand chosen", 0, "/recommendations/?theme=silt&sort=code&per_page=50"),
    ]


def test_other_choices_and_words_count(client, themes):
    proposal("x-3", statement="Drain the swamp").themes.add(themes[1])
    assert listed(client, f"{VALUES}theme/?modality=must") == [
        ("Mud", 1, "/recommendations/?theme=mud&modality=must"),
    ]
    assert listed(client, f"{VALUES}theme/?q=swamp") == [("Silt", 1, "/recommendations/?theme=silt&q=swamp")]
    assert listed(client, f"{VALUES}theme/?q=-") == []


def everything():
    """Something in every facet, with partners, unnamed people and values that are missing."""
    alice, bob = SpeakerFactory(published=True, slug="alice"), SpeakerFactory(published=True, slug="bob")
    state = OrganisationFactory(published=True, slug="state")
    for number, (speaker, stance) in enumerate([(alice, Stance.PROPOSES), (bob, Stance.OPPOSES), (None, None)]):
        record = proposal(f"x-{number}", action=number + 1, modality=["must", "should", "must"][number])
        record.tags.add("law", f"tag {number}")
        record.themes.add(ThemeFactory(published=True, slug=f"theme-{number}"))
        addressed = AddresseeFactory(recommendation=record, organisation=state)
        if speaker:
            PositionFactory(recommendation=record, speaker=speaker, stance=stance)
            ResponseFactory(addressee=addressed)
        else:
            PositionFactory(recommendation=record, attribution=Attribution.NOT_ATTRIBUTED, stance=Stance.OPPOSES)
    proposal("x-9", made_on="2019-01-01")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "modality=must",
        "modality=must&action=1",
        "theme=theme-1&theme=theme-2",
        "stance=opposes",
        "stance=opposes&stance=proposes",
        "speaker=alice",
        "addressee=state",
        "response=-none",
        "q=thing",
        "as_of=2024-06-30",
        "as_of=2024-06-30&status=not-assessed",
        "stance=opposes&modality=must",
    ],
)
def test_numbers_are_those_of_the_list(client, query):
    everything()
    for facet in NAMES:
        rows = client.get(f"{VALUES}{facet}/?{query}").context["shown"].values
        own = dict.fromkeys([value for name, value in pairs(query) if name == facet], 0)
        assert {row.value: row.count for row in rows} == own | counts_in_list(client, facet, query), facet


def pairs(query):
    return [tuple(pair.split("=")) for pair in query.split("&") if pair]


def counts_in_list(client, facet, query):
    if "q=" not in query and "as_of" not in query:
        return counts(facet, query)
    shown = client.get(f"{LIST}?{query}").context["shown"]
    found = [each for each in [*shown.facets, *shown.more_facets] if each.name == facet]
    return {value.value: value.count for each in found for value in [*each.values, *each.more] if value.count}


def test_letters_narrow_the_names_without_case_and_accents(client):
    record = proposal("x-1")
    for name in ("Côte d'Azur", "Coterie", "Silt"):
        PositionFactory(recommendation=record, speaker=SpeakerFactory(published=True, name=name))
    assert sorted(names(client, f"{VALUES}speaker/?contains=COTE")) == ["Coterie", "Côte d'Azur"]
    assert names(client, f"{VALUES}speaker/?contains=zebra") == []
    assert "Nothing has these letters" in client.get(f"{VALUES}speaker/?contains=zebra").content.decode()


def test_form_for_letters_carries_the_selection(client, themes):
    (form,) = [
        form
        for form in tree(client.get(f"{VALUES}theme/?modality=must&theme=mud&q=thing&contains=m&page=1")).iter("form")
        if form.get("action") == f"{VALUES}theme/"
    ]
    fields = [(field.get("name"), field.get("value")) for field in form.iter("input")]
    assert fields == [("theme", "mud"), ("modality", "must"), ("q", "thing"), ("contains", "m")]


def test_values_come_in_pages_and_past_the_end_is_404(client, monkeypatch):
    monkeypatch.setattr("recommendations.views.VALUES_PER_PAGE", 2)
    record = proposal("x-1")
    record.tags.add("a", "b", "c")
    first, last = (client.get(f"{VALUES}tag/?modality=should&contains=&page={page}") for page in (1, 2))
    assert (first.context["pages"].next_url, last.context["pages"].previous_url) == (
        f"{VALUES}tag/?modality=should&page=2",
        f"{VALUES}tag/?modality=should",
    )
    assert [client.get(f"{VALUES}tag/?page={page}").status_code for page in ("3", "0", "x")] == [404] * 3


def test_edition_is_named_with_its_status(client):
    edition = WorkshopFactory(published=True, title="Mud in Policy")
    StatusChangeFactory(workshop=edition)
    proposal("x-1", workshop=edition)
    assert names(client, f"{VALUES}workshop/") == ["Mud in Policy (Cancelled 2020-03)"]


def test_nothing_hidden_is_a_value(client):
    record = proposal("x-1")
    PositionFactory(recommendation=record, speaker=SpeakerFactory(name="Quagmire"))
    PositionFactory(
        recommendation=record,
        speaker=SpeakerFactory(published=True, name="Quagmire too"),
        attribution=Attribution.NOT_ATTRIBUTED,
    )
    record.themes.add(ThemeFactory(name="Quagmire"))
    proposal("x-2", state="draft").tags.add("quagmire")
    for facet in NAMES:
        for query in ("", "?contains=quag", f"?{facet}=-none"):
            text = client.get(f"{VALUES}{facet}/{query}").content.decode().casefold()
            assert "quagmire" not in text


def test_facet_that_does_not_exist_is_404(client):
    assert [client.get(f"{VALUES}{name}/").status_code for name in ("zebra", "q", "-none")] == [404] * 3


def test_page_is_kept_out_of_indexes(client):
    assert '<meta name="robots" content="noindex">' in client.get(f"{VALUES}theme/").content.decode()


# --- In the list -------------------------------------------------------------------------------------


def facet_of(client, query=""):
    (theme,) = [facet for facet in client.get(f"{LIST}{query}").context["shown"].facets if facet.name == "theme"]
    return theme


def test_list_says_how_many_more_there_are_and_leads_to_them(client, monkeypatch):
    monkeypatch.setattr(tallies, "LISTED", 8)
    record = proposal("x-1")
    for number in range(12):
        record.themes.add(ThemeFactory(published=True, name=f"Theme {number:02d}", slug=f"theme-{number:02d}"))
    freshness.flush()

    facet, html = facet_of(client), client.get(LIST).content.decode()

    assert (len(facet.values), len(facet.more), facet.beyond, facet.hidden, facet.size) == (6, 2, 4, 6, 12)
    assert '<summary>6 more<span class="visually-hidden">: Theme</span></summary>' in html
    assert f'<a href="{VALUES}theme/" rel="nofollow">Theme: all 12</a>' in html
    assert facet_of(client, "?modality=should&page=1").all_url == f"{VALUES}theme/?modality=should"
    assert len(listed(client, f"{VALUES}theme/")) == 12


def test_short_facet_leads_nowhere(client, themes):
    assert facet_of(client).all_url == ""
    assert VALUES not in client.get(LIST).content.decode()
