"""Series at the desk."""

from django.contrib import admin

from workshop.admin.publishing import PublishableAdmin
from workshop.editing.columns import changed, count_of, korean, state
from workshop.models import Series, Workshop


@admin.register(Series)
class SeriesAdmin(PublishableAdmin):
    """A series: what comes back every year."""

    group, place = "Programme", 1
    list_display = ("name_shown", state, "code", "editions", changed)
    search_fields = ("name", "name_ko", "code")
    autocomplete_fields = ("hosts", "funders")
    fieldsets = (
        (None, {"fields": ("name", "code", "about", "recurrence", "hosts", "funders")}),
        korean("name", "about", "recurrence"),
        ("Addresses", {"fields": ("url", "slug"), "classes": ["collapse"]}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(edition_count=count_of(Workshop, "series"))

    @admin.display(description="name", ordering="name")
    def name_shown(self, series):
        return str(series)

    @admin.display(description="editions", ordering="edition_count")
    def editions(self, series):
        return series.edition_count

    def get_readonly_fields(self, request, obj=None):
        """A code that editions were named after stays."""
        return ("code",) if obj is not None and obj.was_published else ()
