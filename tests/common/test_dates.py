"""Dates as exactly as they are known, in both languages."""

import datetime as dt

import pytest
from django.utils import translation

from workshop.common.dates import VagueDate


@pytest.mark.parametrize(
    ("precision", "english", "korean", "iso"),
    [
        ("day", "16 June 2020", "2020년 6월 16일", "2020-06-16"),
        ("month", "June 2020", "2020년 6월", "2020-06"),
        ("quarter", "Q2 2020", "2020년 2분기", "2020"),
        ("year", "2020", "2020년", "2020"),
    ],
)
def test_vague_date_says_what_is_known_in_the_language_of_the_page(precision, english, korean, iso):
    date = VagueDate(dt.date(2020, 6, 16), precision)

    with translation.override("ko"):
        in_korean = str(date)
    assert (str(date), in_korean, date.iso) == (english, korean, iso)
