"""Home, and the pages about the site."""

import datetime as dt
import re

import brotli
import pytest

from recommendations.models import Origin
from tests.factories import (
    ImageFactory,
    PositionFactory,
    RecommendationFactory,
    SpeakerFactory,
    TalkFactory,
    ThemeFactory,
    WorkshopFactory,
)
from workshop.models import Scheme

pytestmark = pytest.mark.django_db


def test_home_leads_with_the_latest_edition(client):
    WorkshopFactory(published=True, title="Old", start=dt.date(2019, 1, 1))
    WorkshopFactory(published=True, title="New", start=dt.date(2020, 1, 1), question="What now?")
    WorkshopFactory(published=True, title="Undated", start=None)
    WorkshopFactory(title="Draft", start=dt.date(2021, 1, 1))

    edition = client.get("/").context["edition"]

    assert (str(edition.title.label), str(edition.question)) == ("New", "What now?")


def test_home_shows_experts_newest_proposals_only(client):
    for day in range(1, 7):
        RecommendationFactory(published=True, statement=f"Do {day}", made_on=dt.date(2020, 1, day))
    RecommendationFactory(statement="Draft", made_on=dt.date(2021, 1, 1))
    RecommendationFactory(
        published=True, workshop=None, code="un-1", origin=Origin.UN_MECHANISM, source_quote=None, session="1",
        made_on=dt.date(2022, 1, 1),
    )  # fmt: skip

    context = client.get("/").context

    assert [str(row.statement) for row in context["proposals"]] == ["Do 6", "Do 5", "Do 4", "Do 3", "Do 2"]
    assert context["proposal_count"] == 6


def test_home_lists_the_programme_s_themes_with_experts_proposals(client):
    theme = ThemeFactory(published=True, name="Mud")
    ThemeFactory(published=True, name="Wet ground", scheme=Scheme.UPR)
    ThemeFactory(name="Draft")
    RecommendationFactory(published=True).themes.add(theme)
    RecommendationFactory().themes.add(theme)

    themes = client.get("/").context["themes"]

    assert [(str(row.link.label), row.count) for row in themes] == [("Mud", 1)]


def test_home_is_light(client):
    theme = ThemeFactory(published=True, name="A theme with a rather long name")
    WorkshopFactory(published=True, question="A question that takes a whole line?", hero=ImageFactory(published=True))
    for number in range(20):
        person = SpeakerFactory(published=True, descriptor="Knows a thing or two about it")
        talk = TalkFactory(published=True)
        proposal = RecommendationFactory(published=True, statement=f"Do the following thing number {number} at once.")
        proposal.themes.add(theme)
        PositionFactory(recommendation=proposal, speaker=person, talk=talk)

    html = client.get("/").content

    linked = re.findall(rb'(?:href|src)="/static/((?:css|js)/[^"]+)"', html)
    total = len(brotli.compress(html, quality=5))
    for name in set(linked):
        with open(f"static/{name.decode()}", "rb") as file:
            total += len(brotli.compress(file.read(), quality=5))
    assert total < 60 * 1024


@pytest.mark.parametrize("address", ["/about/", "/privacy/", "/accessibility/"])
def test_english_prose_says_so_on_korean_pages(client, address):
    assert b'<div class="zone-full ledger">' in client.get(address).content
    assert b'<div class="zone-full ledger" lang="en">' in client.get(f"/ko{address}").content


def test_prose_names_the_site_s_own_address_and_no_person(client, settings):
    settings.SITE_URL = "https://mud.example.org"

    for address in ("/about/", "/privacy/", "/accessibility/"):
        html = client.get(address).content.decode()
        assert "the operator of https://mud.example.org" in html
        assert "mailto:" not in html


def test_page_is_kept_until_it_changes(client):
    first = client.get("/")

    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 304

    ThemeFactory(published=True)

    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_desk_is_not_kept(client):
    response = client.get("/admin/login/")

    assert "public" not in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]
