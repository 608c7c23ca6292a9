"""The demo tells the write-up in words of its own, and quotes it exactly."""

import re
from functools import cache

from django.apps import apps
from django.db import models
from django.test import TestCase

from recommendations.models import Position, Recommendation
from speakers.models import Affiliation, Organisation
from tests.conftest import SHARED
from workshop.demo.load import load
from workshop.models import Document, Quote

SOURCE = SHARED / "source" / "koret-workshop-2020.txt"
OURS = {"workshop", "speakers", "recommendations", "images"}
# Names, not sentences: what documents, organisations and a professor's chair are called.
NAMES = {(Document, "title"), (Organisation, "name"), (Organisation, "aliases"), (Affiliation, "chair")}
RUN = 8
MOST_QUOTED = 25
MOST_CONTEXT = 5


def words(text):
    """Lower-case words; typographic quotes, hyphens and punctuation make no difference."""
    return re.findall(r"\w+", re.sub(r"[’‘']", "", text.casefold()))


@cache
def source_words():
    return words(SOURCE.read_text(encoding="utf-8"))


def occurs(passage, text):
    """Whether the words stand in the text one after the other."""
    joined = f" {' '.join(text)} "
    return f" {' '.join(passage)} " in joined


def pieces(quote):
    """What is quoted without a gap, the context joined to the first and the last piece."""
    parts = [words(piece) for piece in quote.exact.split("[…]")]
    parts[0] = words(quote.prefix) + parts[0]
    parts[-1] = parts[-1] + words(quote.suffix)
    return [part for part in parts if part]


def own_texts():
    """Every text of the demo that has to be ours: (where it stands, the text)."""
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and (model, field.name) not in NAMES
        ]
        for record in model._base_manager.all():
            quoted = {"exact", "prefix", "suffix"} if isinstance(record, Quote) and not record.paraphrase else set()
            for name in set(fields) - quoted:
                if text := getattr(record, name):
                    yield f"{model.__name__} {record.pk}, {name}", text


class TestDemoWords(TestCase):
    """A class, so that the content is loaded once."""

    @classmethod
    def setUpTestData(cls):
        load()

    def test_demo_texts_copy_no_run_of_words_from_the_source(self):
        source = source_words()
        runs = {tuple(source[start : start + RUN]) for start in range(len(source) - RUN + 1)}

        copied = {}
        for place, text in own_texts():
            said = words(text)
            found = [said[start : start + RUN] for start in range(len(said) - RUN + 1)]
            if hits := [" ".join(run) for run in found if tuple(run) in runs]:
                copied[place] = hits

        assert copied == {}

    def test_demo_quotes_stand_in_the_source_word_for_word(self):
        quotes = Quote.objects.filter(paraphrase=False)
        missing = [str(quote) for quote in quotes for piece in pieces(quote) if not occurs(piece, source_words())]

        assert quotes.count() > 0
        assert missing == []

    def test_demo_paraphrases_claim_no_place_in_the_source(self):
        paraphrases = Quote.objects.filter(paraphrase=True)

        assert paraphrases.count() > 0
        assert set(paraphrases.values_list("prefix", "suffix")) == {("", "")}

    def test_demo_context_of_a_quote_is_short(self):
        context = Quote.objects.values_list("prefix", "suffix")

        assert [text for pair in context for text in pair if len(words(text)) > MOST_CONTEXT] == []

    def test_demo_quotes_at_most_25_words_a_recommendation(self):
        quoted = {}
        for record in Recommendation.objects.all():
            positions = Position.objects.filter(recommendation=record)
            shown = {record.source_quote, *(position.quote for position in positions)}
            passages = [f"{quote.prefix} {quote.exact} {quote.suffix}" for quote in shown if not quote.paraphrase]
            quoted[record.code] = sum(len(passage.replace("[…]", "").split()) for passage in passages)

        assert {code: number for code, number in quoted.items() if number > MOST_QUOTED} == {}
        assert max(quoted.values()) > 0

    def test_demo_quotes_at_most_25_words_in_one_passage(self):
        passages = Quote.objects.filter(paraphrase=False)

        assert [str(quote) for quote in passages if len(quote.exact.replace("[…]", "").split()) > MOST_QUOTED] == []

    def test_demo_writes_no_quotation_into_its_own_texts(self):
        quoting = [place for place, text in own_texts() if re.search(r"[“”\"]", text)]

        assert quoting == []
