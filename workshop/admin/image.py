"""Pictures at the desk: made anew from what is uploaded, before the database is touched."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from workshop.admin.image_forms import ImageForm, RefusedUpload
from workshop.admin.library import LibraryPages
from workshop.admin.publishing import PublishableAdmin
from workshop.common.publishing import State
from workshop.editing.columns import Lacks, Mine, changed, korean, preview, state
from workshop.editing.frontpage import at_most
from workshop.images.models import Image
from workshop.images.processing import Picture, accept
from workshop.library.sizes import TRIES
from workshop.library.uses import count_of_uses, used_q, uses_of


def gaps() -> list[tuple[str, str, Q]]:
    """What a picture needs before it is published, and when it is missing."""
    kept = ~Q(state=State.WITHDRAWN)
    return [
        ("credit", "A credit", kept & Q(credit="")),
        ("alt", "Alternative text", kept & Q(decorative=False, alt="", alt_ko="")),
    ]


class PictureLacks(Lacks):
    """Pictures that cannot be published as they are."""

    def gaps(self):
        return [
            *gaps(),
            ("sizes", "Sizes: they could not be made", ~Q(state=State.WITHDRAWN) & Q(sizes_failed__gte=TRIES)),
        ]


class Used(admin.SimpleListFilter):
    """Whether a record that one may see shows the picture."""

    title = "use"
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("yes", "Used"), ("no", "Not used")]

    def queryset(self, request, queryset):
        if self.value() not in {"yes", "no"}:
            return queryset
        used = used_q(request.user)
        return queryset.filter(used if self.value() == "yes" else ~used)


@admin.register(Image)
class ImageAdmin(LibraryPages, PublishableAdmin):
    """A picture, its words and its credit."""

    group, place = "Sources", 2
    can_be_copied = False
    form = ImageForm
    list_display = ("thumbnail", "words", "lacks", state, "credit", "uses", "size", changed)
    list_display_links = ("thumbnail", "words")
    list_filter = ("state", PictureLacks, Used, Mine)
    empty_value_display = ""  # what is lacking is said in words
    list_per_page = 48
    list_max_show_all = 96
    search_fields = ("alt", "alt_ko", "caption", "caption_ko", "credit", "place", "wording")
    readonly_fields = ("as_it_is", "used_in")
    fieldsets = (
        (None, {"fields": ("as_it_is", "file", "alt", "decorative", "caption", ("credit", "licence"))}),
        ("What it shows", {"fields": ("place", ("taken_on", "taken_on_precision"), "wording", "wording_translation")}),
        (
            "Where to cut it",
            {
                "fields": (("focal_x", "focal_y"),),
                "description": "Portraits are cut square around this point: 0 is left or top, 1 right or bottom.",
                "classes": ["collapse"],
            },
        ),
        korean("alt", "caption"),
        ("Where it is used", {"fields": ("used_in",)}),
    )

    class Media:
        css = {"all": ["css/desk-pictures.css"]}
        js = [Script("js/desk-upload.js", defer=True), Script("js/focal-point.js", defer=True)]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses_there=count_of_uses(request.user))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Look at the upload first: on SQLite nobody else can save while a transaction is open."""
        upload = request.FILES.get("file") if request.method == "POST" else None
        if upload:
            try:
                request.FILES["file"] = accept(upload)
            except ValidationError as error:
                request.FILES["file"] = RefusedUpload(error)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        """The picture; where it is used is said as far as who looks at it may see."""
        image = super().get_object(request, object_id, from_field)
        if image is not None:
            image.looked_at_by = request.user
        return image

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request, obj, form, change):
        """Save. Its sizes are made in the background, also those of a file that comes back."""
        made = form.cleaned_data.get("file")
        if "file" in form.changed_data:
            obj.digest = made.digest if isinstance(made, Picture) else ""
            obj.sizes_for = ""
        super().save_model(request, obj, form, change)

    @admin.display(description="picture")
    def thumbnail(self, image):
        return preview(image)

    @admin.display(description="alternative text", ordering="alt")
    def words(self, image):
        if image.decorative:
            return "Decorative"
        return image.alt or image.alt_ko or image.caption or image.caption_ko or f"Picture {image.pk}"

    @admin.display(description="lacks")
    def lacks(self, image):
        lacking = ["a credit"] if not image.credit else []
        lacking += ["alternative text"] if not (image.decorative or image.alt or image.alt_ko) else []
        return format_html('<span class="picture-lacks">Lacks {}</span>', " and ".join(lacking)) if lacking else ""

    @admin.display(description="used", ordering="uses_there")
    def uses(self, image):
        return f"Used {image.uses_there}×" if image.uses_there else "Not used"

    @admin.display(description="size")
    def size(self, image):
        return format_html("{}&nbsp;×&nbsp;{}", image.width, image.height)

    @admin.display(description="as it is")
    def as_it_is(self, image):
        if not image.pk:
            return "You will see it here once it is saved."
        square = reverse("admin:images_image_square", args=[image.pk])
        failed = image.sizes_failed >= TRIES
        context = {"image": image, "preview": preview(image, 640), "square": square, "failed": failed}
        return render_to_string("admin/images/image/as_it_is.html", context)

    @admin.display(description="used in")
    def used_in(self, image):
        if not image.pk:
            return "Nowhere yet."
        return render_to_string("admin/images/image/uses.html", {"uses": uses_of([image], image.looked_at_by)})

    def awaits(self, request):
        """Pictures that cannot be published as they are."""
        words = {"credit": "without a credit", "alt": "without alternative text"}
        if request.user.publishes:
            for name, _, condition in gaps():
                yield self.waiting(at_most(Image.objects.filter(condition)), words[name], f"lacks={name}")
