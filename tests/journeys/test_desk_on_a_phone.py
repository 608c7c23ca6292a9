"""The desk in a narrow window: no field reaches beyond the edge, where what is typed would not be seen."""

import pytest

from recommendations.models import Recommendation
from speakers.models import Organisation, Speaker
from tests.desk import admin_url
from tests.factories import UserFactory
from tests.journeys.steps import sign_in
from workshop.models import Document, Series, Talk, Theme, Workshop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KINDS = (Recommendation, Talk, Theme, Workshop, Series, Speaker, Organisation, Document)
BEYOND = """() => [...document.querySelectorAll("#content :is(input, textarea, select, .select2-selection)")]
    .filter(field => field.checkVisibility() && !field.closest(".select2-hidden-accessible, .tabular"))
    .filter(field => field.getBoundingClientRect().right > field.closest("form").getBoundingClientRect().right + 1)
    .map(field => field.id || field.className)"""


def test_no_field_reaches_beyond_the_edge(new_page):
    page = new_page(viewport={"width": 360, "height": 740})
    sign_in(page, UserFactory(role="editor"))

    found = {}
    for kind in KINDS:
        page.goto(admin_url(kind, "add"))
        for button in page.get_by_role("button", name="Add another").all():
            button.click()
        found[kind.__name__] = page.evaluate(BEYOND)

    assert found == {kind.__name__: [] for kind in KINDS}
