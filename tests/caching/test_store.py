"""The memory of one worker: bounded by bytes, whatever is asked for."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories import SpeakerFactory
from workshop.caching.middleware import PAGES
from workshop.caching.pages import OVERHEAD, Page
from workshop.caching.store import Store

pytestmark = pytest.mark.once


def page(length):
    return Page(200, {}, "x", {"": b"x" * (length - OVERHEAD)})


def names(store):
    return list(store._pages)


def test_longest_unused_page_goes_first():
    store, one = Store(), page(10_000)
    for name in "abcdefgh":
        store.put(name, one, 80_000)
    store.get("a")

    store.put("i", one, 80_000)

    assert (names(store), store.bytes) == (["c", "d", "e", "f", "g", "h", "a", "i"], 80_000)


def test_page_that_grows_is_counted_anew():
    store, one = Store(), page(10_000)
    store.put("a", one, 1_000_000)
    one.bodies["gzip"] = b"x" * 500

    store.put("a", one, 1_000_000)

    assert (len(store), store.bytes) == (1, 10_500)


def test_page_larger_than_its_share_is_not_kept_and_pushes_nothing_out():
    store = Store()
    store.put("a", page(10_000), 80_000)

    store.put("b", page(10_001), 80_000)

    assert names(store) == ["a"]


def test_store_that_is_cleared_is_empty():
    store = Store()
    store.put("a", page(10_000), 80_000)

    store.clear()

    assert (store.get("a"), len(store), store.bytes) == (None, 0, 0)


def test_threads_at_once_lose_no_byte_of_the_count():
    store, room = Store(), 200_000

    def work(seed):
        for step in range(500):
            name = str((seed * 7 + step * 13) % 60)
            store.get(name)
            store.put(name, page(5_000 + step), room)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert store.bytes == sum(size for _, size in store._pages.values()) <= room


@pytest.mark.django_db
def test_readers_of_many_pages_never_take_more_than_the_room(client, settings):
    settings.PAGE_CACHE_BYTES = room = 100_000
    people = SpeakerFactory.create_batch(20, published=True)

    for person in people:
        client.get(person.get_absolute_url(), headers={"accept-encoding": "br"})

    assert 0 < PAGES.bytes <= room
    assert 0 < len(PAGES) < 20
