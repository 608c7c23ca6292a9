"""Pages of themes: what experts propose and, apart, what the UN asked already."""

import pytest

from recommendations.models import Origin
from tests.factories import (
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    TalkSpeakerFactory,
    ThemeFactory,
)
from workshop.common.attribution import Attribution
from workshop.models import MatchKind, Scheme, ThemeMatch

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return ThemeFactory(published=True, slug="mud", name="Mud")


def asked_by_un(code, *themes, **given):
    record = RecommendationFactory(
        published=True, workshop=None, code=code, origin=Origin.UN_MECHANISM, source_quote=None, session="1", **given
    )
    record.themes.add(*themes)
    return record


def test_programme_comes_first_and_imported_lists_are_folded(client, theme):
    ThemeFactory(published=True, name="Wet ground", scheme=Scheme.UPR)
    RecommendationFactory(published=True).themes.add(theme)
    RecommendationFactory().themes.add(theme)

    response = client.get("/themes/")

    assert rows(response.context["programme"]) == [("Mud", 1)]
    assert [(scheme.slug, rows(scheme)) for scheme in response.context["imported"]] == [("upr", [("Wet ground", 0)])]
    html = response.content.decode()
    assert html.index("Mud") < html.index('<details class="fold">') < html.index("Wet ground")


def test_what_the_un_asked_stands_apart(client, theme):
    issue = ThemeFactory(published=True, name="Wet ground", slug="wet-ground", scheme=Scheme.UPR)
    ThemeMatch.objects.create(theme=theme, match=issue, kind=MatchKind.BROADER)
    ours = RecommendationFactory(published=True)
    ours.themes.add(theme)
    once = asked_by_un("un-1", issue, theme)
    asked_by_un("un-2", ThemeFactory(published=True, scheme=Scheme.UPR))

    context = client.get("/themes/mud/").context

    assert [row.pk for row in context["proposals"]] == [ours.pk]
    assert ([row.pk for row in context["asked"]["rows"]], context["asked"]["count"]) == ([once.pk], 1)
    assert context["asked"]["url"] == (
        "/recommendations/?theme=mud&theme=wet-ground&origin=un-mechanism&origin=pledge"
    )
    assert [(str(match.theme.label), match.kind) for match in context["matches"]] == [("Wet ground", "Wider subject")]


def test_match_that_is_hidden_brings_nothing(client, theme):
    issue = ThemeFactory(name="Secret list", scheme=Scheme.UPR)
    ThemeMatch.objects.create(theme=theme, match=issue)
    asked_by_un("un-1", issue)

    context = client.get("/themes/mud/").context

    assert (context["matches"], context["asked"]["rows"], context["asked"]["count"]) == ([], [], 0)


def test_only_the_newest_of_what_the_un_asked_are_shown(client, theme):
    for number in range(11):
        asked_by_un(f"un-{number}", theme, made_on=f"20{number + 10}-01-01")

    response = client.get("/themes/mud/")

    asked = response.context["asked"]
    assert (asked["count"], [row.code for row in asked["rows"]]) == (
        11,
        [f"UN-{number}" for number in range(10, 0, -1)],
    )
    assert b"All 11 of them" in response.content


def test_only_the_newest_proposals_and_talks_are_shown_under_their_number(client, theme):
    for number in range(12):
        proposal = RecommendationFactory(published=True, code=f"mud-r{number:02}", made_on=f"20{number + 10}-01-01")
        proposal.themes.add(theme)
        TalkFactory(published=True, title=f"Talk {number}", date=f"20{number + 10}-01-01").themes.add(theme)

    response = client.get("/themes/mud/")

    shown = response.context
    assert (shown["proposal_count"], [row.code for row in shown["proposals"]]) == (
        12,
        [f"MUD-R{number:02}" for number in range(11, 1, -1)],
    )
    assert (shown["talk_count"], [str(row.title.label) for row in shown["talks"]]) == (
        12,
        [f"Talk {number}" for number in range(11, 6, -1)],
    )
    assert "The newest 10 are listed here." in response.text
    assert "The newest 5 are listed here." in response.text
    assert "/recommendations/?theme=mud" in response.text


def test_nothing_is_said_of_the_rest_where_all_is_shown(client, theme):
    RecommendationFactory(published=True).themes.add(theme)

    assert "listed here." not in client.get("/themes/mud/").text


def test_people_spoke_or_took_a_position_and_may_be_named(client, theme):
    talk = TalkFactory(published=True)
    talk.themes.add(theme)
    TalkSpeakerFactory(talk=talk, speaker=SpeakerFactory(published=True, name="Alice A", sort_name="A"))
    proposal = RecommendationFactory(published=True)
    proposal.themes.add(theme)
    PositionFactory(recommendation=proposal, speaker=SpeakerFactory(published=True, name="Bob B", sort_name="B"))
    withheld = SpeakerFactory(published=True, name="Charlie C")
    TalkSpeakerFactory(talk=talk, speaker=withheld, attribution=Attribution.NOT_ATTRIBUTED)
    PositionFactory(
        recommendation=RecommendationFactory(published=True, source_quote=QuoteFactory(talk=talk)),
        speaker=withheld,
        attribution=Attribution.NOT_ATTRIBUTED,
    )

    people = client.get("/themes/mud/").context["people"]

    assert [str(row.person.label) for row in people] == ["Alice A", "Bob B"]


def test_theme_without_recommendations_leads_on(client, theme):
    TalkFactory(published=True).themes.add(theme)

    html = client.get("/themes/mud/").content.decode()

    assert "No expert has a recommendation on this theme here." in html
    assert '<a href="#talks">Talks on this theme</a>' in html
    assert 'id="talks"' in html


def rows(scheme) -> list[tuple[str, int]]:
    return [(str(row.link.label), row.count) for row in scheme.rows]
