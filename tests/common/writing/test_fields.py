"""What is stored of a longer text."""

import pytest
from django.db import models

from tests.factories import TalkFactory, ThemeFactory
from workshop.common.text import Translated
from workshop.common.writing.fields import MarkdownField, markdown_fields
from workshop.common.writing.tidying import tidy
from workshop.models import Talk


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("One\r\ntwo\rthree\u2028four\x85five", "One\ntwo\nthree\nfour\nfive"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("거버\u200b넌스 wet\u00adland \ufeffx\u2060y", "거버넌스 wetland xy"),
        ("\u1112\u1161\u11ab e\u0301", "한 é"),
        ("می\u200cخواهم \u200fשלום\u200e 👩\u200d🌾", "می\u200cخواهم \u200fשלום\u200e 👩\u200d🌾"),
        ("\u202etxt.exe\u202c", "txt.exe\u202c"),
        ("line  \nbreak\tand 10\u00a0km", "line  \nbreak\tand 10\u00a0km"),
        ("<script>alert(1)</script> *a* [b](c)", "<script>alert(1)</script> *a* [b](c)"),
        ("", ""),
    ],
    ids=["lines", "controls", "unseen", "composed", "joiners", "override", "blanks", "marks", "empty"],
)
def test_tidy_keeps_every_character_that_somebody_sees(given, kept):
    assert tidy(given) == kept
    assert tidy(kept) == kept


@pytest.mark.django_db
def test_text_is_tidied_whenever_it_is_saved():
    talk = TalkFactory(summary="One\r\ntwo\u200b", summary_ko="\u1112\u1161\u11ab", workshop=None)
    talk.body = "\ufeffText"
    talk.save(update_fields=["body"])
    Talk.objects.bulk_create([Talk(title="Bulk", slug="bulk", summary="a\rb")])

    stored = Talk.objects.get(pk=talk.pk)
    assert (talk.summary, stored.summary, stored.summary_ko, stored.body) == ("One\ntwo", "One\ntwo", "한", "Text")
    assert Talk.objects.get(slug="bulk").summary == "a\nb"


@pytest.mark.django_db
def test_text_may_be_saved_as_an_expression():
    theme = ThemeFactory(description="Words")
    theme.description = models.functions.Upper("description")
    theme.save()

    theme.refresh_from_db()
    assert theme.description == "WORDS"


def test_texts_of_a_model_are_known_in_both_languages():
    names = ["summary", "summary_ko", "body", "body_ko", "key_message", "key_message_ko"]

    assert [field.name for field in markdown_fields(Talk)] == names


def test_text_is_a_text_to_migrations():
    assert MarkdownField().deconstruct()[1] == "django.db.models.TextField"


def test_every_text_that_templates_show_as_markdown_is_such_a_field():
    from pathlib import Path
    from re import findall

    from django.apps import apps

    root = Path(__file__).resolve().parents[3] / "templates"
    shown = {name for page in root.rglob("*.html") for name in findall(r"{% rich [\w.]+ \"(\w+)\"", page.read_text())}
    fields = {field.name for model in apps.get_models() for field in markdown_fields(model)}
    elsewhere = {
        f"{model.__name__}.{name}"
        for model in apps.get_models()
        if issubclass(model, Translated)
        for name in shown & {field.name for field in model._meta.concrete_fields}
        if not isinstance(model._meta.get_field(name), MarkdownField)
    }

    assert shown - fields == set()
    assert elsewhere == {"Document.body", "FollowUp.summary"}  # read as they are, never through {% rich %}
