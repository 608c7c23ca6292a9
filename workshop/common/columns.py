"""A column's value as JSON holds it, and out of it again: to the microsecond, whichever database it lies in."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

from django.db import models


def plain(value: Any) -> Any:
    """The value for JSON; ``read`` is its way back."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def read(field: Any, value: Any) -> Any:
    """The value of a field's column. Raises ValidationError for one that it cannot hold."""
    if value is None or isinstance(field, models.JSONField):
        return value
    return (field.target_field if field.is_relation else field).to_python(value)
