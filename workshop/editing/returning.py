"""A page that is sent after the session ended: its words wait in the login form, and are kept from there."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers

from workshop.editing.working import FILES, WorkInProgress

ENDED = "Your session has ended. Log in, and go on: what you typed is kept. Nothing of it is saved yet."
KEPT = "You are logged in again. This is what you typed; it is not saved yet."


def ask(site: Any, request: Any) -> HttpResponse:
    """The login form, with what was sent inside it."""
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    context = {
        **site.each_context(request),
        "title": "Log in",
        "form": AdminAuthenticationForm(request),
        "app_path": reverse("admin:login"),
        "next": request.path,
        "kept": json.dumps({"query": sent.urlencode(), "files": bool(request.FILES)}),
        "ended": ENDED,
    }
    response = TemplateResponse(request, "admin/login.html", context)
    add_never_cache_headers(response)
    return response


def take_up(site: Any, request: Any) -> HttpResponse | None:
    """After the login: keep what was sent, and lead back to it. None where there is nothing to keep."""
    try:
        kept = json.loads(request.POST["_kept"])
        query, files = str(kept["query"]), bool(kept["files"])
        match = resolve(request.POST.get("next", ""))
    except (ValueError, KeyError, TypeError, Resolver404):
        return None
    for model, model_admin in site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if isinstance(model_admin, WorkInProgress) and match.url_name in {f"{name}_add", f"{name}_change"}:
            return _keep(model_admin, request, match.kwargs.get("object_id"), query, files)
    return None


def _keep(model_admin: Any, request: Any, object_id: str | None, query: str, files: bool) -> HttpResponse | None:
    request.POST = QueryDict(query)
    try:
        work = model_admin.work_on(request, object_id)
    except Http404:
        return None
    model_admin.keep(request, work)
    messages.warning(request, KEPT)
    if files:
        messages.warning(request, FILES)
    address = model_admin.desk_address("change" if work.record else "add", work.record)
    return HttpResponseRedirect(f"{address}?unsaved={work.page}")
