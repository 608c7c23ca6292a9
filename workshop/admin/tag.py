"""Keywords at the desk: they are typed on records; here a spelling is mended, or one removed."""

from django.contrib import admin
from django.db.models import Count

from workshop.admin.live import ShownAtOnce
from workshop.admin.merging import MergePages
from workshop.common.keywords import Tag
from workshop.editing.records import RecordAdmin

if admin.site.is_registered(Tag):  # its library brings a page of its own
    admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(MergePages, ShownAtOnce, RecordAdmin):
    """A keyword, wherever it is used."""

    group, place = "Sources", 3
    list_display = ("name", "uses")
    search_fields = ("name",)
    fields = ("name", "slug")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(use_count=Count("taggit_taggeditem_items"))

    @admin.display(description="used", ordering="use_count")
    def uses(self, tag):
        return tag.use_count

    def has_add_permission(self, request):
        return False
