"""The keys under which names are remembered without being told: made from the site's secret."""

from __future__ import annotations

import hashlib

from django.conf import settings


def keys() -> list[bytes]:
    """The key of today first, then those of former secrets (SECRET_KEY_FALLBACKS)."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hashlib.sha256(f"rapporteur take-down {secret}".encode()).digest() for secret in secrets]
