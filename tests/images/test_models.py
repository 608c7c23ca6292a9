"""Pictures: none is published without its words."""

import pytest

from tests.constraints import Rule, check, of_publishing
from tests.factories import ImageFactory
from tests.factories.base import LONG_AGO
from workshop.common.publishing import State

pytestmark = pytest.mark.django_db
PUBLISHED = {"state": State.PUBLISHED, "first_published_at": LONG_AGO}
SCHEDULED = {"state": State.SCHEDULED, "publish_at": LONG_AGO}

RULES = {
    **of_publishing(ImageFactory),
    "images_image_published_has_words": Rule(
        ImageFactory,
        allows=[
            {**PUBLISHED, "alt": "A field", "alt_ko": ""},
            {**PUBLISHED, "alt": "", "alt_ko": "들판"},
            {**PUBLISHED, "alt": "", "decorative": True},
            {"alt": "", "credit": ""},
        ],
        refuses=[
            {**PUBLISHED, "alt": ""},
            {**PUBLISHED, "credit": ""},
            {**PUBLISHED, "credit": "", "decorative": True},
            {**SCHEDULED, "alt": ""},
            {**SCHEDULED, "credit": ""},
        ],
        says="A published picture needs a credit, and alternative text unless it is decorative.",
    ),
    "images_image_focal_point_inside": Rule(
        ImageFactory,
        allows=[{"focal_x": 0, "focal_y": 1}],
        refuses=[{"focal_x": -0.1}, {"focal_y": 1.1}],
        says="Ensure this value is",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_constraint(name):
    check(name, RULES[name])
