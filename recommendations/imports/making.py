"""The organisations, themes and experts that a table names and that are not there yet."""

from __future__ import annotations

from recommendations.imports.issues import KOREAN
from recommendations.imports.plan import Plan
from recommendations.imports.states import KnownState
from speakers.models import Organisation, OrganisationKind, Speaker
from workshop.actions import publish
from workshop.common.publishing import Publishable
from workshop.models import Scheme, Theme
from workshop.search import freshness


def make_missing(plan: Plan, by) -> None:
    """Make what is missing: public where a public row names it, else as drafts.

    The search index hears of all of them together: one by one costs as much again.
    """
    with freshness.silent():
        _make(plan, by)
    for model, names in ((Organisation, plan.organisations), (Theme, plan.themes), (Speaker, plan.experts)):
        freshness.changed(model, set(names.written.values()))


def _make(plan: Plan, by) -> None:
    public = {
        name
        for entry in plan.entries
        if plan.public(entry)
        for name in (*entry.proposers, *entry.addressees, *entry.themes)
    }
    for known, names in plan.organisations.missing_states().items():
        organisation = _organisation(known)
        _save(organisation, by, publish_it=not public.isdisjoint(names))
        plan.organisations.written |= dict.fromkeys(names, organisation.pk)
    for name in plan.themes.missing:
        korean = KOREAN.get(name, "") if plan.mapping.scheme == Scheme.UPR else ""
        theme = Theme(name=name, name_ko=korean, scheme=plan.mapping.scheme)
        _save(theme, by, publish_it=name in public)
        plan.themes.written[name] = theme.pk
    for name in plan.experts.missing:
        expert = Speaker(name=name, created_by=by)
        expert.save()  # a draft: whether readers may know of a person is for the editor to say
        plan.experts.written[name] = expert.pk


def _organisation(known: KnownState | str) -> Organisation:
    """A State with all that the list knows of it; of anything else only the name is known."""
    if isinstance(known, str):
        return Organisation(name=known)
    return Organisation(
        name=known.name,
        name_ko=known.name_ko,
        abbreviation=known.abbreviation,
        aliases="\n".join(known.aliases),
        kind=OrganisationKind.STATE,
    )


def _save(record: Publishable, by, *, publish_it: bool) -> None:
    record.created_by = by
    record.save()
    if publish_it:
        publish(record=record, by=by)
