"""The production server: what it says of its visitors, and to whom it listens."""

import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from gunicorn.config import Config

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIG = ROOT / "workshop" / "gunicorn.conf.py"
# What must never be found in a log: a search, and where it came from.
SEARCH, ELSEWHERE = "geheimname", "203.0.113.77"
pytestmark = pytest.mark.once

ODD_REQUESTS = {
    "search": f"GET /recommendations/?q={SEARCH} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {ELSEWHERE}",
    "unknown page": f"GET /nowhere/?q={SEARCH} HTTP/1.1\r\nHost: localhost\r\nReferer: http://x/?q={SEARCH}",
    "unknown host": f"GET /?q={SEARCH} HTTP/1.1\r\nHost: elsewhere.example",
    "unknown method": f"LÖSCHE /?q={SEARCH} HTTP/1.1\r\nHost: localhost",
    "unknown version": f"GET /?q={SEARCH} HTTP/9.9\r\nHost: localhost",
    "no version": f"GET /?q={SEARCH} {SEARCH} {ELSEWHERE}",
    "long line": f"GET /?q={SEARCH}{'x' * 9000} HTTP/1.1\r\nHost: localhost",
    "bad header": f"GET /?q={SEARCH} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For {ELSEWHERE}: {SEARCH}",
    "bad length": f"POST /?q={SEARCH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {SEARCH}",
    "bad coding": f"POST /?q={SEARCH} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: {SEARCH}",
    "bad chunk": f"POST /?q={SEARCH} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{SEARCH}",
    "TLS": "\x16\x03\x01\x02",
}


@pytest.fixture
def server(tmp_path):
    """Starts gunicorn on a free port: ``server(TRUSTED_PROXY=…)`` gives port and log."""
    started = []

    def start(**environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = tmp_path / "log"
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(CONFIG)],
            env=os.environ | {"PORT": str(port), "DATA_DIR": str(tmp_path), "DATABASE_URL": ""} | environment,
            stdout=log.open("wb"),
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        wait_for(lambda: socket.create_connection(("127.0.0.1", port), 1).close(), log)
        return port, log

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def wait_for(attempt, log, seconds=20):
    deadline = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except OSError:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)


def ask(port, request):
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(request.encode("utf-8") + b"\r\nConnection: close\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer.decode("utf-8", "replace")


@pytest.mark.parametrize("proxy", ["", "127.0.0.1"])
def test_logs_hold_no_address_and_no_query(server, proxy):
    port, log = server(TRUSTED_PROXY=proxy, GUNICORN_CMD_ARGS="--access-logfile -")

    for request in ODD_REQUESTS.values():
        ask(port, request)

    lines = [line for line in log.read_text().splitlines() if "Listening at" not in line]
    assert "Refused what is not a valid request" in "\n".join(lines)
    assert [line for line in lines if SEARCH in line or ELSEWHERE in line or "127.0.0.1" in line] == []


def test_server_header_names_no_software(server):
    port, _ = server()

    head = ask(port, "GET /healthz HTTP/1.1\r\nHost: localhost").partition("\r\n\r\n")[0]

    assert [line for line in head.splitlines() if line.startswith("Server:")] == ["Server: Rapporteur"]


def test_a_failing_request_is_logged_without_its_query():
    Logger = runpy.run_path(str(CONFIG))["DiscreetLogger"]
    written = []
    logger = Logger(Config())
    logger.error_log.addFilter(lambda record: written.append(record.getMessage()))

    logger.exception("Error handling request %s %s", "GET", f"/search/?q={SEARCH}%20{ELSEWHERE}")
    logger.exception("Error handling request %s", f"/preview/{'x' * 43}/?lang=ko")
    logger.error("Said by %s and %s, 100%%", ELSEWHERE, "2001:db8::1")
    logger.warning(f"Invalid request from ip={ELSEWHERE}: {SEARCH}")
    logger.error_log.filters.clear()

    assert written == [
        "Error handling request GET /search/?…",
        "Error handling request /preview/…/?…",
        "Said by … and …, 100%",
        "Refused what is not a valid request: unknown",
    ]


@pytest.mark.parametrize(("proxy", "kind", "timeout"), [("", "gthread", 30), ("10.0.0.0/8, 127.0.0.1", "sync", 8)])
def test_kind_of_worker_follows_what_stands_in_front(proxy, kind, timeout):
    show = f"import runpy; c = runpy.run_path({str(CONFIG)!r}); print(c['worker_class'], c['timeout'])"
    result = subprocess.run(
        [sys.executable, "-c", show],
        cwd=ROOT,
        env=os.environ | {"TRUSTED_PROXY": proxy},
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout == f"{kind} {timeout}\n"


def test_server_with_a_wrong_setting_stops_with_the_line_to_add():
    result = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", str(CONFIG)],
        env=os.environ | {"SECRET_KEY": ""},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "SECRET_KEY is not set. Add this line to .env:",
        "SECRET_KEY=a-random-text-of-fifty-characters",
    ]
