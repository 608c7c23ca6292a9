"""Dates that may be vague: "March 2020", "2020", "the second quarter of 2020"."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.db import models
from django.utils import formats
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")


def precision_field(of: str) -> models.CharField:
    """The field that says how exact the date beside it is."""
    return models.CharField(f"{of}: how exact", max_length=7, choices=Precision, default=Precision.DAY)


@dataclass(frozen=True, order=True)
class VagueDate:
    """A date with its precision; it sorts by day, and prints what is known."""

    date: dt.date
    precision: str = Precision.DAY

    @classmethod
    def of(cls, date: dt.date | None, precision: str) -> VagueDate | None:
        """None for no date, so that templates can ask ``{% if %}``."""
        return cls(date, precision) if date else None

    @property
    def last_day(self) -> dt.date:
        """The last day that the precision allows: what orders events."""
        month = self.date.month
        if self.precision == Precision.DAY:
            return self.date
        if self.precision == Precision.QUARTER:
            month = (month + 2) // 3 * 3
        elif self.precision == Precision.YEAR:
            month = 12
        return self.date.replace(month=month, day=calendar.monthrange(self.date.year, month)[1])

    @property
    def iso(self) -> str:
        """``2020-03-13``, ``2020-03`` or ``2020``: the value of ``<time datetime>``.

        HTML knows no quarter; the year is then the most that is true.
        """
        if self.precision == Precision.DAY:
            return self.date.isoformat()
        return f"{self.date:%Y-%m}" if self.precision == Precision.MONTH else f"{self.date.year:04d}"

    def __str__(self) -> str:
        return self._in_words((get_language() or "en").startswith("ko"))

    @lru_cache(maxsize=4096)  # noqa: B019 — dates are few, small and frozen
    def _in_words(self, korean: bool) -> str:
        if self.precision == Precision.DAY:
            return formats.date_format(self.date, "Y년 n월 j일" if korean else "j F Y")
        if self.precision == Precision.MONTH:
            return formats.date_format(self.date, "Y년 n월" if korean else "F Y")
        if self.precision == Precision.QUARTER:
            return gettext("Q%(quarter)s %(year)s") % {"quarter": (self.date.month + 2) // 3, "year": self.date.year}
        return f"{self.date.year}년" if korean else str(self.date.year)
