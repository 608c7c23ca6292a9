"""Asking another site whether an address still answers: politely, briefly, and never inside.

No cookie, no body, no credentials; redirects are followed by hand, to https alone, and
each hop is admitted anew. What connects, resolves and waits can be exchanged in tests.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

from django.conf import settings

from workshop.linking.guard import Refused, Resolve, admitted, resolve

SECONDS = 10  # for each answer of the network
ALL_SECONDS = 20  # for one request, however it drips
HOPS = 5
PAUSE = 1.0  # between two requests to the same host
REDIRECTS = {301, 302, 303, 307, 308}
# Answers to programs, which tell nothing of what a reader would get.
SHY = {401, 403, 405, 406, 407, 409, 425, 429, 451, 999}


@dataclass(frozen=True)
class Answer:
    """What came of it: a status where a server answered, and a sentence for the desk."""

    failed: bool
    said: str
    status: int | None = None


class Visitor:
    """Asks one address after the other, and leaves each host alone in between."""

    def __init__(
        self,
        look_up: Resolve = resolve,
        connect: Callable[..., socket.socket] = socket.create_connection,
        secure: Callable[[socket.socket, str], Any] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.look_up, self.connect, self.sleep, self.clock = look_up, connect, sleep, clock
        self.secure = secure or self._with_tls
        self._context = ssl.create_default_context()
        self._last: dict[str, float] = {}

    def visit(self, url: str) -> Answer:
        """Whether an address answers; never raises for what the other side does."""
        try:
            return self._follow(url)
        except Refused as refusal:
            return Answer(True, str(refusal))
        except ssl.SSLCertVerificationError:
            return Answer(True, "Its certificate is not valid.")
        except TimeoutError:
            return Answer(True, "It did not answer in time.")
        except socket.gaierror:
            return Answer(True, "Its host is not known any more.")
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(True, "It did not answer.")

    def _follow(self, url: str) -> Answer:
        for hop in range(HOPS + 1):
            status, target = self._ask(url, "HEAD")
            if status >= 400:  # many servers know no HEAD
                status, target = self._ask(url, "GET")
            if status not in REDIRECTS or not target:
                return _judged(status, moved=hop > 0)
            url = urljoin(url, target)
            if not url.lower().startswith("https://"):
                return Answer(False, "It leads on to an address without https, which is not followed.", status)
        return Answer(True, "It leads from one address to the next without end.", status)

    def _ask(self, url: str, method: str) -> tuple[int, str]:
        """The status and where it leads; the body is not read."""
        parts, port, address = admitted(url, self.look_up)
        host = parts.hostname or ""
        self._wait_for(host)
        held = [self.connect((address, port), SECONDS)]
        # Against a server that sends a letter every nine seconds.
        watch = threading.Timer(ALL_SECONDS, lambda: _hang_up(held[0]))
        watch.daemon = True
        watch.start()
        try:
            if parts.scheme == "https":
                held[0] = self.secure(held[0], host)
            connection = http.client.HTTPConnection(host, port)
            connection.sock = held[0]
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, headers={"Host": host, **_head()})
            response = connection.getresponse()
            return response.status, _in_ascii(response.headers.get("Location", ""))
        finally:
            watch.cancel()
            held[0].close()

    def _with_tls(self, sock: socket.socket, host: str) -> ssl.SSLSocket:
        return self._context.wrap_socket(sock, server_hostname=host)

    def _wait_for(self, host: str) -> None:
        """Let a host rest since the last time."""
        now = self.clock()
        if (rest := self._last.get(host, now - PAUSE) + PAUSE - now) > 0:
            self.sleep(rest)
        self._last[host] = self.clock()


def _head() -> dict[str, str]:
    return {
        "User-Agent": f"Rapporteur link check (+{settings.SITE_URL}/about/)",
        "Accept": "*/*",
        "Connection": "close",
    }


def _in_ascii(location: str) -> str:
    """An address as a header gave it: its bytes, of which some may need to be written in ASCII."""
    return quote(location.encode("latin-1", "replace"), safe="%/:=&?~#+!$,;'@()*[]")


def _hang_up(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may be closed already
        sock.shutdown(socket.SHUT_RDWR)


def _judged(status: int, moved: bool) -> Answer:
    if status in SHY:
        return Answer(False, "It does not answer programs.", status)
    if status in {404, 410}:
        return Answer(True, "It is gone." if status == 410 else "It is not there.", status)
    if status >= 400 or status < 200:
        return Answer(True, f"The server answers with an error ({status}).", status)
    return Answer(False, "It answers, at another address." if moved else "It answers.", status)
