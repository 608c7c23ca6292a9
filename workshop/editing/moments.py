"""Moments as the desk types them: to the minute, in the site's time zone."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone


class Moment(forms.SplitDateTimeField):
    """A day and a time, in the zone of the desk."""

    widget = AdminSplitDateTime

    def compress(self, data_list):
        """The moment; one that the clocks leave out, or have twice, is refused with a sentence."""
        day, time = data_list or (None, None)
        if day and time:
            _refuse_odd(dt.datetime.combine(day, time))
        return super().compress(data_list)


def _refuse_odd(typed: dt.datetime) -> None:
    """Raises ValidationError where a clock on the wall never shows this, or shows it twice."""
    here = timezone.get_current_timezone()
    first, second = typed.replace(tzinfo=here, fold=0), typed.replace(tzinfo=here, fold=1)
    if first.utcoffset() == second.utcoffset():
        return
    said, name = f"{typed:%-d %B %Y, %H:%M}", timezone.get_current_timezone_name()
    if first.astimezone(dt.UTC).astimezone(here).replace(tzinfo=None) != typed:
        raise ValidationError(f"{said} does not exist in {name}: the clocks go forward then. Choose another time.")
    raise ValidationError(f"{said} comes twice in {name}: the clocks go back then. Choose a time before or after.")


def said(at: dt.datetime) -> str:
    """A moment in words, with its zone."""
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}, {zone()}"


def zone() -> str:
    """The zone in which the desk types and reads times, with its distance from UTC."""
    now = timezone.localtime()
    return f"{timezone.get_current_timezone_name()} (UTC{now:%z})" if now.utcoffset() else "UTC"
