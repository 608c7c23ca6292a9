"""What the tests of the lists and pages share: asking, and records with as little as possible."""

from django.test import RequestFactory

from recommendations.facets import FACETS, NAMES
from recommendations.facets.engine import SORTS, OrmEngine
from recommendations.models import Recommendation
from tests.factories import RecommendationFactory
from workshop.search.facets import read


def ask(query: str = ""):
    """The engine's answer to a query string."""
    request = RequestFactory().get(f"/recommendations/?{query}")
    return OrmEngine(FACETS).answer(read(request, names=NAMES, sorts=SORTS))


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
