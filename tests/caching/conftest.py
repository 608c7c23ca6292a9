"""The page cache, switched on; the tests' own fixture empties it."""

import pytest


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.PAGE_CACHE_BYTES = 24 * 1024 * 1024


@pytest.fixture
def moved():
    """Says that something public has changed, as every action does."""
    from workshop.models import SiteState  # Django is not set up when this is collected

    return SiteState.raise_version


@pytest.fixture
def client():
    """A client that finds what the test wrote indexed, as it is once a transaction ends."""
    from django.test import Client

    from workshop.search import freshness  # Django is not set up when this is collected

    class Reader(Client):
        def request(self, **request):
            freshness.flush()
            return super().request(**request)

    return Reader()
