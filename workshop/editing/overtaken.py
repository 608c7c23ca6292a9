"""A page that is sent when its person may not work on the record any more: a colleague was faster.

What they typed is kept and shown to them, with what became of the record. Nothing else is:
who did not have it open finds no such page, as for any record that they may not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst

from workshop.editing import keeping, opened, restoring
from workshop.editing.comparing import Legible
from workshop.editing.content import DELETE, Content, Place, plainly
from workshop.editing.models import Unsaved
from workshop.editing.reading import Reader, in_order
from workshop.editing.work import Work

GONE = "It is gone, or not yours to work on any more."
CLOSED = "It is not yours to change any more."
WAITS = "What you typed is kept for 30 days, for you alone. Copy from here what you still need."
NOT_KEPT = "What you typed stands here and nowhere else: copy what you still need."


class Fate(NamedTuple):
    """What became of a record, in a sentence, and where that can be seen."""

    said: str
    url: str = ""
    link: str = ""  # the words of it


class Words(NamedTuple):
    """What was typed on one page, by label."""

    page: str  # empty where it was not kept
    at: Any
    lines: list[tuple[str, str]]


class Overtaken:
    """The part of a record's admin that answers whom a colleague overtook. Stands before ``WorkInProgress``."""

    admin_site: Any
    model: Any
    opts: Any

    # --- who had it open ------------------------------------------------------------------

    def had_open(self, request, object_id: str | None) -> int | None:
        """The key of the record that the sender of this page may have worked on; None for anything else."""
        key = restoring.key_in(unquote(object_id)) if object_id else None
        if key is None or request.method != "POST":
            return None
        state = opened.state_at(request.POST.get("_opened", ""), user=request.user, model=self.model, key=key)
        return None if state is None else key

    def _typed(self, request, key: int | None):
        """What the same person typed on pages of this record, and has not saved."""
        mine = Unsaved.objects.of_kind(self.model).filter(author=request.user)
        return mine.filter(object_id=key) if key is not None else mine.none()

    # --- what is sent too late ----------------------------------------------------------------

    def _changeform_view(self, request, object_id, form_url, extra_context):
        try:
            return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        except (Http404, PermissionDenied):
            if answer := self.answer_overtaken(request, object_id):
                return answer
            raise

    def answer_overtaken(self, request, object_id: str | None) -> HttpResponse | None:
        """What somebody typed in a record that is theirs no more; None for whom it never was."""
        key = restoring.key_in(unquote(object_id)) if object_id else None
        if key is None or self._workable(request, key):
            return None
        if request.method != "POST":
            there = self.get_object(request, str(key)) is not None  # type: ignore[attr-defined]
            typed = not there and self._typed(request, key).exists()
            return HttpResponseRedirect(self._typed_address(key)) if typed else None
        if self.had_open(request, object_id) is None:
            return None
        work = Work(self, request, None)
        if self._keep_overtaken(request, key, work):
            return HttpResponseRedirect(self._typed_address(key))
        return self._shown_overtaken(request, key, [self._words(request, "", timezone.now(), work.posted)])

    def _keep_overtaken(self, request, key: int, work: Work) -> bool:
        """Keep what was sent, unless it is to be nowhere; whether it is kept."""
        if not self.may_be_kept(key):
            return False
        keeping.keep_unsaved(
            model=self.model,
            key=key,
            page=work.page,
            content=work.posted,
            base=work.begun,
            by=request.user,
            beside=work.beside,
        )
        return True

    def autosave_view(self, request, object_id: str | None = None) -> HttpResponse:
        """Keep what is typed; where a colleague was faster, keep it too and say so."""
        try:
            return super().autosave_view(request, object_id)  # type: ignore[misc]
        except Http404:
            key = self.had_open(request, object_id)
            if key is None or "_drop" in request.POST:
                raise
        typed = not {"_left", "_beat"} & request.POST.keys()
        kept = typed and self._keep_overtaken(request, key, Work(self, request, None))
        at = f"{timezone.localtime():%H:%M}" if kept else ""
        news = {"at": at, "kept": kept, "others": [], "newer": "", "moved": self.fate_of(request, key).said}
        return JsonResponse(news)

    # --- what a subclass knows better ------------------------------------------------------------

    def may_be_kept(self, key: int) -> bool:
        """Whether words about a record that is gone may be stored."""
        return True

    def fate_of(self, request, key: int) -> Fate:
        """What became of a record, as far as this person may know."""
        record = self.get_object(request, str(key))  # type: ignore[attr-defined]
        if record is not None:
            return Fate(self.standing_of(record), self._page_of(key), str(record))  # type: ignore[attr-defined]
        deleted = restoring.deleted_for(request.user, self.model).filter(object_id=key, went_into=None).first()
        if deleted is None or not self.has_add_permission(request):  # type: ignore[attr-defined]
            return Fate(GONE)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_deleted_record"
        said = f"{deleted.who} deleted it on {restoring.moment(deleted)}."
        return Fate(said, reverse(name, args=[deleted.pk]), "See what it held, and recover it")

    def standing_of(self, record: Any) -> str:
        """Why a record that one may read is not theirs to change."""
        return CLOSED

    # --- what they typed --------------------------------------------------------------------------

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_typed"
        view = self.admin_site.admin_view(self.typed_view)
        return [path("<path:object_id>/typed/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def typed_view(self, request, object_id: str) -> HttpResponse:
        """What somebody typed in a record that is theirs no more; 404 for whom there is nothing."""
        key = restoring.key_in(unquote(object_id))
        typed = self._typed(request, key)
        if key is None or not typed:
            raise Http404
        if "_drop" in request.POST:
            keeping.forget_unsaved(by=request.user, page=request.POST["_drop"])
            messages.info(request, "What you had typed is dropped.")
            left = self._typed(request, key).exists()
            lists = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            return HttpResponseRedirect(self._typed_address(key) if left else lists)
        if self._workable(request, key):
            return HttpResponseRedirect(f"{self._page_of(key)}?unsaved={typed[0].page}")  # type: ignore[attr-defined]
        words = [self._words(request, kept.page, kept.kept_at, kept.content) for kept in typed[:5]]
        return self._shown_overtaken(request, key, words)

    def _shown_overtaken(self, request, key: int, words: list[Words]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "What you typed",
            "opts": self.opts,
            "plural": capfirst(self.opts.verbose_name_plural),
            "fate": self.fate_of(request, key),
            "kept": WAITS if all(one.page for one in words) else NOT_KEPT,
            "words": words,
        }
        response = TemplateResponse(request, "admin/typed.html", context)
        response["Cache-Control"] = "private, no-store"
        return response

    def _words(self, request, page: str, at: Any, content: Content) -> Words:
        return Words(page, at, list(_lines(Legible(self, request, None), content)))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """A page that one only reads says where the words are that one typed there before."""
        if obj is not None and getattr(request, "work", None) is None and self._typed(request, obj.pk).exists():
            context["typed_url"] = self._typed_address(obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)  # type: ignore[misc]

    def _workable(self, request, key: int) -> bool:
        record = self.get_object(request, str(key))  # type: ignore[attr-defined]
        return record is not None and self._may_work(request, str(key), record)  # type: ignore[attr-defined]

    def _typed_address(self, key: int) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_typed", args=[key])


def _lines(pages: Legible, content: Content) -> Iterator[tuple[str, str]]:
    """Everything that was typed or chosen, with its label, in the order of the form."""
    reader = Reader(pages)
    for name, values in in_order(pages.form, content.fields).items():
        place = Place("", "", name)
        if plainly(values):
            yield capfirst(reader.label(place)), reader.said_at(place, values)
    for prefix, rows in content.rows.items():
        for row, fields in rows.items():
            if prefix in pages.formsets and not fields.get(DELETE):
                yield reader.label(Place(prefix, row, ""), content), reader.row(prefix, fields)
