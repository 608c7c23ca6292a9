"""An editor imports a table: from the front page to the public record, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from recommendations.models import Recommendation
from tests.factories import UserFactory
from tests.journeys.steps import sign_in
from tests.journeys.test_axe_admin import faults
from tests.journeys.test_desk_on_a_phone import BEYOND
from tests.recommendations.imports.tables import SIXTY, csv_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = {"name": "upr.csv", "mimeType": "text/csv", "buffer": csv_of(SIXTY)}


def test_editor_imports_a_table_of_the_un(page):
    sign_in(page, UserFactory(role="editor"))
    page.get_by_role("link", name="Import a table of recommendations").click()
    assert faults(page) == []

    page.get_by_label("Table").set_input_files(TABLE)
    page.get_by_role("button", name="Read the table").click()
    expect(page.get_by_label("UPR Info’s: States")).to_be_checked()
    expect(page.get_by_label("Statement:", exact=True)).to_be_hidden()
    assert faults(page) == []

    page.get_by_label("another one").check()
    expect(page.get_by_label("Statement:", exact=True)).to_have_value("Text")
    assert faults(page) == []

    page.get_by_label("UPR Info’s: States").check()
    page.get_by_label("Publish at once").check()
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_text("Readers see 59 new ones at once")).to_be_visible()
    assert faults(page) == []

    page.get_by_role("button", name="Import 59 rows").click()
    expect(page.get_by_text("“upr.csv” is imported: 59 new")).to_be_visible()
    record = Recommendation.objects.get(statement="Drain the marshes with care", positions__organisation__name="Chad",
                                        addressed_to__name="Ghana")  # fmt: skip
    page.goto(record.get_absolute_url())
    expect(page.get_by_role("heading", name="The same ask")).to_be_visible()


def test_no_step_reaches_beyond_the_edge_of_a_phone(new_page):
    page = new_page(viewport={"width": 360, "height": 740})
    sign_in(page, UserFactory(role="editor"))
    page.goto("/admin/recommendations/recommendation/import/")
    found = [page.evaluate(BEYOND)]
    page.get_by_label("Table").set_input_files(TABLE)
    page.get_by_role("button", name="Read the table").click()
    page.get_by_label("another one").check()
    found.append(page.evaluate(BEYOND))
    page.get_by_label("UPR Info’s: States").check()
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("button", name="Import 59 rows")).to_be_visible()

    assert found == [[], []]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
