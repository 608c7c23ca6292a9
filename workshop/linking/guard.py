"""Which hosts may be asked: public ones, by the very address that was looked at.

An editor, or a page that redirects, could otherwise make the server ask its own
neighbours: the database, the router, the cloud's own keys.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from urllib.parse import SplitResult, urlsplit

Resolve = Callable[[str, int], Iterable[str]]
PORTS = {"http": 80, "https": 443}
# Ways to write an IPv4 address as an IPv6 one, which somebody on the way may undo.
_WRAPPED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]


class Refused(Exception):
    """An address that is not asked; its text is a sentence for the desk."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError where nobody knows it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address belongs to the internet at large, however it is written."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in net for net in _WRAPPED):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def admitted(url: str, look_up: Resolve) -> tuple[SplitResult, int, str]:
    """The parts of a URL, its port, and the address to connect to.

    Every address of the host has to be public, not only the one that is used. Raises
    Refused with a sentence, and OSError where the host is unknown.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise Refused("It is no address of the web.") from None
    if not parts.hostname or parts.username or parts.password:
        raise Refused("It is no address of the web.")
    if port != PORTS[parts.scheme]:
        raise Refused("It names a port, which is not asked.")
    addresses = list(look_up(parts.hostname, port))
    if not addresses or not all(map(is_public, addresses)):
        raise Refused("It leads into a private network.")
    return parts, port, addresses[0]
