"""What public pages share: the record or its fate, and lists of what is public."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.generic import DetailView, ListView

from workshop.common.dates import VagueDate
from workshop.common.prepared import Prepared
from workshop.common.publishing import SILENT_WITHDRAWALS, State
from workshop.registry import entry_of
from workshop.slugs.models import OldSlug
from workshop.templatetags.rapporteur import marked
from workshop.views.context import site, site_without_address
from workshop.views.corrected import corrections_of, is_corrected
from workshop.views.links import Link, permanent_url
from workshop.views.pagination import pages_of


@cache
def _record_of(view: Any) -> Prepared:
    """The public record of a page by the last part of its address."""
    name = entry_of(view.model).key
    public, corrected = view.model._default_manager.public(), is_corrected(view.model)
    return Prepared(lambda key: view().related(public.annotate(is_corrected=corrected)).filter(**{name: key}))


def past_public(record) -> bool:
    """True for a record that was public, is not any more, and says so with a 410.

    One that was withdrawn and waits to be public again is among them.
    """
    over = record.state == State.PUBLISHED and record.withdraw_at and record.withdraw_at <= timezone.now()
    withdrawn = record.state == State.WITHDRAWN or record.withdrawn_at
    return record.was_published and bool(withdrawn or over)


class PublicDetail(DetailView):
    """A record's page: itself, a redirect from its old address, 410, or 404.

    Subclasses name ``model`` and ``section``, narrow ``related()``, and answer
    ``page()`` with the finished values that their template shows.
    """

    reads: frozenset[str] = frozenset()  # parameters of its address: see workshop.caching
    model: Any
    section = ""
    index_name: Any = ""
    context_object_name = "record"

    def related(self, records):
        """Add what the page shows: select and prefetch public records. Asked once for all pages."""
        return records

    def steps(self, record) -> list[Link]:
        """The way back, from the top; the index by default."""
        return [Link(str(self.index_name), reverse(f"{entry_of(self.model).name}-list"))] if self.index_name else []

    def page(self, record) -> dict[str, Any]:
        """What the template shows beside the record's own texts."""
        return {}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        record = self.object
        here = Link.to(record).label
        page = {"section": self.section, "steps": self.steps(record), "here": here} | self.page(record)
        page["corrections"] = corrections_of(record)
        page["description"] = page.get("description") or str(here)
        return super().get_context_data(**page, **kwargs)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        key = kwargs[entry_of(self.model).key]
        view: Any = type(self)
        self.object = next(iter(_record_of(view)(key)), None)
        if self.object is not None:
            return self.render_to_response(self.get_context_data(object=self.object))
        return self.absent(request, key)

    def absent(self, request: HttpRequest, key: str) -> HttpResponse:
        """A redirect, a 410 for what was withdrawn; else 404, whatever the reason."""
        entry, everywhere = entry_of(self.model), self.model._default_manager
        record = everywhere.filter(**{entry.key: key}).first()
        if entry.key == "slug" and (record is None or not record.was_published):  # a draft must not stand in the way
            moved = OldSlug.objects.target(self.model, key)
            if target := everywhere.public().filter(pk=moved).first():
                return HttpResponsePermanentRedirect(target.get_absolute_url())
            record = everywhere.filter(pk=moved).first()
        if record is not None and past_public(record):
            return gone(request, record)
        raise Http404


def owners_are_public(record) -> bool:
    """True where everything that the record belongs to is public."""
    owners = [owner for name in record.hidden_with if (owner := getattr(record, name)) is not None]
    return all(type(owner)._default_manager.public().filter(pk=owner.pk).exists() for owner in owners)


def gone(request: HttpRequest, record) -> HttpResponse:
    """410: code, date and kind; title and address too, unless even these are kept back.

    They are kept back as well where the record stands in something that is not public.
    """
    shown = record.withdrawal and record.withdrawal not in SILENT_WITHDRAWALS and owners_are_public(record)
    context: dict[str, Any] = site_without_address(request) | {
        "code": getattr(record, "code", "").upper(),
        "date": VagueDate(timezone.localdate(record.withdrawn_at or record.withdraw_at)),
        "kind": record.get_withdrawal_display(),
    }
    if shown:
        title = record.text(entry_of(type(record)).title)
        context |= {"title": title, "citation": format_html("“{}” {}", marked(title), permanent_url(record))}
    return render(request, "410.html", context, status=410)


class PublicList(ListView):
    """An index of public records. A page past the end is 404.

    Subclasses name ``model`` and ``section``, and answer ``rows()`` with what
    their template lists.
    """

    reads: frozenset[str] = frozenset({"page"})
    paginate_by: int | None = 50
    section = ""
    context_object_name = "records"
    paginator_class = Paginator

    def get_queryset(self):
        return self.related(self.model._default_manager.public())

    def related(self, records):
        """Order, narrow or annotate the records, before they are cut into pages."""
        return records

    def rows(self, records) -> list[Any]:
        """The rows of one page of records, in a constant number of queries."""
        return list(records)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(section=self.section, **kwargs)
        context["rows"] = self.rows(context["records"])
        if page := context["page_obj"]:
            context["pages"] = pages_of(page, lambda number: f"?page={number}")
            if page.number > 1:  # a page of its own, for search engines too
                here = site(self.request)["site"]
                context["site"] = replace(here, canonical=f"{here.canonical}?page={page.number}")
        return context
