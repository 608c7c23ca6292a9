"""What differs between the databases: one module each, with the same functions."""

from types import ModuleType

from django.db import connection

from workshop.search.stores import postgresql, sqlite


def store() -> ModuleType:
    """The module of the database that is in use."""
    return postgresql if connection.vendor == "postgresql" else sqlite
