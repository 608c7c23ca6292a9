"""Messages to those concerned: after the commit, one for each person, and never a reason to fail.

A message leaves the house, so it says what happened to which kind of record and where
to read on; neither title nor comment, which may name somebody whose name is withheld.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models, transaction
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from workshop.accounts.models import Role, User
from workshop.reviewing.models import Review

log = logging.getLogger(__name__)
Notes = dict[str, list[str]]  # by address, what to say there

_gathered: ContextVar[Notes | None] = ContextVar("gathered", default=None)


def tell(people: Iterable[User | None], record: models.Model, what: str, by: User | None = None) -> None:
    """Write to these people once the transaction is committed, except to who did it.

    ``what`` comes before the kind of the record; ``{by}`` stands for who did it,
    or for the clock.
    """
    addresses = {person.email for person in people if person is not None and person != by and _reachable(person)}
    if addresses:
        note = f"{what.format(by=by.called if by else 'The clock')}: {_named(record)}\n{_address(record)}"
        transaction.on_commit(partial(_send_or_gather, {address: [note] for address in addresses}))


def asked_in(review: Review) -> Iterable[User]:
    """Who is asked: the person, or everybody of the role."""
    return [review.to_user] if review.to_user else of_role(review.to_role)


def of_role(role: str) -> Iterable[User]:
    """Everybody who acts in a role; admins are editors as well."""
    roles = [Role.ADMIN] if role == Role.ADMIN else [Role.EDITOR, Role.ADMIN]
    return User.objects.filter(Q(role__in=roles) | Q(is_superuser=True), is_active=True).exclude(email="")


@contextmanager
def gathered() -> Iterator[None]:
    """What is done to many records at once is told to each person in one message, at the end."""
    notes: Notes = {}
    token = _gathered.set(notes)
    try:
        yield
    finally:
        _gathered.reset(token)
        _send(notes)


def _send_or_gather(notes: Notes) -> None:
    waiting = _gathered.get()
    if waiting is None:
        _send(notes)
        return
    for address, said in notes.items():
        waiting.setdefault(address, []).extend(said)


def _send(notes: Notes) -> None:
    """Send; what the mail server does must not undo or hide what was done here."""
    if not notes:
        return
    try:
        get_connection().send_messages([_message(address, said) for address, said in notes.items()])
    except Exception as error:  # whatever it is; its words could hold addresses
        log.error("Mail from the desk could not be sent: %s", type(error).__name__)


def _message(address: str, said: list[str]) -> EmailMessage:
    subject = said[0].partition("\n")[0] if len(said) == 1 else f"{len(said)} messages from the editors’ desk"
    foot = f"\n\n-- \nThe editors’ desk of {settings.SITE_URL}. Titles and comments are not sent by mail."
    return EmailMessage(f"Rapporteur: {subject}", "\n\n".join(said) + foot, to=[address])


def _named(record: models.Model) -> str:
    """The kind of a record and its code: nothing that somebody wrote."""
    code = getattr(record, "code", "")
    return f"{record._meta.verbose_name} {code.upper()}" if code else f"a {record._meta.verbose_name}"


def _address(record: models.Model) -> str:
    meta = record._meta
    try:
        path = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        path = reverse("admin:index")
    return settings.SITE_URL + path


def _reachable(person: User) -> bool:
    return bool(person.is_active and person.is_staff and person.email)
