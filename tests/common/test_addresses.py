"""Addresses of records are those that ``reverse()`` gives."""

import pytest
from django.urls import reverse
from django.utils import translation

from workshop.common.addresses import address_of
from workshop.registry import entries


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("key", ["a", "a0", "kw12-r03", "백태웅", "with_line", "detail-a0-detail"])
@pytest.mark.parametrize("entry", list(entries()), ids=lambda entry: entry.name)
def test_address_is_that_of_reverse_in_both_languages(entry, key, language):
    name = f"{entry.name}-detail"

    with translation.override(language):
        assert address_of(name, key) == reverse(name, args=[key])
