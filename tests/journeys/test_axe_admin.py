"""The pages that editors use most have no fault that axe knows of, in both themes; nor does a page with errors."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from recommendations.models import FollowUp, Recommendation
from speakers.models import Speaker
from tests.desk import admin_url, sign_in
from tests.factories import (
    AddresseeFactory,
    AffiliationFactory,
    DocumentFactory,
    FollowUpFactory,
    ImageFactory,
    MediaFactory,
    PositionFactory,
    QuoteFactory,
    RecommendationFactory,
    ResponseFactory,
    StatusChangeFactory,
    TalkSpeakerFactory,
    WorkshopThemeFactory,
)
from workshop.images.models import Image
from workshop.linking.models import Link
from workshop.models import Document, Talk, Theme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def pages():
    """A record of each kind with rows of each kind, and the addresses of its pages."""
    record = RecommendationFactory(published=True)
    talk = record.source_quote.talk
    PositionFactory(recommendation=record)
    ResponseFactory(addressee=AddresseeFactory(recommendation=record))
    FollowUpFactory(recommendation=record)
    FollowUpFactory(recommendation=record, published=True)
    TalkSpeakerFactory(talk=talk)
    MediaFactory(talk=talk)
    QuoteFactory(talk=talk)
    edition = WorkshopThemeFactory(workshop=record.workshop).workshop
    StatusChangeFactory(workshop=edition)
    affiliation = AffiliationFactory(speaker__portrait=ImageFactory())
    draft = RecommendationFactory()
    Link.objects.create(url="https://example.org/")
    return {
        "front page": "/admin/",
        **{f"list of {model.__name__}": admin_url(model) for model in (Recommendation, Talk, Speaker, Image)},
        **{f"new {model.__name__}": admin_url(model, "add") for model in (Recommendation, Talk, Speaker, Document)},
        "recommendation": admin_url(record, "change"),
        "talk": admin_url(talk, "change"),
        "expert": admin_url(affiliation.speaker, "change"),
        "organisation": admin_url(affiliation.organisation, "change"),
        "edition": admin_url(edition, "change"),
        "theme": admin_url(Theme.objects.first(), "change"),
        "document": admin_url(DocumentFactory(), "change"),
        "picture": admin_url(affiliation.speaker.portrait, "change"),
        "correction": f"{admin_url(FollowUp, 'add')}?replaces={FollowUp.objects.last().pk}",
        "withdrawal": admin_url(record, "withdraw"),
        "schedule": admin_url(draft, "schedule"),
        "submission": admin_url(draft, "submit"),
        "links": f"{admin_url(Link)}?standing=all",
        "deletion": admin_url(draft, "delete"),
        "history": admin_url(draft, "history"),
    }


def faults(page, rules=RULES):
    """What axe finds; it paints on the page to do so, which the policy refuses and says."""
    before = list(page.faults)
    found = Axe().run(page, options={"preload": False, "runOnly": rules}).response["violations"]
    page.faults[:] = before
    return [(fault["id"], node["html"][:160]) for fault in found for node in fault["nodes"]]


def ready(page):
    """Until the scripts have named the pickers."""
    page.wait_for_load_state("load")
    page.evaluate("new Promise(done => setTimeout(() => done(true), 50))")


@pytest.mark.parametrize(("scheme", "rules"), [("light", RULES), ("dark", ["color-contrast"])], ids=["light", "dark"])
def test_axe_finds_nothing_on_the_desk(new_page, pages, scheme, rules):
    page = new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    sign_in(page)

    found = {}
    for name, address in pages.items():
        assert page.goto(address).status == 200, name
        ready(page)
        found[name] = faults(page, rules)

    assert found == dict.fromkeys(pages, [])


def test_axe_finds_nothing_on_the_log_in_page_and_its_refusal(page):
    page.goto("/admin/login/")
    before = faults(page)
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "nothing")
    page.click("input[type=submit]")

    assert (before, faults(page)) == ([], [])


def test_axe_finds_nothing_on_pages_of_narrow_windows(new_page, pages):
    page = new_page(viewport={"width": 768, "height": 900})
    sign_in(page)

    found = {}
    for name in ("front page", "list of Recommendation", "recommendation", "talk", "expert"):
        page.goto(pages[name])
        ready(page)
        found[name] = (faults(page), page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    assert found == dict.fromkeys(found, ([], True))


def test_axe_finds_nothing_on_a_page_with_errors_and_new_rows(page, pages):
    sign_in(page)
    page.goto(pages["new Talk"])
    page.click("#talk_speakers-group .add-row a")
    page.click("#quotes-group .add-row a")
    page.fill("#id_summary", "A long summary")
    ready(page)
    opened = faults(page)
    page.click("input[name=_save]")
    ready(page)

    assert (opened, faults(page)) == ([], [])
    assert page.input_value("#id_summary") == "A long summary"
    assert Talk.objects.filter(summary="A long summary").count() == 0


def test_page_with_unsaved_words_asks_before_it_is_left(page, pages):
    sign_in(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(pages["new Talk"])
    page.type("#id_title", "Unsaved")

    page.click("#site-name a", no_wait_after=True)
    page.wait_for_timeout(300)

    assert (asked, page.input_value("#id_title")) == (["beforeunload"], "Unsaved")
    page.click("input[name=_save]")
    assert Talk.objects.filter(title="Unsaved").count() == 1
