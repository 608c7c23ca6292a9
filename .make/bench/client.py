"""Asks for pages: one after the other with a clock, or from several connections at once."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from itertools import cycle, islice

PATIENCE = 60  # seconds


class Client:
    """One visitor on one connection that is kept alive, as a browser's or a proxy's."""

    def __init__(self, port: int):
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, address: str, headers: dict[str, str] | None = None) -> tuple[int, float, dict[str, str]]:
        """Status, milliseconds until the last byte, headers. Connects again where the server hung up."""
        sent = {"Accept-Encoding": "gzip", **(headers or {})}
        for attempt in (1, 2):
            begun = time.perf_counter()
            try:
                self.connection.request("GET", address, headers=sent)
                response = self.connection.getresponse()
                response.read()
                return response.status, (time.perf_counter() - begun) * 1000, dict(response.headers)
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def times(self, addresses: Sequence[str], *, count: int, seconds: float) -> list[float]:
        """Milliseconds of so many requests in rotation.

        Ends earlier when the seconds are over, but not before three. Raises
        ValueError for an answer that is no page, and TimeoutError.
        """
        taken: list[float] = []
        begun = time.monotonic()
        for address in islice(cycle(addresses), count):
            status, milliseconds, _ = self.get(address)
            if status != 200:
                raise ValueError(f"{address} answered {status}")
            taken.append(milliseconds)
            if len(taken) >= 3 and time.monotonic() - begun > seconds:
                break
        return taken


def rate(port: int, requests: Sequence[tuple[str, dict[str, str]]], *, status: int, seconds: float, clients: int = 8):
    """Requests a second that so many connections get answered together; how many there were.

    Raises ValueError where an answer has another status.
    """
    answered, wrong = [0] * clients, list[int]()
    end = time.monotonic() + seconds

    def ask(place: int) -> None:
        client = Client(port)
        for address, headers in cycle([*requests[place::clients], *requests[:place:clients]]):
            found, _, _ = client.get(address, headers)
            if found != status:
                wrong.append(found)
            answered[place] += 1
            if wrong or time.monotonic() >= end:
                return

    threads = [threading.Thread(target=ask, args=[place]) for place in range(clients)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise ValueError(f"{requests[0][0]} answered {wrong[0]}, not {status}")
    return sum(answered) / (time.monotonic() - begun), sum(answered)
