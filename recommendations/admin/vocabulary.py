"""Fixed lists, found from recommendations; nobody edits them."""

from django.contrib import admin

from recommendations.models import AffectedGroup, Goal
from workshop.editing.records import FoundOnly


@admin.register(AffectedGroup)
class AffectedGroupAdmin(FoundOnly):
    """Groups of affected persons, in the words of the Universal Human Rights Index."""

    search_fields = ("name", "name_ko")


@admin.register(Goal)
class GoalAdmin(FoundOnly):
    """The Sustainable Development Goals."""

    search_fields = ("number", "name", "name_ko")
