"""A page that made a record, and is sent again: what it says by now belongs to that record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.http import urlencode

from workshop.editing import keeping
from workshop.editing.content import DELETE, Content, Fields, is_new, new_row, plainly
from workshop.editing.models import Revision, Unsaved
from workshop.editing.work import Work

ALREADY = "This was saved already, when you first sent it."
SINCE = "This page made “{}” when you first sent it. What you wrote since is kept, and not saved yet: save it here."
TWIN = "You made the same a few minutes ago: {}. If one is enough, delete one of them."


class SentAgain:
    """The part of a record's admin that knows the pages which have made records."""

    model: Any
    has_add_permission: Any
    get_object: Any
    response_add: Any
    _page_of: Any

    def _made_before(self, request) -> HttpResponse | None:
        """Where a page leads that has made a record: to that record, with what was written since."""
        page = request.POST.get("_page") or request.GET.get("unsaved") or ""
        made = keeping.made_by(page, self.model, request.user) if self.has_add_permission(request) else None
        if made is None:
            return None
        if request.method == "POST":
            work = Work(self, request, None)
            differs = self._keep_for_made(request, made, work.posted, work.beside)
        else:
            differs = self._take_along(request, made)
        messages.info(request, SINCE.format(made.title) if differs else ALREADY)
        if IS_POPUP_VAR in request.POST and (record := self.get_object(request, str(made.object_id))):
            return self.response_add(request, record)
        query = f"?{urlencode({'unsaved': page})}" if differs else ""
        return HttpResponseRedirect(f"{self._page_of(made.object_id)}{query}")

    def _take_along(self, request, made: Revision) -> bool:
        """Words that were kept before the save was done become those of the record; whether there are any."""
        kept = Unsaved.objects.filter(author=request.user, page=made.page).first()
        if kept is None or kept.object_id is not None:
            return kept is not None
        return self._keep_for_made(request, made, kept.content, kept.beside)

    def _keep_for_made(self, request, made: Revision, content: Content, beside: dict[str, str]) -> bool:
        """Keep what a page says since it made a record, as unsaved of that record; whether it says anything else."""
        if content.words == made.sent:
            keeping.forget_unsaved(by=request.user, page=made.page)
            return False
        keeping.keep_unsaved(
            model=self.model,
            key=made.object_id,
            page=made.page,
            content=of_the_record(made.content, content),
            base=made.fingerprint,
            by=request.user,
            beside=beside,
        )
        return True

    def _tell_of_twin(self, request, obj) -> None:
        """Say so where the same person has just made the same: somebody who went back, and saved once more."""
        made = keeping.just_made(by=request.user, record=obj)
        if made is not None and (twin := self.get_object(request, str(made.object_id))):
            link = format_html('<a href="{}">{}</a>', self._page_of(twin.pk), twin)
            messages.warning(request, format_html(TWIN, link))


def of_the_record(made: Content, sent: Content) -> Content:
    """What was sent of the page that adds a record, as the page of the record it made would send it.

    Rows have keys by now: equal ones are found first, others in their order. What is empty
    stays as it is stored, because the save may have filled it: an address, a code.
    """
    rows = {
        prefix: _rows(stored, [row for row in sent.rows.get(prefix, {}).values() if not row.get(DELETE)])
        for prefix, stored in made.rows.items()
    }
    return Content(_over(made.fields, sent.fields), rows)


def _rows(stored: dict[str, Fields], sent: list[Fields]) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    others = []
    for row in sent:
        key = next((key for key in stored if key not in found and _over(stored[key], row) == stored[key]), None)
        if key is None:
            others.append(row)
        else:
            found[key] = stored[key]
    left = [key for key in stored if key not in found and not is_new(key)]
    for row in others:
        key = left.pop(0) if left else new_row()
        found[key] = _over(stored[key], row) if key in stored else row
    in_order = [key for key in stored if key in found] + [key for key in found if key not in stored]
    return {key: found[key] for key in in_order}


def _over(stored: Fields, sent: Fields) -> Fields:
    """Stored values, with those in their place that say something, and something else."""
    said = {name: values for name, values in sent.items() if name in stored or values}
    return stored | {
        name: values
        for name, values in said.items()
        if plainly(values) and plainly(values) != plainly(stored.get(name, []))
    }
