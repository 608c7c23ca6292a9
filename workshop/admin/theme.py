"""Themes at the desk."""

from django.contrib import admin

from workshop.admin.merging import MergePages
from workshop.admin.publishing import PublishableAdmin
from workshop.editing.columns import Mine, changed, korean, state
from workshop.editing.records import TabularRows
from workshop.models import Theme, ThemeMatch


class MatchRows(TabularRows):
    """Themes of other schemes that mean the same, or more."""

    model = ThemeMatch
    fk_name = "theme"
    autocomplete_fields = ("match",)
    verbose_name = "match"
    verbose_name_plural = "matches in other schemes: what the UN already asked is found through them"


@admin.register(Theme)
class ThemeAdmin(MergePages, PublishableAdmin):
    """A theme: the curated subjects."""

    group, place = "Programme", 4
    lists_from_index = True
    list_display = ("name_shown", state, "scheme", "parent", changed)
    list_select_related = ("parent",)
    list_filter = ("state", "scheme", Mine)
    search_fields = ("name", "name_ko", "synonyms")
    autocomplete_fields = ("parent",)
    inlines = (MatchRows,)
    fieldsets = (
        (None, {"fields": ("name", "description", "synonyms", "parent", "scheme")}),
        korean("name", "description"),
        ("Address", {"fields": ("slug",), "classes": ["collapse"]}),
    )

    @admin.display(description="name", ordering="name")
    def name_shown(self, theme):
        return str(theme)
