"""Invented words: as many as promised, and drawn as a language draws them."""

from collections import Counter
from random import Random

from workshop.load.words import KOREAN_VOCABULARY, VOCABULARY, Writer, korean_vocabulary, vocabulary


def test_vocabularies_hold_so_many_different_words():
    assert len(set(vocabulary())) == VOCABULARY
    assert len(set(korean_vocabulary())) == KOREAN_VOCABULARY


def test_words_are_letters_only():
    assert all(word.isascii() and word.isalpha() and word.islower() for word in vocabulary())
    assert all("가" <= letter <= "힣" for word in korean_vocabulary() for letter in word)


def test_frequent_words_come_first():
    drawn = Counter(Writer(Random(1)).words(200_000))

    first, tenth, thousandth = (drawn[vocabulary()[rank - 1]] for rank in (1, 10, 1000))
    assert 8 < first / tenth < 12
    assert tenth > 50 * thousandth


def test_texts_have_sixty_to_a_hundred_and_fifty_words():
    writer = Writer(Random(1))

    lengths = [len(writer.text().split()) for _ in range(300)]
    assert (min(lengths) >= 60, max(lengths) <= 150) == (True, True)
    assert max(lengths) - min(lengths) > 60
