"""Where a name stands in a text, and where it does not."""

import pytest
from django.core.exceptions import ValidationError

from workshop.takedown.keys import keys
from workshop.takedown.names import Digests, Names, digest

pytestmark = pytest.mark.once
GIVEN = ["Kim Mi-rae", "Zoë Čapek", "김진흙", "金美来", "O’Neil Marsh"]


def known():
    return Names(GIVEN)


def by_digest():
    names, key = Names(GIVEN), keys()[0]
    return Digests({digest(phrase, key) for phrase in names.phrases}, names.lengths, names.longest, key)


@pytest.mark.parametrize("names", [known, by_digest])
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Then Kim Mi-rae spoke.", "Then [removed] spoke."),
        ("KIM MI RAE’s paper", "[removed] paper"),
        ("kim-mi-rae", "[removed]"),
        ("see kim_mi_rae.pdf", "see [removed].pdf"),
        ("Kim\nMi‐rae, and Kim Mi-\nrae", "[removed], and [removed]"),
        ("by Zoe Capek and ZOË ČAPEK", "by [removed] and [removed]"),
        ("Zoe\u0308 C\u030capek", "[removed]"),
        ("Zo\u00adë Ča\u200bpek", "[removed]"),
        ("김진흙은 말했다", "[removed]은 말했다"),
        ("김 진흙 교수의 글", "[removed] 교수의 글"),
        ("김진흙교수에게서", "[removed]교수에게서"),
        ("昨日金美来教授说", "昨日[removed]教授说"),
        ("ONeil Marsh", "[removed]"),
        ("**Kim** Mi-rae", "**[removed]"),
        ('{"a": ["Kim Mi-rae"]}', '{"a": ["[removed]"]}'),
        ('[{"changed": {"object": "\\uae40\\uc9c4\\ud759"}}]', '[{"changed": {"object": "[removed]"}}]'),
        ({"Kim Mi-rae": [1, None, "x Kim Mi-rae y"]}, {"[removed]": [1, None, "x [removed] y"]}),
    ],
)
def test_name_is_found_however_it_is_written(names, text, left):
    assert names().out_of(text) == left


@pytest.mark.parametrize("names", [known, by_digest])
@pytest.mark.parametrize(
    "text",
    [
        "Kim Mi-raeson", "Akim Mi-rae", "Kimberley Mi Rae", "Kim. And then: Mi-rae", "Kim (Mi-rae)", "Kim\n\nMi-rae",
        "Zoe", "Capek", "김진흙수", "김진", "박김진흙", "O'Neil", "{not json", "[1, 2]", "", 7, None, "100 %",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_left_alone(names, text):
    assert names().out_of(text) == text


def test_address_is_read_as_browsers_write_it():
    assert Names(["김진흙"]).stand_in("https://ko.example.org/wiki/%EA%B9%80%EC%A7%84%ED%9D%99")
    assert Names(["Kim Mi-rae"]).stand_in("https://example.org/kim%20mi-rae")


@pytest.mark.parametrize("names", [[], [" ", "…"], ["이"], ["K"], ["a b c d e f g h i"]])
def test_names_that_cannot_be_told_apart_are_refused(names):
    with pytest.raises(ValidationError):
        Names(names)


def test_digests_tell_nothing_without_the_key():
    phrase = next(iter(Names(["Kim Mi-rae"]).phrases))

    assert digest(phrase, keys()[0]) != digest(phrase, b"another key")
    assert "kim" not in digest(phrase, keys()[0])
