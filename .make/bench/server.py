"""The production server with two workers, and what its workers use of the machine (Linux)."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from bench.places import ROOT, Place, environment

TICKS = os.sysconf("SC_CLK_TCK")
START_WITHIN = 60


class Server:
    """A running server: its port and the processes of its workers."""

    def __init__(self, port: int, master: int):
        self.port, self.master = port, master
        self.workers = children(master)

    def renew(self) -> None:
        """End workers that are lost in a request; the master starts others."""
        for pid in self.workers:
            os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + START_WITHIN
        while len(new := set(children(self.master)) - set(self.workers)) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        self.workers = sorted(new)

    def cpu(self) -> float:
        """Milliseconds of CPU that the workers have used so far."""
        return sum(cpu_of(Path(f"/proc/{pid}/stat").read_text()) for pid in self.workers)

    def memory(self) -> dict[str, float]:
        """Megabytes of the largest worker: resident, and its share of what is shared."""
        found = [memory_of(Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in self.workers]
        return {name: max(one[name] for one in found) for name in ("Rss", "Pss")}


def cpu_of(stat: str) -> float:
    """Milliseconds of user and system time in a line of ``/proc/<pid>/stat``."""
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


def memory_of(rollup: str) -> dict[str, float]:
    """``Rss`` and ``Pss`` in megabytes, of a ``smaps_rollup``."""
    rows = [line.split() for line in rollup.splitlines()]
    return {row[0].rstrip(":"): int(row[1]) / 1024 for row in rows if row[0] in {"Rss:", "Pss:"}}


def children(master: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


@contextmanager
def serving(place: Place, *, cache: bool) -> Iterator[Server]:
    """The server of ``make run``, on a free port; the page cache on or off."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "WEB_CONCURRENCY": "2",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "BENCH_CACHE": "on" if cache else "off",
    }
    with TemporaryFile() as log:
        command = [sys.executable, "-m", "gunicorn", "-c", "workshop/gunicorn.conf.py", "--max-requests", "0"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment(place, **ours), stdout=log, stderr=log)
        try:
            wait(process, port, log)
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def wait(process: subprocess.Popen, port: int, log) -> None:
    """Until it answers; raises RuntimeError with its log where it does not."""
    deadline = time.monotonic() + START_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200 and len(children(process.pid)) == 2:
                return
        except OSError:
            time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"The server did not start:\n{log.read().decode(errors='replace')}")
