"""What an expert is called, in every row that says so."""

from __future__ import annotations

from django.db.models import Q

from speakers.models import Speaker
from workshop.editing.models import Revision
from workshop.models import TalkSpeaker
from workshop.search.text import words
from workshop.takedown.spelling import plain


def names_of(person: Speaker) -> list[str]:
    """Every name of a person, each once; also with the family name first."""
    names = [person.name, person.name_ko, person.native_name, f"{person.given_name} {person.family_name}"]
    names += person.names.values_list("name", flat=True)
    names += TalkSpeaker.objects.filter(speaker=person).values_list("credited_as", flat=True)
    if person.sort_name and "," in person.sort_name:
        names.append(person.sort_name)
    found: dict[str, str] = {}
    for name in names:
        tokens = [word.form for word in words(plain(name))]
        if len(tokens) > 1 or (tokens and not tokens[0].isascii()) or name in (person.name, person.name_ko):
            found.setdefault(" ".join(tokens), " ".join(name.split()))
    if person.given_name and person.family_name:
        turned = f"{person.family_name} {person.given_name}"
        found.setdefault(" ".join(word.form for word in words(plain(turned))), turned)
    return [name for key, name in found.items() if key]


def former_keys(person: Speaker) -> set[int]:
    """Keys that a person had before: of records that went into theirs, and of deleted ones that it is again."""
    found: set[int] = set()
    now = {person.pk}
    while now:
        deleted = Revision.objects.of_kind(Speaker).filter(Q(went_into__in=now) | Q(recovered_as__in=now))
        now = set(deleted.values_list("object_id", flat=True)) - found - {person.pk}
        found |= now
    return found - set(Speaker.objects.filter(pk__in=found).values_list("pk", flat=True))  # nobody else’s
