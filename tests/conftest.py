"""What every test stands on: an environment of its own, a database file, a browser.

Set at import, before pytest-django sets Django up: no test reads a developer's .env.
"""

import os
import tempfile
from pathlib import Path

import pytest

FOLDER = tempfile.TemporaryDirectory(prefix="rapporteur-tests-")  # one per worker, gone with it
ON_POSTGRESQL = os.environ.get("TEST_ON") == "postgresql"

os.environ.update(
    ENV_FILE="",
    SECRET_KEY="only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    SITE_URL="http://testserver",
    DATA_DIR=FOLDER.name,
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", "") if ON_POSTGRESQL else "",
    DJANGO_SETTINGS_MODULE="workshop.settings",
    DJANGO_ALLOW_ASYNC_UNSAFE="1",  # Playwright keeps an event loop in the thread of the tests
)
os.environ.update(dict.fromkeys(("DEBUG", "CACHE_URL", "EMAIL_URL", "STORAGE_URL", "TRUSTED_PROXY", "TIME_ZONE"), ""))

from django.conf import settings  # noqa: E402

if not ON_POSTGRESQL:
    # A file, not memory: the live server's threads each open it, as in production.
    settings.DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER.name}/test.sqlite3"}
settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, and nothing to protect
# Factories write past the actions that raise the version: tests of what is kept switch it on.
settings.PAGE_CACHE_BYTES = 0
settings.STATIC_ROOT.mkdir()
# The workers of xdist inherit the environment: without this they would set Django up
# before they come here, and share one folder.
del os.environ["DJANGO_SETTINGS_MODULE"]

from tests.browser import chromium, find_chromium, new_page, page  # noqa: E402, F401
from tests.desk import admin, author, desk_of, editor  # noqa: E402, F401

OURS = ("accounts", "slugs", "images", "speakers", "workshop", "recommendations")
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
collect_ignore = [] if SHARED.is_dir() else ["shared"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The vocabularies that migrations fill outlive the flush after a browser journey."""
    from django.apps import apps
    from django.db.models.signals import post_migrate

    with django_db_blocker.unblock():
        filled = {
            model: list(model._base_manager.all()) for app in OURS for model in apps.get_app_config(app).get_models()
        }

    def fill_again(app_config, **kwargs):
        for model in app_config.get_models():
            model._base_manager.bulk_create(filled.get(model, []), ignore_conflicts=True)

    post_migrate.connect(fill_again, weak=False)


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_widgets_are_not_kept():
    """The test client copies the context of every template that a page renders; of a form's hundreds nobody asks."""
    from django.test import client

    keep = client.store_rendered_templates

    def keep_some(store, signal, sender, template, context, **kwargs):
        if not (template.name or "").startswith("django/forms/"):
            keep(store, signal, sender, template, context, **kwargs)

    client.store_rendered_templates = keep_some


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test finds what another one cached."""
    from django.core.cache import cache

    from workshop.caching.middleware import PAGES

    cache.clear()
    PAGES.clear()


# --- What is left out, and how that is said ---------------------------------------------


def pytest_configure(config):
    if os.environ.get("CI") == "true" and not find_chromium():
        pytest.exit("With CI=true a Chromium must be found: install chromium.", returncode=1)


def pytest_collection_modifyitems(config, items):
    if find_chromium():
        return
    journeys = [item for item in items if item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=journeys)
    items[:] = [item for item in items if item not in journeys]


def pytest_terminal_summary(terminalreporter):
    reasons = [
        os.environ.get("LEFT_OUT", ""),
        "" if find_chromium() else "browser journeys (no Chromium found)",
        "" if SHARED.is_dir() else "tests/shared (there is no ../shared)",
    ]
    if any(reasons):
        terminalreporter.write_line("Left out: " + "; ".join(filter(None, reasons)) + ".")
