"""Texts in short."""

import pytest

from workshop.common.text import Text
from workshop.views.words import teaser

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mud *matters*.", "Mud matters."),
        ("Mud matters to all of us, and to many others.", "Mud matters to all of us…"),
        ("Mud matters to every one.", "Mud matters to every one."),
        ("Mud matters to everybody, I know.", "Mud matters to everybody…"),
        ("Mud matters, everybody knows.", "Mud matters, everybody…"),
        ("Mud matters to everybodyelse.", "Mud matters to…"),
        ("진흙" * 20, "진흙" * 12 + "진…"),
    ],
)
def test_teaser_ends_after_a_whole_word(text, shown):
    assert teaser(Text(text, "en"), length=25) == shown


def test_teaser_is_of_the_first_text_that_says_something():
    assert teaser(Text("", "en"), Text("<b></b>", "en"), Text("Mud.", "en")) == "Mud."
    assert teaser(Text("", "en")) == ""
