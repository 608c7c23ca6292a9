"""A server in a thread that stands for the rest of the world, and a visitor that believes it."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from workshop.linking.visiting import Visitor

PUBLIC = "93.184.215.14"


class World:
    """Answers by host and path; what was asked is kept."""

    def __init__(self):
        self.pages: dict = {}  # (host, path): status, or status and where it leads
        self.hosts: dict = {}  # host: addresses, public where nothing is said
        self.asked: list = []
        self.heads: list = []
        self.connected: list = []
        self.slept: list = []
        self.only_get = False
        world = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                host = self.headers["Host"]
                world.asked.append((self.command, host + self.path))
                world.heads.append(dict(self.headers))
                found = world.pages.get((host, self.path), 404)
                status, target = found if isinstance(found, tuple) else (found, "")
                if self.command == "HEAD" and world.only_get:
                    status, target = 405, ""
                self.send_response(status)
                if target:
                    self.send_header("Location", target)
                self.end_headers()

            do_GET = do_HEAD = answer

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def look_up(self, host, port):
        found = self.hosts.get(host, [PUBLIC])
        if isinstance(found, Exception):
            raise found
        return found

    def connect(self, address, timeout):
        self.connected.append(address)
        return socket.create_connection(self.server.server_address, timeout)

    def visitor(self):
        """Its clock stands still; TLS is taken as said."""
        return Visitor(self.look_up, self.connect, lambda sock, host: sock, self.slept.append, lambda: 0.0)


@pytest.fixture
def world():
    made = World()
    yield made
    made.server.shutdown()
    made.server.server_close()
