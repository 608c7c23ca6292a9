"""What is recorded about a recommendation beside its words, as terms with their links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from recommendations.models import Polarity, Recommendation
from workshop.common.dates import VagueDate
from workshop.views.links import EditionLink, Link, links_to, list_url, tag_links


@dataclass(frozen=True)
class Fact:
    """A term with what is said under it: links, or a date."""

    term: str
    links: list[Link] = field(default_factory=list)
    date: VagueDate | None = None


def facts_of(record: Recommendation) -> list[Fact]:
    """The facts that are known, in the order in which they are read.

    Reads ``source_withheld`` and public ``workshop``, ``themes``, ``affected``, ``goals`` and ``tags``.
    """
    facts = [
        Fact(_("Made on"), date=record.made),
        Fact(_("Edition"), [EditionLink.to(record.workshop)] if record.workshop else []),
        Fact(_("Origin"), [_choice(record, "origin")]),
        Fact(_("Themes"), links_to(record.themes.all())),
        Fact(_("Polarity"), [Link(record.get_polarity_display())] if record.polarity == Polarity.DO_NOT else []),
        Fact(_("Modality"), [_choice(record, "modality")]),
        Fact(_("Action asked for"), [_choice(record, "action")] if record.action else []),
        Fact(_("People concerned"), _chosen("affected", record.affected.all())),
        Fact(_("Sustainable Development Goals"), [Link(str(goal)) for goal in record.goals.all()]),
        Fact(_("Keywords"), tag_links(record.tags.all())),
        Fact(_("Updated"), date=VagueDate(timezone.localdate(record.updated_at))),
    ]
    return [fact for fact in facts if fact.links or fact.date]


def _choice(record: Recommendation, name: str) -> Link:
    """A value of a fixed list, leading to all that share it."""
    display = getattr(record, f"get_{name}_display")()
    value = getattr(record, name)
    label = f"{value} · {display}" if name == "action" else display
    return Link(label, list_url(**{name: str(value)}))


def _chosen(name: str, records: Iterable[Any]) -> list[Link]:
    return [Link(record.text("name"), list_url(**{name: record.slug})) for record in records]
