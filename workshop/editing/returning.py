"""A page that is sent too late, after the session ended or with a token of before a login.

Its words come back to who sent them inside a form: the login, or a single button. Only that
form, with a token of now, has them kept; what another site might have sent is never acted on.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from workshop.editing.working import FILES, WorkInProgress

ENDED = "Your session has ended. Log in, and go on: what you typed is kept. Nothing of it is saved yet."
AGAIN = "You are logged in again. This is what you typed; nothing is done yet."
KEPT = "You are logged in again. This is what you typed; it is not saved yet."
SHOWN = "This is what you typed; it is not saved yet."
GONE = "What you sent belongs to a page that is not there any more, or that you may not change."


def ask(site: Any, request: Any) -> HttpResponse:
    """The login form, with what was sent inside it."""
    return _log_in(site, request, request.path, _sent(request))


def refused(site: Any, request: Any) -> HttpResponse | None:
    """What was sent with a token that holds no more, in a form with a new one; None where there are no words."""
    if "_kept" in request.POST:
        leads_to, kept = request.POST.get("next", ""), request.POST["_kept"]
    elif {"_page", "_typed"} & request.POST.keys() and request.headers.get("Accept") != "application/json":
        leads_to, kept = request.path, _sent(request)
    else:
        return None
    if _asked_at(leads_to) is None:
        return None
    answer = _show if site.has_permission(request) else _log_in
    return answer(site, request, leads_to, kept, status=403)


def ask_again(site: Any, request: Any) -> HttpResponse:
    """The login form, with what stood in the form that was sent."""
    return _log_in(site, request, request.POST.get("next", ""), request.POST.get("_kept", ""))


def take_up(site: Any, request: Any, say: str = KEPT) -> HttpResponse | None:
    """Keep what was sent, and lead back to it. None where there is nothing to keep."""
    try:
        kept = json.loads(request.POST["_kept"])
        query, files = str(kept["query"]), bool(kept["files"])
    except (ValueError, KeyError, TypeError):
        return None
    leads_to, sent = request.POST.get("next", ""), QueryDict(query)
    if "_typed" in sent:
        return _answers(request, leads_to, sent)
    page = _page_at(site, leads_to)
    return _keep(*page, request, sent, files, say) if page else None


def typed(request: Any) -> QueryDict | None:
    """What was typed before a login into a page that asks something: it is shown in it, and nothing is done."""
    return getattr(request, "typed", None)


def _answers(request: Any, leads_to: str, sent: QueryDict) -> HttpResponse | None:
    """The page that asks something, with what was answered before: nothing of it is kept anywhere."""
    match = _asked_at(leads_to)
    if match is None:
        return None
    request.method, request.POST, request.typed = "GET", QueryDict(), sent
    request.path = request.path_info = leads_to
    request.resolver_match = match
    messages.warning(request, AGAIN)
    try:
        return match.func(request, *match.args, **match.kwargs)
    except Http404:
        return None


def _sent(request: Any) -> str:
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    return json.dumps({"query": sent.urlencode(), "files": bool(request.FILES)})


def _log_in(site: Any, request: Any, leads_to: str, kept: str, status: int = 200) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "Log in",
        "form": AdminAuthenticationForm(request),
        "app_path": reverse("admin:login"),
        "next": leads_to,
        "kept": kept,
        "ended": ENDED,
    }
    return _private(TemplateResponse(request, "admin/login.html", context, status=status))


def _show(site: Any, request: Any, leads_to: str, kept: str, status: int) -> HttpResponse:
    context = {**site.each_context(request), "title": "Not saved yet", "next": leads_to, "kept": kept}
    return _private(TemplateResponse(request, "admin/sent_late.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response


def _asked_at(path: str) -> ResolverMatch | None:
    """The page of the desk that has this address."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.app_names == ["admin"] else None


def _page_at(site: Any, path: str) -> tuple[Any, str | None] | None:
    """The kind of record whose page, or a part of it, has this address; and the key in it."""
    match = _asked_at(path)
    if match is None:
        return None
    for model, model_admin in site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}_"
        if isinstance(model_admin, WorkInProgress) and (match.url_name or "").startswith(name):
            return model_admin, match.kwargs.get("object_id")
    return None


def _keep(
    model_admin: Any, object_id: str | None, request: Any, sent: QueryDict, files: bool, say: str
) -> HttpResponse | None:
    request.POST = sent
    try:
        work = model_admin.work_on(request, object_id)
    except Http404:
        return model_admin.answer_overtaken(request, object_id)
    model_admin.keep(request, work)
    model_admin.receive(request)
    messages.warning(request, say)
    if files:
        messages.warning(request, FILES)
    address = model_admin.desk_address("change" if work.record else "add", work.record)
    in_popup = {IS_POPUP_VAR: 1} if IS_POPUP_VAR in request.POST else {}
    return HttpResponseRedirect(f"{address}?{urlencode({'unsaved': work.page} | in_popup)}")
