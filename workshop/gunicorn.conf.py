"""The production server, the same for `make run` and for an operator:

    gunicorn -c workshop/gunicorn.conf.py

HOST, PORT and WEB_CONCURRENCY come from the environment or .env, like every other
choice; TRUSTED_PROXY decides which kind of worker is safe.
"""

import multiprocessing
import os
import re
import sys
from pathlib import Path
from typing import Any

import gunicorn.http.wsgi
from gunicorn.glogging import Logger

chdir = str(Path(__file__).resolve().parent.parent)
sys.path.insert(0, chdir)

from django.core.exceptions import ImproperlyConfigured  # noqa: E402

try:
    from workshop import settings
    from workshop.common.logs import without_secrets
except ImproperlyConfigured as error:
    sys.exit(str(error))

wsgi_app = "workshop.wsgi:application"
# Loaded once and forked: a wrong setting stops the start, workers share memory.
preload_app = True
host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

if settings.TRUSTED_PROXY:
    # The proxy never keeps us waiting, so one request at a time is enough, and a
    # request that hangs on a silent database loses its worker, not the whole site.
    worker_class = "sync"
    workers = int(os.environ.get("WEB_CONCURRENCY") or min(2 * multiprocessing.cpu_count() + 1, 9))
    timeout = 8
else:
    # Browsers open connections ahead of need and say nothing on them: a sync worker
    # would wait on each for its whole timeout.
    worker_class = "gthread"
    workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
    threads = 4
    timeout = 30
    keepalive = 5
# A thread gives a silent connection five seconds: time enough to end of itself.
graceful_timeout = 6
max_requests, max_requests_jitter = 20_000, 2_000
# A worker's sign of life is a file: in memory, where a busy disk cannot delay it.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

forwarded_allow_ips = ",".join(settings.TRUSTED_PROXY)
control_socket_disable = True
gunicorn.http.wsgi.SERVER = "Rapporteur"  # the Server header names no software to look up faults for

# --- No address and no query in any log ---------------------------------------------

accesslog = None
loglevel = "info"
ADDRESS = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE
)


class DiscreetLogger(Logger):
    """Gunicorn's logger, which must not say who asked, nor for what.

    A request it refuses is logged with the sender's address and a piece of what was
    sent: only the kind of fault is kept. A request that fails is logged with its
    address line: the query is cut off.
    """

    def access(self, *args: Any, **kwargs: Any) -> None:
        """There is no access log, whatever the command line says."""

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Invalid request from"):
            kind = sys.exc_info()[0]
            super().warning("Refused what is not a valid request: %s", kind.__name__ if kind else "unknown")
        else:
            super().warning(discreet(msg, args), **kwargs)

    def error(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        super().error(discreet(msg, args), **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        super().exception(discreet(msg, args), **kwargs)


def discreet(msg: Any, args: tuple) -> str:
    """The rendered line without queries and addresses; without arguments it is not rendered again."""
    text = str(msg) % args if args else str(msg)
    return ADDRESS.sub("…", without_secrets(text))


logger_class = DiscreetLogger


def post_fork(server: Any, worker: Any) -> None:
    """No worker may share a database connection that was opened before the fork."""
    from django.db import connections

    connections.close_all()
