"""What the tests of the lists and pages share: asking, and records with as little as possible."""

from django.test import RequestFactory

from recommendations.facets import FACETS, NAMES
from recommendations.facets.engine import SORTS, OrmEngine
from recommendations.models import Recommendation
from tests.factories import RecommendationFactory
from workshop.search.engine import IndexEngine
from workshop.search.facets import Selection, read


def selected(query: str = "") -> Selection:
    """What a query string selects."""
    return read(RequestFactory().get(f"/recommendations/?{query}"), names=NAMES, sorts=SORTS)


def ask(query: str = ""):
    """The answer to a query string: the index's, which has to be that of the ORM."""
    selection = selected(query)
    answer = IndexEngine().answer(selection)
    if selection.q:
        return answer  # the ORM knows no words
    plain = OrmEngine(FACETS).answer(selection)
    assert (answer.ids, answer.total, answer.counts) == (plain.ids, plain.total, plain.counts or answer.counts)
    return answer


def codes(query: str = "") -> list[str]:
    """The codes of the first page, in its order."""
    found = dict(Recommendation.objects.values_list("pk", "code"))
    return [found[pk] for pk in ask(query).ids]


def counts(facet: str, query: str = "") -> dict[str, int]:
    """The counts of one facet."""
    return dict(ask(query).counts[facet])


def proposal(code: str, **fields) -> Recommendation:
    """A public recommendation with a code that can be told from others."""
    return RecommendationFactory(published=True, code=code, **fields)


def page(client, record: Recommendation):
    """The answer that its page gives."""
    return client.get(f"/recommendations/{record.code}/")
