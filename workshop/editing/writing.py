"""The field in which longer texts are written: a textarea, and what a script adds to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html

SCRIPTS = ("edit", "html", "paste", "preview", "records", "toolbar")


class MarkdownTextarea(AdminTextareaWidget):
    """A field for Markdown. Without script it is a textarea with a link to the page that finds records."""

    @property
    def media(self) -> forms.Media:
        scripts: list[Any] = [Script(f"js/writing-{name}.js", defer=True) for name in SCRIPTS]
        return forms.Media(css={"all": ["css/writing.css"]}, js=scripts)

    def get_context(self, name, value, attrs):
        """Tells the script where it finds the preview and the records."""
        context = super().get_context(name, value, attrs)
        addresses = {"data-preview": reverse("writing-preview"), "data-records": reverse("writing-records")}
        context["widget"]["attrs"] |= {"data-writing": True, **addresses}
        return context

    def render(self, name, value, attrs=None, renderer=None):
        area = super().render(name, value, attrs, renderer)
        help_page = '<noscript><a href="{}">How to write, and how to link to a record</a></noscript>'
        return format_html("{}" + help_page, area, reverse("writing-records"))
