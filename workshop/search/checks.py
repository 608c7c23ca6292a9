"""An index that is missing, or does not fit the records, is named at the start."""

from __future__ import annotations

from django.core.checks import Tags, Warning, register

from workshop.search.building import has_tables, is_ready
from workshop.search.kinds import RECORDS
from workshop.search.models import Entry
from workshop.search.sources import MODELS

HINT = "Run: python manage.py rebuild_search"


@register(Tags.database)
def index_fits(app_configs, databases=None, **kwargs):
    """As many entries as public records, kind by kind. ``rebuild_search --check`` compares their content."""
    if not databases or "default" not in databases or not has_tables():
        return []
    if not is_ready():
        return [Warning("The search index is missing or of an older format.", hint=HINT, id="rapporteur.W002")]
    warnings = []
    for kind, model in MODELS.items():
        if hasattr(model._default_manager, "public"):
            public = model._default_manager.public().count()
            indexed = Entry.objects.filter(kind=RECORDS[kind]).count()
            if public != indexed:
                said = f"The search index has {indexed} of kind {kind}, the database {public} that are public."
                warnings.append(Warning(said, hint=HINT, id="rapporteur.W001"))
    return warnings
