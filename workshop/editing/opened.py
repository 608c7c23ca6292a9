"""That somebody has opened a record to work on it: the page carries a seal that says so when it is sent."""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import models

SALT = "workshop.editing.opened"


def seal(*, user: Any, model: type[models.Model], key: int, state: str) -> str:
    """For the page of a record that a user may work on, with the state it is in."""
    return Signer(salt=SALT).sign(f"{_named(user, model, key)}{state}")


def state_at(sealed: str, *, user: Any, model: type[models.Model], key: int) -> str | None:
    """The state in which this very user opened this very record; None where they did not."""
    try:
        said = Signer(salt=SALT).unsign(sealed)
    except BadSignature:
        return None
    named = _named(user, model, key)
    return said.removeprefix(named) if said.startswith(named) else None


def _named(user: Any, model: type[models.Model], key: int) -> str:
    return f"{user.pk}|{model._meta.label_lower}|{key}|"
