"""The hashed static files that production serves can be made, whole."""

import json

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

pytestmark = pytest.mark.once


def test_static_files_refer_to_nothing_that_is_missing(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    manifest = json.loads((tmp_path / ManifestStaticFilesStorage.manifest_name).read_text())
    assert [name for name, hashed in manifest["paths"].items() if not (tmp_path / hashed).exists()] == []
