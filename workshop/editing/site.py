"""The editors' side: Django's admin, under the site's name, by the things people work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial, update_wrapper
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from workshop.editing import finding, returning
from workshop.editing.across import Across
from workshop.editing.frontpage import ALL, LISTS, SHOWN, Awaiting, Kept
from workshop.editing.records import RecordAdmin

GROUPS = ("Proposals", "Programme", "People", "Sources", "Desk")


class Search(AutocompleteJsonView):
    """What search fields offer: to authors only what is public or theirs."""

    def has_perm(self, request, obj=None):
        return isinstance(self.model_admin, RecordAdmin)

    def get_queryset(self):
        records = self.model_admin.get_choices(self.request)
        records = records.complex_filter(self.source_field.get_limit_choices_to())
        records, repeated = self.model_admin.get_search_results(self.request, records, self.term)
        return records.distinct() if repeated else records

    def serialize_result(self, obj, to_field_name):
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.choice_label(obj)}


class Desk(AdminSite):
    """The admin site."""

    site_title = "Rapporteur"
    site_header = "Rapporteur"
    index_title = "Editors’ desk"
    enable_nav_sidebar = False  # the nouns stand in the head

    def get_urls(self):
        """Without Django's redirect to any object's page, which would tell addresses that are not public."""
        lists = [
            path(f"lists/{kept.name}/", self.admin_view(partial(self.whole_list, kept=kept)), name=f"desk_{kept.name}")
            for kept in LISTS
        ]
        found = [
            path("search/", self.admin_view(self.search_view), name="desk_search"),
            path("search/suggest/", self.admin_view(self.suggest_view), name="desk_suggest"),
        ]
        late = [
            path("token/", self.token_view, name="desk_token"),
            path("sent-late/", self.sent_late_view, name="desk_sent_late"),
        ]
        django = [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]
        return lists + found + late + django

    def admin_view(self, view, cacheable=False):
        """A page one may not see answers 404, exactly as one that is not there."""
        return returning_to(self, super().admin_view(_hiding(view), cacheable))

    def login(self, request, extra_context=None):
        """The login; what was sent after the session ended is kept through it."""
        response = super().login(request, extra_context)
        if request.method == "POST" and "_kept" in request.POST:
            if response.status_code == 302:
                return returning.take_up(self, request) or response
            response.context_data["kept"] = request.POST["_kept"]
        return response

    @method_decorator([require_GET, never_cache])
    def token_view(self, request):
        """Who is logged in, and the token of now: for a page that was opened before a login."""
        if not self.has_permission(request):
            return JsonResponse({}, status=401)
        return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})

    @method_decorator([require_POST, csrf_protect, never_cache])
    def sent_late_view(self, request):
        """What was sent with a token of before a login: kept, and shown in its page."""
        if not self.has_permission(request):
            return returning.ask_again(self, request)
        if answer := returning.take_up(self, request, returning.SHOWN):
            return answer
        messages.error(request, returning.GONE)
        return HttpResponseRedirect(reverse("admin:index"))

    def autocomplete_view(self, request):
        return Search.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        """On the front page by the nouns people work with, in the order of ``GROUPS``."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        groups: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
        for app in apps:
            for entry in app["models"]:
                group = getattr(self._registry[entry["model"]], "group", "Desk")
                groups.setdefault(group, []).append(entry)
        return [
            {
                "name": name,
                "app_label": name.lower(),
                "app_url": "",
                "has_module_perms": True,
                "models": sorted(entries, key=lambda entry: getattr(self._registry[entry["model"]], "place", 99)),
            }
            for name, entries in groups.items()
            if entries
        ]

    def index(self, request, extra_context=None):
        """The front page: what awaits whoever looks at it, what the clock will do, what was done."""
        desk = Across(self._registry, request)
        context = {
            "lists": [(kept, kept.fill(desk, SHOWN)) for kept in LISTS],
            "lacking": list(self._lacking(request)),
            "tools": list(self._tools(request)),
        }
        return super().index(request, context | (extra_context or {}))

    def whole_list(self, request, kept: Kept):
        """A list of the front page in full."""
        listing = kept.fill(Across(self._registry, request), ALL)
        context = {**self.each_context(request), "title": kept.title, "kept": kept, "listing": listing, "most": ALL}
        return TemplateResponse(request, "admin/whole_list.html", context)

    def search_view(self, request):
        """Everything that holds some words, and that one may see."""
        words = finding.cleaned(request.GET.get("q", ""))
        groups = finding.search(Across(self._registry, request), words, finding.FOUND)
        context = {**self.each_context(request), "title": "Search", "subtitle": words, "q": words, "groups": groups}
        return TemplateResponse(request, "admin/search.html", context)

    def suggest_view(self, request):
        """The first of it, while somebody types."""
        words = finding.cleaned(request.GET.get("q", ""))
        offered = finding.offers(Across(self._registry, request), words) if len(words) > 1 else []
        return JsonResponse(offered, safe=False)

    def _tools(self, request) -> Iterator[tuple[str, str]]:
        """Words and addresses of pages that are no record's."""
        for model_admin in self._registry.values():
            tools: Callable | None = getattr(model_admin, "tools", None)
            if tools is not None and model_admin.has_module_permission(request):
                yield from tools(request)

    def _lacking(self, request) -> Iterator[Awaiting]:
        """What readers would miss, as each kind of record counts it."""
        for model_admin in self._registry.values():
            awaits: Callable | None = getattr(model_admin, "awaits", None)
            if awaits is not None and model_admin.has_module_permission(request):
                yield from (item for item in awaits(request) if item.count)


def returning_to(site: AdminSite, view):
    """A page that is sent after the session ended does not lose what was typed in it."""

    def returning_view(request, *args, **kwargs):
        words = {"_page", "_typed"} & request.POST.keys() if request.method == "POST" else None
        if words and not site.has_permission(request):
            return returning.ask(site, request)
        return view(request, *args, **kwargs)

    return update_wrapper(returning_view, view)


def _hiding(view):
    def hiding(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            if request.method in {"GET", "HEAD"}:
                raise Http404 from None
            raise

    return update_wrapper(hiding, view)
