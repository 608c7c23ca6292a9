"""The library's pages beside the list and the form: uploads, choices with thumbnails, pictures to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html

from workshop.editing.pictures import preview_url
from workshop.editing.site import Search
from workshop.images import renditions, serving
from workshop.images.models import Image
from workshop.library import uploads
from workshop.library.uploads import Outcome
from workshop.library.uses import uses_of

FOR_THE_DESK = "private, no-store"
LIST = "admin:images_image_changelist"


class PictureSearch(Search):
    """What search fields for pictures offer: each with its thumbnail."""

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        return found | {"thumbnail": preview_url(obj.pk)} if isinstance(obj, Image) else found


class LibraryPages:
    """Stands before an admin class, for the admin of pictures."""

    def get_urls(self):
        def wrap(view):
            return self.admin_site.admin_view(view)

        return [
            path("upload/", wrap(self.upload_view), name="images_image_upload"),
            path("choices/", wrap(self.choices_view), name="images_image_choices"),
            path("<int:pk>/preview/<int:width>/", wrap(self.picture_view), name="images_image_preview"),
            path("<int:pk>/square/", wrap(self.square_view), name="images_image_square"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """The list, with the place where pictures are dropped, for those who may add any."""
        limits = {"files": uploads.MOST_FILES, "megabytes": uploads.MOST_BYTES // 1024 // 1024}
        may_drop = self.has_add_permission(request) and "_popup" not in request.GET
        return super().changelist_view(request, {"upload": limits if may_drop else None, **(extra_context or {})})

    # --- uploads ----------------------------------------------------------------------

    def upload_view(self, request) -> HttpResponse:
        """Make drafts of several files; says of each what became of it, to a script or on the list."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        outcomes = uploads.take_all(request.FILES.getlist("files"), by=request.user)
        for outcome in outcomes:
            if outcome.new:
                self.log_addition(request, outcome.image, [{"added": {}}])
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"files": [_for_script(outcome) for outcome in outcomes]})
        _say(request, outcomes)
        return HttpResponseRedirect(reverse(LIST))

    # --- looking at them ---------------------------------------------------------------

    def choices_view(self, request) -> HttpResponseBase:
        """What a search field offers."""
        return PictureSearch.as_view(admin_site=self.admin_site)(request)

    def picture_view(self, request, pk: int, width: int):
        """The picture, public or not, for those who may choose it."""
        image = self._chooseable(request, pk)
        sizes = [size for size in renditions.scaled(image) if size.width >= width]
        return self._sent(request, image, sizes[0] if sizes else None)

    def square_view(self, request, pk: int):
        """The picture cut square, as portraits are."""
        image = self._chooseable(request, pk)
        return self._sent(request, image, renditions.squares(image)[-1])

    def _chooseable(self, request, pk: int) -> Image:
        image = self.get_seen(request).filter(pk=pk).first()
        if image is None:
            raise Http404
        return image

    def _sent(self, request, image: Image, size: renditions.Rendition | None):
        try:
            if size:
                renditions.make(image, size)
            return serving.send(request, size.name if size else str(image.file.name), FOR_THE_DESK)
        except FileNotFoundError as error:
            raise Http404 from error

    # --- before one is withdrawn ---------------------------------------------------------

    def _ask(self, request, step, form, records, chosen=()):
        """Say where the pictures are used, before they are withdrawn."""
        response = super()._ask(request, step, form, records, chosen)
        if step.name == "withdraw":
            response.template_name = "admin/images/image/step.html"
            response.context_data["uses"] = uses_of(records, request.user)
        return response


def _for_script(outcome: Outcome) -> dict[str, Any]:
    there = outcome.image
    return {
        "name": outcome.name,
        "said": outcome.said,
        "new": outcome.new,
        "url": reverse("admin:images_image_change", args=[there.pk]) if there else "",
        "thumbnail": preview_url(there.pk) if there else "",
    }


def _say(request, outcomes: list[Outcome]) -> None:
    if not outcomes:
        messages.error(request, "Choose at least one picture.")
    if new := [outcome for outcome in outcomes if outcome.new]:
        count = "1 picture is" if len(new) == 1 else f"{len(new)} pictures are"
        messages.success(request, f"{count} in the library, as drafts. Each needs its words and its credit.")
    for outcome in outcomes:
        if outcome.image and not outcome.new:
            address = reverse("admin:images_image_change", args=[outcome.image.pk])
            messages.info(
                request, format_html("“{}”: {} <a href='{}'>Open it</a>", outcome.name, outcome.said, address)
            )
        elif not outcome.new:
            messages.error(request, f"“{outcome.name}”: {outcome.said}")
