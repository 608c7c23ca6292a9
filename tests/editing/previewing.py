"""Asking for previews in tests, and what a database holds."""

import re

from django.apps import apps
from django.db import connection

from tests.desk import admin_url, form_of


def asking(desk, record_or_model, *, lang="en", **changes):
    """Opens the page of a record, or of a new one; what is returned asks for its preview with some fields changed."""
    is_new = isinstance(record_or_model, type)
    page, preview = ("add", "add_preview") if is_new else ("change", "preview")
    data = form_of(desk.get(record_or_model, page), f"{record_or_model._meta.model_name}_form") | changes
    return lambda: desk.client.post(f"{admin_url(record_or_model, preview)}?lang={lang}", data)


def previewed(desk, record_or_model, **changes):
    """The answer to the preview of a record's page with some fields changed."""
    return asking(desk, record_or_model, **changes)()


def hindrances(response):
    """The sentences that stand in the place of a preview."""
    return re.findall(r"<li>(.*?)</li>", response.content.decode().partition("data-hindrances")[2])


def everything() -> dict[str, None]:
    """All rows of all tables, the index included."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables |= {name for name in connection.introspection.table_names() if not name.startswith("sqlite_")}
    with connection.cursor() as cursor:
        found: dict[str, None] = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            found |= {f"{table} {row}": None for row in cursor.fetchall()}
    return found
