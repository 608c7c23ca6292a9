"""What the field for longer texts asks the server: the text as readers get it, and records to link to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from workshop.admin.texts import broken_links
from workshop.common.writing.limits import LONGEST
from workshop.common.writing.tidying import tidy
from workshop.editing.records import RecordAdmin
from workshop.editing.remarks import remarks_on
from workshop.references import Reference, kinds, linked, public_pages, reference_to, references_in

LONGEST_TERM = 100
WORDS_READ = 8  # each is looked for in several fields
FOUND = 8  # of each kind


@dataclass(frozen=True)
class Found:
    """A record that a text can link to."""

    title: str
    kind: str
    reference: Reference
    standing: str  # "draft"; empty for what is public

    @property
    def markdown(self) -> str:
        """What to write for it."""
        title = self.title.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return f"[{title}]({self.reference})"


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """A text as its public page shows it, with remarks on it."""
    text = tidy(request.POST.get("text", ""))
    if len(text) > LONGEST:
        said = f"This text is too long for a preview: {len(text):,} characters of at most {LONGEST:,}."
        return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")
    language = _language(request.POST)
    with override(language):
        html = linked(text, public_pages(references_in(text)), language)
    remarks = [*remarks_on(text), *broken_links(text)]
    return render(request, "admin/writing/preview.html", {"html": html, "language": language, "remarks": remarks})


@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """The page that finds records by their titles and says how to link to them; the script reads it, too."""
    term = " ".join(request.GET.get("q", "")[:LONGEST_TERM].split()[:WORDS_READ])
    found = list(_found(request, term, _language(request.GET))) if term else []
    context = {
        **admin.site.each_context(request),
        "title": "Link to a record",
        "term": term,
        "language": _language(request.GET),
        "found": found,
    }
    return render(request, "admin/writing/records.html", context)


def _language(given: Any) -> str:
    return "ko" if given.get("lang") == "ko" else "en"


def _found(request: HttpRequest, term: str, language: str) -> Iterator[Found]:
    """What the person may choose in other records, kind by kind."""
    for kind, entry in kinds().items():
        model_admin = admin.site._registry.get(entry.model)
        if not isinstance(model_admin, RecordAdmin):
            continue
        choices = model_admin.get_choices(request)
        matching, _repeated = model_admin.get_search_results(request, choices, term)
        keys = _first(matching, entry.title, term)
        rows = entry.model._default_manager.in_bulk(keys)
        public = public_pages(Reference(kind, key) for key in keys)
        for record in (rows[key] for key in keys):
            reference = reference_to(record)
            yield Found(
                title=str(record.text(entry.title, language)),
                kind=capfirst(str(record._meta.verbose_name)),
                reference=reference,
                standing="" if reference in public else _standing(record),
            )


def _first(matching: Any, title: str, term: str) -> list[int]:
    """Keys of the first that match: those whose titles begin with the term, then the newest."""
    keys = matching.order_by("-pk").values_list("pk", flat=True).distinct()
    begins = Q(**{f"{title}__istartswith": term}) | Q(**{f"{title}_ko__istartswith": term})
    return list(dict.fromkeys([*keys.filter(begins)[:FOUND], *keys[:FOUND]]))[:FOUND]


def _standing(record: Any) -> str:
    return "not public" if record.state == "published" else record.get_state_display().lower()


urlpatterns = [
    path("preview/", admin.site.admin_view(preview), name="writing-preview"),
    path("records/", admin.site.admin_view(records), name="writing-records"),
]
