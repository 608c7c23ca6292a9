"""The demo's three accounts, one for each role."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from django.contrib.auth.hashers import check_password, make_password

from workshop.accounts.models import Role, User

NAMES = {"admin": Role.ADMIN, "editor": Role.EDITOR, "author": Role.AUTHOR}


@dataclass
class Accounts:
    """What became of the accounts, for the person who runs the command."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    made_up: str = ""  # the random password; nothing else ever tells it


def enter(password: str = "") -> Accounts:
    """Create the accounts that are missing, with this password or a random one.

    A password that is given is also set on those that this function made before.
    Any other account of the same name is somebody's own, and is left alone.
    """
    done = Accounts()
    there = {user.username: user for user in User.objects.filter(username__in=NAMES)}
    missing = [name for name in NAMES if name not in there]
    stale = _opened_by_another(password, there) if password else []
    if missing and not password:
        done.made_up = secrets.token_urlsafe(12)
    if missing or stale:
        hashed = make_password(password or done.made_up)  # slow on purpose, so once for all of them
        for name in missing:
            User.objects.create(username=name, email=_mark(name), role=NAMES[name], password=hashed)
        User.objects.filter(username__in=stale).update(password=hashed)
    done.created, done.changed = missing, stale
    done.kept = [name for name in NAMES if name not in {*missing, *stale}]
    return done


def _mark(name: str) -> str:
    """The address that says whose account it is; .invalid can belong to nobody."""
    return f"{name}@demo.invalid"


def _opened_by_another(password: str, there: dict[str, User]) -> list[str]:
    """The accounts of ours that this password does not open; hashing is slow, so each hash is tried once."""
    ours = {name: there[name].password for name in NAMES if name in there and there[name].email == _mark(name)}
    opens = {hashed: check_password(password, hashed) for hashed in set(ours.values())}
    return [name for name, hashed in ours.items() if not opens[hashed]]
