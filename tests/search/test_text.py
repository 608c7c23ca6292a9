"""Words as the index knows them."""

import pytest

from workshop.search.text import BREAK, MOST_TOKENS, clean, column, joined, read_words, vocabulary


def tokens(text):
    return column([read_words(text)])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", []),
        ("Establishing governments", ["establish", "govern"]),
        ("São Paulo’s CO₂", ["sao", "paulo", "co2"]),
        ("don’t T'ae", ["dont", "tae"]),
        ("A/HRC/25/63", ["a", "hrc", "25", "63"]),
        ("거버넌스를", ["거버", "버넌", "넌스", "스를", "를"]),
        ("법 인권", ["법", "인권", "권"]),
        ("UN의 AI", ["un", "의", "ai"]),
        ("北朝鮮", ["北朝", "朝鮮", "鮮"]),
        ("Свобода СЛОВА", ["свобода", "слова"]),
        ("e\u0301tat", ["etat"]),  # decomposed, as some keyboards send it
        ("in\u200bvis\u00adible", ["invis"]),
        ("\u202eabc\u202c", ["abc"]),
        ("a\x00b\x1fc", ["a", "b", "c"]),
        ("--- ... ***", []),
        ("x" * 5000, ["x" * 60]),
    ],
)
def test_text_is_kept_as_tokens(text, kept):
    assert tokens(text) == kept


def test_texts_of_a_column_are_kept_apart():
    assert column([read_words("one two"), [], read_words("three")]) == ["one", "two", BREAK, "three"]


def test_column_is_cut_where_a_tsvector_counts_no_further():
    assert len(column([read_words("word " * 20_000)])) == MOST_TOKENS


def test_compounds_are_kept_as_one_word_as_well():
    assert joined("Tae-ung Baik’s follow‑up") == ["taeung", "baik", "followup"]


def test_vocabulary_has_words_as_written_and_no_short_ones():
    assert vocabulary([read_words("The Governance of it"), read_words("governance 인권법")]) == {
        "the",
        "governance",
        "인권법",
    }


def test_cleaning_composes_and_drops_what_nobody_sees():
    assert clean("e\u0301\u200b\x00x") == "é x"
