"""What a secret link shows: a record in work, to somebody without an account.

Rendering writes, and undoes it: on SQLite it holds the one write lock meanwhile. So a
page is rendered once for each state of the draft and of what is public, and told from
this worker's memory after that; who loads it again and again makes nobody wait.
"""

from __future__ import annotations

import time
from dataclasses import replace
from threading import Lock
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from workshop.admin.previewing import Previewed
from workshop.admin.rehearsal import Busy
from workshop.admin.rendering import LANGUAGES, Bar, Rendered
from workshop.caching.version import current_version
from workshop.common.publishing import SILENT_WITHDRAWALS, Publishable
from workshop.editing.linking import link_of
from workshop.editing.models import Draft, PreviewLink
from workshop.editing.work import Work
from workshop.views.context import site_without_address
from workshop.views.errors import not_found

MOST_KEPT = 32  # pages in the memory of a worker
SECONDS = 5  # that a page is told from memory while no version vouches for anything
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}

_kept: dict[tuple, Rendered | None] = {}
_rendering = Lock()  # one at a time in a worker


@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The record of a secret link as its newest draft; where it is public and has none, its page.

    Whatever else it may be, unknown, over, revoked, taken back, or made by somebody
    who may not see the record any more: one and the same 404.
    """
    language = request.GET.get("lang", "")
    language = language if language in LANGUAGES else LANGUAGES[0]
    with translation.override(language):
        response = _answer(request, token, language)
    for name, value in HEADERS.items():
        response[name] = value
    response["Content-Language"] = language
    return response


def _answer(request: HttpRequest, token: str, language: str) -> HttpResponse:
    link = link_of(token)
    found = _record_of(link) if link else None
    if link is None or found is None:
        return not_found(request)
    model_admin, record = found
    draft = Draft.objects.of(record).first()
    if draft is None and type(record)._default_manager.public().filter(pk=record.pk).exists():
        return HttpResponseRedirect(model_admin.page_record(record).get_absolute_url())
    try:
        rendered = _page(link, model_admin, record, draft, language, token)
    except Busy:
        return _waiting(request, busy=True)
    return _waiting(request) if rendered is None else rendered.answer()


def _record_of(link: PreviewLink) -> tuple[Any, Any] | None:
    """The record with its admin, if whoever made the link may still work on it, and nobody took it back in silence."""
    model = link.content_type.model_class()
    model_admin: Any = admin.site._registry.get(model) if model else None
    request = HttpRequest()
    request.user = link.made_by
    if not isinstance(model_admin, Previewed) or not admin.site.has_permission(request):
        return None
    record = model_admin.get_object(request, str(link.object_id))
    if record is None or not model_admin.has_change_permission(request, record):
        return None
    if isinstance(record, Publishable) and record.withdrawn_at and record.withdrawal in SILENT_WITHDRAWALS:
        return None
    return model_admin, record


def _page(
    link: PreviewLink, model_admin: Any, record: Any, draft: Draft | None, language: str, token: str
) -> Rendered | None:
    """From memory, or rendered now; None for a draft that is too incomplete to be a page."""
    name = (link.pk, language, _state(draft))
    if name in _kept:
        return _kept[name]
    with _rendering:
        name = (link.pk, language, _state(draft))
        if name not in _kept:
            rendered = _render(link, model_admin, record, draft, language, token)
            while len(_kept) >= MOST_KEPT:
                _kept.pop(next(iter(_kept)), None)
            _kept[name] = rendered
        return _kept[name]


def _state(draft: Draft | None) -> tuple:
    """What a page depends on. Every write to a record raises the version, also while it is a draft."""
    version = current_version()
    vouched = ("over", int(time.monotonic() / SECONDS)) if version is None else (version,)
    return (timezone.localdate(), *vouched, (draft.pk, draft.saved_at) if draft else None)


def _render(
    link: PreviewLink, model_admin: Any, record: Any, draft: Draft | None, language: str, token: str
) -> Rendered | None:
    other = next(code for code in LANGUAGES if code != language)
    address = f"{reverse('shared-preview', args=[token])}?lang={other}"
    bar = Bar(until=link.expires_at, other_language=address)
    try:
        return model_admin.render_content(record, _data(model_admin, link, record, draft), link.made_by, language, bar)
    except ValidationError:
        return None


def _data(model_admin: Any, link: PreviewLink, record: Any, draft: Draft | None) -> Any:
    """What a browser would send of the draft; None where the stored row is what is in work."""
    if draft is None:
        return None
    request = HttpRequest()
    request.user = link.made_by
    work = Work(model_admin, request, record)
    shown = work.shown()
    return work.forms.data(shown.content if shown else work.live)


def _waiting(request: HttpRequest, *, busy: bool = False) -> HttpResponse:
    here = replace(site_without_address(request)["site"], noindex=True)
    response = render(request, "workshop/preview_waiting.html", {"site": here}, status=503 if busy else 200)
    if busy:
        response["Retry-After"] = "5"
    return response
