"""Finds what a selection asks for, with the ORM: one narrow query for each facet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from recommendations.facets.kinds import FacetKind
from recommendations.models import Recommendation
from recommendations.models.recommendation import RecommendationQuerySet
from workshop.search.facets import Answer, Selection

SORTS = ("newest", "code", "updated")  # beside the default: the best matches of words, else the newest
SHORT = 2000  # keys that are named rather than found again: far below what SQLite takes


class OrmEngine:
    """The ``Engine`` without an index: what the index is held against. It knows no words."""

    def __init__(self, facets: Sequence[FacetKind]):
        self.facets = facets

    def answer(self, selection: Selection) -> Answer:
        """One page, the total and the counts. A page past the end, or none, is empty."""
        matching = self._matching(selection)
        missing = {
            facet.name: condition
            for facet in self.facets
            if not selection.of(facet.name) and (condition := facet.missing(selection))
        }
        numbers = matching.aggregate(
            total=Count("pk"), **{name: Count("pk", filter=condition) for name, (_, condition) in missing.items()}
        )
        start = (selection.page - 1) * selection.per_page
        if selection.page < 1 or start >= max(numbers["total"], 1):
            return Answer((), numbers["total"], {})
        counts = {}
        for facet in self.facets:
            if facet.name in missing:
                found = facet.counts(matching, selection)
                _add(found, missing[facet.name][0], numbers[facet.name])
            else:
                found = self._counts_of_chosen(facet, selection)
            counts[facet.name] = found
        ids = ordered(matching, selection.sort).values_list("pk", flat=True)[start : start + selection.per_page]
        return Answer(tuple(ids), numbers["total"], counts)

    def _matching(self, selection: Selection) -> RecommendationQuerySet:
        """What is public and fits. A short result is asked for once and named from then on by its keys."""
        public = Recommendation.objects.public()
        if not selection.choices:
            return public
        found = public.filter(*[facet.matching(selection) for facet in self.facets if selection.of(facet.name)])
        keys = list(found.order_by().values_list("pk", flat=True)[: SHORT + 1])
        return found if len(keys) > SHORT else Recommendation.objects.filter(pk__in=keys)

    def _counts_of_chosen(self, facet: FacetKind, selection: Selection) -> dict[str, int]:
        """Counts without the facet's own choice; ``-none`` needs a query of its own then."""
        others = self._matching(selection.without(facet.name))
        found = facet.counts(others, selection)
        if missing := facet.missing(selection):
            value, condition = missing
            _add(found, value, others.filter(condition).count())
        return found


def ordered(recommendations: RecommendationQuerySet, sort: str) -> RecommendationQuerySet:
    """In the order that was asked for; the code decides between equals, so that pages never overlap."""
    if sort == "code":
        return recommendations.order_by("code")
    if sort == "updated":
        return recommendations.order_by("-updated_at", "code")
    return recommendations.newest_first()


def _add(counts: dict[str, int], value: str, number: int) -> None:
    """Add to a count; a value without a match is not listed."""
    if number:
        counts[value] = counts.get(value, 0) + number
