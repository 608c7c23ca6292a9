"""Asking for previews in tests, and what a database holds."""

import re

from django.apps import apps
from django.db import connection

from tests.desk import admin_url, form_of


def previewed(desk, record, *, lang="en", **changes):
    """The answer to the preview of a record's page with some fields changed."""
    data = form_of(desk.get(record, "change"), f"{record._meta.model_name}_form") | changes
    return desk.client.post(f"{admin_url(record, 'preview')}?lang={lang}", data)


def previewed_new(desk, model, **fields):
    """The answer to the preview of a record that is being added."""
    data = form_of(desk.get(model, "add"), f"{model._meta.model_name}_form") | fields
    return desk.client.post(admin_url(model, "add_preview"), data)


def hindrances(response):
    """The sentences that stand in the place of a preview."""
    return re.findall(r"<li>(.*?)</li>", response.content.decode().partition("data-hindrances")[2])


def everything():
    """All rows of all tables, the index and the counters of keys included."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables |= {name for name in connection.introspection.table_names() if not name.startswith("sqlite_")}
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found
