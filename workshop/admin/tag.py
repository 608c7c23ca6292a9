"""Keywords at the desk: they are typed on records; here a spelling is mended, or one removed that nobody uses."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.utils.html import format_html

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
    comes_back = "Type it on a record, and it is there again."

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(use_count=Count("taggit_taggeditem_items"))

    @admin.display(description="used", ordering="use_count")
    def uses(self, tag):
        return tag.use_count

    def has_add_permission(self, request):
        return False

    # --- deleting ------------------------------------------------------------------------

    def get_deleted_objects(self, objs, request):
        """Nothing goes with a keyword: one that is used stays."""
        gone, counts, missing, protected = super().get_deleted_objects(objs, request)
        keys = [tag.pk for tag in objs]
        used = self.get_queryset(request).filter(pk__in=keys, use_count__gt=0).order_by("name")
        kept = [
            format_html('“{}”: {}. <a class="desk-link" href="{}">Merge it instead</a>', *each)
            for each in ((tag, _on_records(tag), self._to("merge", tag.pk)) for tag in used)
        ]
        return gone, counts, missing, [*protected, *kept]

    def delete_view(self, request, object_id, extra_context=None):
        """Of one that is used, the way to what is meant: merging it into another one."""
        tag = self.get_object(request, unquote(object_id))
        if tag is not None and tag.use_count and self.has_delete_permission(request, tag):
            said = f"“{tag}” is not deleted: it stands on {_on_records(tag)}."
            messages.warning(request, f"{said} Merge it into another one, or take it off these first.")
            return HttpResponseRedirect(self._to("merge", tag.pk))
        return super().delete_view(request, object_id, extra_context)

    def response_delete(self, request, obj_display, obj_id):
        response = super().response_delete(request, obj_display, obj_id)
        messages.info(request, self.comes_back)
        return response


def _on_records(tag) -> str:
    return "1 record" if tag.use_count == 1 else f"{tag.use_count} records"
