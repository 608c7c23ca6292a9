"""The public page of a record as it would be: by the public view itself, for a reader without an account."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import translation

from workshop.actions import publish
from workshop.common.publishing import Publishable
from workshop.editing.access import is_own

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
AWAY = re.compile(r'<a (?=[^>]*?\bhref="(?!#))|<form ')  # whatever leads elsewhere
OWN_QUERY = re.compile(r'(\b(?:href|action)=")(\?[^"]*"|")')  # and what leads to another part of the same page


@dataclass(frozen=True)
class Bar:
    """What is said above a page that is not public."""

    owners: tuple[str, ...] = ()  # what it belongs to, and is shown as if it were public too
    without_files: bool = False
    until: dt.datetime | None = None  # of a secret link
    other_language: str = ""  # address of the same preview in the other one


@dataclass(frozen=True)
class Rendered:
    """A page as text, and whom it may frame after a click."""

    html: str
    frames: tuple[str, ...]

    def answer(self) -> HttpResponse:
        """For one who may see it: to be kept by nobody, and found by no search engine."""
        response = HttpResponse(self.html)
        response["Cache-Control"], response["X-Robots-Tag"] = "private, no-store", "noindex, nofollow"
        if self.frames:
            response._csp_update = {"frame-src": list(self.frames)}  # type: ignore[attr-defined]
        return response


def make_public(record: models.Model, user: Any) -> list[str]:
    """Publish a record and, from the top, what it belongs to; returns the names of those that are not public.

    Only for a rehearsal. Raises ValidationError where a record could not be public as it is, and where
    it belongs to something that ``user`` does not see either.
    """
    raised = []
    for name in getattr(record, "hidden_with", ()):
        owner = getattr(record, name)
        if owner is None or _is_public(owner):
            continue
        if not user.publishes and not is_own(user, owner):
            raise ValidationError("It belongs to something that is not public and not yours: ask an editor to look.")
        try:
            raised += [*make_public(owner, user), _called(owner)]
        except ValidationError as error:
            raise ValidationError([f"{_called(owner)}: {message}" for message in error.messages]) from error
    if isinstance(record, Publishable):
        publish(record=record)
    return list(dict.fromkeys(raised))


def _is_public(record: Any) -> bool:
    return type(record)._default_manager.public().filter(pk=record.pk).exists()


def _called(record: models.Model) -> str:
    return f"{record._meta.verbose_name} “{record}”"


def page_of(record: Any, language: str, bar: Bar) -> Rendered:
    """What its public address would answer in a language. Raises ValidationError where that is no page."""
    with translation.override(language):
        path = record.get_absolute_url()
        request = _readers(unquote(path), language)
        request.preview = bar  # type: ignore[attr-defined]
        view, args, kwargs = resolve(request.path)
        try:
            response: Any = view(request, *args, **kwargs)
        except Http404:
            response = HttpResponse(status=404)
        if response.status_code != 200:
            raise ValidationError("Readers would find no page here yet: what it belongs to is not public.")
        if not getattr(response, "is_rendered", True):
            response.render()
    frames = getattr(response, "_csp_update", {}).get("frame-src", ())
    return Rendered(_leading_away(response.content.decode(), path), tuple(frames))


def _readers(path: str, language: str) -> HttpRequest:
    """The request of somebody without account, cookie or past. No cache has a part in it."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REQUEST_METHOD": "GET", "PATH_INFO": path}
    request.user, request.LANGUAGE_CODE = AnonymousUser(), language  # type: ignore[attr-defined]
    return request


def _leading_away(html: str, path: str) -> str:
    """Links and forms open in another tab, where the page is not the preview of it."""
    html = OWN_QUERY.sub(rf"\g<1>{path}\g<2>", html)
    return AWAY.sub(lambda tag: f'{tag[0]}target="_blank" ', html)


def sentences(error: ValidationError, record: models.Model | None = None) -> list[str]:
    """What stands in the way, field by field."""
    if record is None or not hasattr(error, "error_dict"):
        return error.messages
    return [
        f"{_label(record, name)}: {message}" if name in _fields(record) else message
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _fields(record: models.Model) -> set[str]:
    return {field.name for field in record._meta.get_fields()}


def _label(record: models.Model, name: str) -> str:
    return str(getattr(record._meta.get_field(name), "verbose_name", name)).capitalize()


def of_forms(form: Any, formsets: Iterable[Any]) -> list[str]:
    """What is wrong in the forms of a page, in sentences with the names of fields."""
    said = _of_form(form, "")
    for formset in formsets:
        said += formset.non_form_errors()
        for number, row in enumerate(formset.forms, 1):
            if row.errors:
                said += _of_form(row, f"{formset.model._meta.verbose_name.capitalize()} {number}, ")
    return said


def _of_form(form: Any, where: str) -> list[str]:
    said = []
    for name, messages in form.errors.items():
        label = str(form.fields[name].label or name) if name in form.fields else ""
        prefix = f"{where}{label}" if label else where.removesuffix(", ")
        said += [f"{prefix}: {message}" if prefix else message for message in messages]
    return said
