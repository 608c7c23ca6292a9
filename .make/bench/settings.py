"""The site's own settings, with one address more; BENCH_CACHE=off switches the page cache off."""

import os

from workshop.settings import *  # noqa: F403  # the site's own, whatever they become

ROOT_URLCONF = "bench.urls"
if os.environ.get("BENCH_CACHE") == "off":
    PAGE_CACHE_BYTES = 0
