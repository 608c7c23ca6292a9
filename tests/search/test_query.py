"""What somebody typed, read without ever refusing."""

import pytest

from workshop.search.query import LONGEST, MOST_CLAUSES, phrase_of, read_query


def wanted(typed):
    return [[" ".join(phrase.tokens) for phrase in clause.phrases] for clause in read_query(typed).wanted]


def unwanted(typed):
    return [[" ".join(phrase.tokens) for phrase in clause.phrases] for clause in read_query(typed).unwanted]


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("human rights", [["human"], ["right"]]),
        ('"human rights" now', [["human right"], ["now"]]),
        ("“human rights”", [["human right"]]),
        ("the right to food", [["right"], ["food"]]),
        ("the", [["the"]]),
        ('"the right"', [["the right"]]),
        ("A/HRC/25/63", [["a hrc 25 63"]]),
        ("Tae-ung", [["tae ung"]]),
        ("거버넌스를", [["거버 버넌 넌스"]]),
        ("인권", [["인권"]]),
        ("북한의", [["북한"]]),
        ('"인권 정책"', [["인권 권 정책"]]),
        ("rights -china", [["right"]]),
        ('say "unfinished', [["say"], ["unfinish"]]),
        ("& | ! :* <-> ( ) ' ; %", []),
        ("- -- \" \" ''", []),
        ("'; DROP TABLE search_entry; --", [["drop"], ["tabl"], ["search entri"]]),
        ("x & b | !c:* <-> (d)", [["x"], ["b"], ["c"], ["d"]]),
        ("\x00\x1f\u202e\u200b", []),
        ("abc\x00def", [["abc"], ["def"]]),
        ("", []),
    ],
)
def test_words_become_clauses(typed, clauses):
    assert wanted(typed) == clauses


@pytest.mark.parametrize(
    ("typed", "clauses"), [("rights -china", [["china"]]), ('a -"special envoy"', [["special envoy"]]), ("-", [])]
)
def test_minus_leaves_out(typed, clauses):
    assert unwanted(typed) == clauses


def test_single_syllable_finds_words_that_begin_with_it():
    (clause,) = read_query("법").wanted
    assert [(phrase.tokens, phrase.prefix) for phrase in clause.phrases] == [(("법",), True)]


@pytest.mark.parametrize("typed", ["word " * 200, "x" * (LONGEST + 1), "y" * 100_000])
def test_what_is_beyond_the_bounds_is_cut_off_and_said(typed):
    query = read_query(typed)
    assert query.shortened
    assert len(query.wanted) + len(query.unwanted) <= MOST_CLAUSES
    assert len(query.typed) <= LONGEST


def test_short_query_is_not_said_to_be_cut():
    assert not read_query("human rights").shortened


def test_names_are_asked_with_their_other_names():
    names = {"dprk": frozenset({"north korea"}), "north korea": frozenset({"dprk"})}
    asked = [
        [
            [" ".join(phrase.tokens) for phrase in clause.phrases]
            for clause in read_query(typed).with_aliases(names).wanted
        ]
        for typed in ("DPRK sanctions", "sanctions on North Korea", "northern Korea", '"north korea"')
    ]
    assert asked == [
        [["dprk", "north korea"], ["sanction"]],
        [["sanction"], ["north korea", "dprk"]],
        [["northern"], ["korea"]],
        [["north korea", "dprk"]],
    ]


def test_name_is_a_phrase_of_tokens():
    assert (phrase_of("Democratic People’s Republic"), phrase_of("조선민주주의")) == (
        "democrat peopl republ",
        "조선 선민 민주 주주 주의",
    )


@pytest.mark.parametrize("typed", ["a", "a*", "-x a", "A ?"])
def test_article_alone_is_nothing_to_look_for(typed):
    assert read_query(typed).wanted == ()


@pytest.mark.parametrize("typed", ["who", "WHO", "it", '"a"', "a mud"])
def test_stop_word_that_may_be_a_name_is_looked_for_alone(typed):
    assert len(read_query(typed).wanted) == 1
