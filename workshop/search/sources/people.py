"""Experts and organisations as the index keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Prefetch

from speakers.models import Affiliation, Organisation, Speaker
from workshop.search.indexed import Indexed, both, earliest, path_of, prose


def speakers(ids: Collection[int]) -> Iterator[Indexed]:
    """Experts: found by every name they have, and by where they belong."""
    posts = Affiliation.objects.public().select_related("organisation")
    records = Speaker.objects.public().filter(pk__in=ids)
    for record in records.prefetch_related("expertise", "names", Prefetch("affiliations", posts)):
        affiliations = list(record.affiliations.all())
        bodies = [row.organisation for row in affiliations]
        yield Indexed(
            kind="speaker",
            object_id=record.pk,
            date=None,
            updated=record.updated_at,
            shown={
                "path": path_of("speakers", record.slug),
                "title": [record.name, record.name_ko],
                "note": [record.descriptor, record.descriptor_ko],
            },
            title=tuple(both(record, "name")),
            others=tuple(filter(None, [record.native_name, *(other.name for other in record.names.all())])),
            names=tuple(
                [name for body in bodies for name in both(body, "name")]
                + [tag.name for tag in record.expertise.all()]
                + both(record, "honorific")
            ),
            body=tuple(
                both(record, "descriptor")
                + prose(record, "bio")
                + [text for row in affiliations for text in both(row, "role", "chair", "term")]
            ),
            until=earliest([record.withdraw_at, *(body.withdraw_at for body in bodies)]),
        )


def organisations(ids: Collection[int]) -> Iterator[Indexed]:
    """Organisations: found by abbreviation and aliases, too."""
    records = Organisation.objects.public().filter(pk__in=ids)
    for record in records.prefetch_related(Prefetch("parent", Organisation.objects.public())):
        above = [record.parent] if record.parent else []
        yield Indexed(
            kind="organisation",
            object_id=record.pk,
            date=None,
            updated=record.updated_at,
            shown={
                "path": path_of("organisations", record.slug),
                "title": [record.name, record.name_ko],
                "note": [record.abbreviation, record.abbreviation],
            },
            title=tuple(both(record, "name")),
            others=tuple(record.other_names),
            names=tuple(name for one in above for name in both(one, "name")),
            body=tuple(prose(record, "about")),
            until=earliest([record.withdraw_at, *(one.withdraw_at for one in above)]),
        )
