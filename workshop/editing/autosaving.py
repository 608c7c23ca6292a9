"""While somebody types: a page keeps it for them every few seconds, and tells who else is there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from workshop.editing import keeping
from workshop.editing.models import Revision, name_of
from workshop.editing.work import Work

RECEIVED = 50  # of what a browser sent last, remembered for its session


class Autosaving:
    """The part of a record's admin that scripts speak with. Stands before ``SentAgain``."""

    admin_site: Any
    model: Any
    opts: Any
    work_on: Any
    keep: Any
    desk_address: Any

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("add/autosave/", self.autosave_view, name=f"{name}_add_autosave"),
            path("<path:object_id>/autosave/", self.autosave_view, name=f"{name}_autosave"),
            *super().get_urls(),
        ]

    @method_decorator([require_POST, csrf_protect])
    def autosave_view(self, request, object_id: str | None = None) -> HttpResponse:
        """Keep what is typed, for its author; tell who else is there, and whether somebody saved.

        Answers 401 where the session is over, and 404 for what one may not work on.
        """
        if not self.admin_site.has_permission(request):
            return JsonResponse({}, status=401)
        work = self.work_on(request, object_id)
        record = work.record
        if "_drop" in request.POST:
            keeping.forget_unsaved(by=request.user, page=request.POST["_drop"])
            return self._dropped(request, record)
        if "_left" in request.POST:
            return self._left(request, record)
        if "_waited" in request.POST:
            return JsonResponse({"kept": self._take_in(request, work)})
        if "_beat" not in request.POST:
            self._keep_if_new(request, work)
        if record is not None:
            keeping.present(record=record, user=request.user, page=work.page)
        return JsonResponse(self._news(request, work))

    def _keep_if_new(self, request, work: Work) -> bool:
        if work.record is None and (made := keeping.made_by(work.page, self.model, request.user)):
            return self._keep_for_made(request, made, work.posted, work.beside)
        if work.record is not None and work.posted.says_the_same(work.current):
            keeping.forget_unsaved(by=request.user, page=work.page)
            return False
        self.keep(request, work)
        return True

    def _take_in(self, request, work: Work) -> bool:
        """Keep what waited in a browser, and say whether it was new: it may have arrived by its button.

        The session remembers what has; where it has ended, the versions that were saved do.
        """
        arrived = request.POST.get("_sent") in request.session.get("received", [])
        if not arrived and work.record is not None:
            arrived = keeping.saved_since(record=work.record, by=request.user, content=work.posted, base=work.begun)
        return not arrived and self._keep_if_new(request, work)

    def _news(self, request, work: Work) -> dict[str, Any]:
        now = timezone.localtime()
        news: dict[str, Any] = {"at": f"{now:%H:%M}", "others": [], "newer": "", "moved": ""}
        if work.record is not None:
            news["moved"] = self.moved(work)
            news["others"] = keeping.others_at(work.record, request.user, work.page)
            if request.POST.get("_base") != work.base:
                latest = Revision.objects.of(work.record).select_related("author").first()
                news["newer"] = name_of(latest.author) if latest else "Somebody"
        return news

    def moved(self, work: Work) -> str:
        """A sentence, where the record is not what it was when the page was opened, whatever it holds."""
        return ""

    def _left(self, request, record) -> HttpResponse:
        """Somebody has closed the page: their colleagues need not wait a minute to know."""
        if record is not None:
            keeping.absent(record=record, user=request.user, page=request.POST.get("_page", "")[:32] or "-")
        return JsonResponse({})

    def _dropped(self, request, record) -> HttpResponse:
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({})
        messages.info(request, "What you had not saved is dropped.")
        return HttpResponseRedirect(self.desk_address("change" if record else "add", record))

    def receive(self, request) -> None:
        """Remember that what a browser sent has arrived: it keeps it until it knows."""
        if sent := request.POST.get("_sent", "")[:32]:
            request.session["received"] = [*request.session.get("received", []), sent][-RECEIVED:]
