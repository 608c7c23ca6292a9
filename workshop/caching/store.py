"""The memory of one worker: bounded by bytes, the longest unused goes first."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from workshop.caching.pages import Page

LARGEST_SHARE = 8  # one page may take an eighth of the room


class Store:
    """Pages by name. Safe to use from several threads."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, tuple[Page, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, name: str) -> Page | None:
        """The page of that name, which is then the last to go."""
        with self._lock:
            found = self._pages.get(name)
            if found is None:
                return None
            self._pages.move_to_end(name)
            return found[0]

    def put(self, name: str, page: Page, room: int) -> None:
        """Keep a page, or count it anew after it has grown, within ``room`` bytes for all."""
        size = page.size
        with self._lock:
            self._drop(name)
            if size * LARGEST_SHARE > room:
                return
            self._pages[name] = page, size
            self.bytes += size
            while self.bytes > room:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _drop(self, name: str) -> None:
        if name in self._pages:
            self.bytes -= self._pages.pop(name)[1]
