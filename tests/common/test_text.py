"""Texts in two languages."""

import pytest
from django.utils import translation

from tests.factories import SpeakerFactory, TalkFactory
from workshop.common.text import Text, as_written, in_language


@pytest.mark.parametrize(
    ("english", "korean", "page", "expected"),
    [
        ("Hope", "희망", "en", Text("Hope", "en")),
        ("Hope", "희망", "ko", Text("희망", "ko")),
        ("Hope", "", "ko", Text("Hope", "en")),
        ("", "희망", "en", Text("희망", "ko")),
        ("", "", "ko", Text("", "ko")),
    ],
)
def test_text_in_the_language_of_the_page_falls_back_and_says_so(english, korean, page, expected):
    talk = TalkFactory.build(title=english, title_ko=korean, workshop=None)

    with translation.override(page):
        assert talk.text("title") == expected


def test_text_in_a_wanted_language_ignores_the_page():
    talk = TalkFactory.build(title="Hope", title_ko="희망", workshop=None)

    with translation.override("en"):
        assert talk.text("title", "ko") == Text("희망", "ko")


def test_text_of_a_field_without_twin_is_refused():
    with pytest.raises(AttributeError, match="Speaker.sort_name is not declared as translated"):
        SpeakerFactory.build().text("sort_name")


def test_text_of_nothing_is_false():
    assert (bool(Text("", "en")), bool(Text("x", "en")), str(Text("x", "ko"))) == (False, True, "x")


def test_korean_twin_is_named_after_its_sibling_in_forms():
    model = TalkFactory._meta.model

    assert model._meta.get_field("body_ko").verbose_name == "longer text (Korean)"


def test_text_without_twin_is_in_the_language_of_its_letters():
    written = ["Stanford, California", "서울", "ㄱ", "Kim (김)", "Straße", ""]

    assert [as_written(value).language for value in written] == ["en", "ko", "ko", "ko", "en", "en"]


@pytest.mark.parametrize(
    ("english", "korean", "shown"),
    [
        ("Mud", "진흙", Text("진흙", "ko")),
        ("Mud", "", Text("Mud", "en")),
        ("", "", Text("", "ko")),
        ("wetlands", "wetlands", Text("wetlands", "en")),
        ("진흙", "진흙", Text("진흙", "ko")),
    ],
)
def test_text_is_in_the_wanted_language_or_in_that_of_its_letters(english, korean, shown):
    assert in_language(english, korean, "ko") == shown
