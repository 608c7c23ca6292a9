"""Settings from the environment: read once, refused with the line to add.

Every variable is described in ``.env.example``. ``.env`` beside ``manage.py``
is read where it exists; a variable that is already set wins over it. ENV_FILE
names another file, or, empty as in the tests, none at all.
"""

import ipaddress
import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
if env_file := os.environ.get("ENV_FILE", BASE_DIR / ".env"):
    environ.Env.read_env(env_file)


def wrong(name: str, why: str, line: str) -> ImproperlyConfigured:
    """The refusal of a value, with the line that would do."""
    return ImproperlyConfigured(f"{name} {why}. Change its line in .env:\n{name}={line}")


def required(name: str, hint: str) -> str:
    """The variable's value.

    Raises ImproperlyConfigured, with the line to add to ``.env``, where it is
    missing, empty or begins with ``$`` (django-environ would follow that as a
    pointer to another variable).
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Add this line to .env:\n{name}={hint}")
    if value.startswith("$"):
        raise wrong(name, "must not begin with $", hint)
    return value


def flag(name: str, default: bool = False) -> bool:
    """A yes-or-no variable; anything but the usual words stops the start."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if value == "" else value in {"1", "true", "yes", "on"}
    raise wrong(name, "is neither yes nor no", "false")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable, blanks around items dropped."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def database(default: Path) -> dict:
    """Django's description of the database that DATABASE_URL names; by default an SQLite file.

    SQLite gets WAL and IMMEDIATE transactions, so that editors who save
    together wait for one another instead of failing; PostgreSQL gets a short
    connection timeout, so that a silent server becomes a 503, not a hang. Both
    keep connections: with them go the statements they have prepared.
    """
    example = "postgres://user:password@127.0.0.1:5432/rapporteur"
    config: dict = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
    try:
        if url := os.environ.get("DATABASE_URL", "").strip():
            config = dict(env.db_url_config(url))
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise wrong("DATABASE_URL", "cannot be read", example) from error
    engine = config.get("ENGINE", "")
    if engine.endswith("sqlite3"):
        if config["NAME"] != ":memory:":
            config["NAME"] = str(BASE_DIR / config["NAME"])
        config["CONN_MAX_AGE"] = 60  # to open the file anew for each request costs as much as a small page
        config["OPTIONS"] = config.get("OPTIONS", {}) | {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Each thread keeps its connection, with up to 8 MB of the file. With 128 MB
            # mapped and 16 kept, four that had read one table of a 320 MB file took 332 MB.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=0; PRAGMA cache_size=-8000"
            ),
        }
    elif engine.endswith("postgresql"):
        config["CONN_MAX_AGE"] = 3600  # with it go the plans
        config["CONN_HEALTH_CHECKS"] = True
        # What is asked again on a connection is prepared, and soon planned for the last time:
        # to plan the conditions of "public" takes longer than to answer them. Searching, where
        # the values matter, plans anew (see ``workshop.search.stores.common.rows_of``).
        config["OPTIONS"] = {
            "connect_timeout": 3,
            "server_side_binding": True,
            "prepare_threshold": 1,
            "options": "-c jit=off",  # compiling a plan took longer than anything that pages ask
        } | config.get("OPTIONS", {})
    else:
        raise wrong("DATABASE_URL", "names neither SQLite nor PostgreSQL", example)
    return config


def folder(name: str, default: Path) -> Path:
    """The folder that a variable names; relative ones stand beside ``manage.py``.

    Made where it is missing, for its owner alone: drafts and withheld names lie in it.
    """
    path = BASE_DIR / (os.environ.get(name, "").strip() or default)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise wrong(name, f"cannot be made a folder ({error.strerror}: {path})", str(default)) from error
    return path


def site_url() -> str:
    """Where visitors find the site, without a slash at the end."""
    value = os.environ.get("SITE_URL", "").strip().rstrip("/") or "http://127.0.0.1:8000"
    try:
        parts = urlsplit(value)
        valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and not parts.path
    except ValueError:
        valid = False
    if not valid:
        raise wrong("SITE_URL", "is not an address", "https://workshop.example.org")
    return value


def time_zone() -> str:
    """The zone of the dates that editors type."""
    value = os.environ.get("TIME_ZONE", "").strip() or "UTC"
    try:
        ZoneInfo(value)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise wrong("TIME_ZONE", "is not the name of a time zone", "Asia/Seoul") from error
    return value


def networks(name: str) -> list[str]:
    """A comma-separated list of addresses and networks, such as ``10.0.0.0/8``."""
    for item in (items := words(name)):
        try:
            ipaddress.ip_network(item)
        except ValueError as error:
            raise wrong(name, f"holds {item}, which is no address or network", "127.0.0.1") from error
    return items


def cache() -> dict:
    """Django's description of the cache that CACHE_URL names; each worker's own memory by default."""
    try:
        config = dict(env.cache_url_config(os.environ.get("CACHE_URL", "").strip() or "locmemcache://"))
    except (ValueError, KeyError, environ.ImproperlyConfigured) as error:
        raise wrong("CACHE_URL", "cannot be read", "redis://127.0.0.1:6379/1") from error
    if config["BACKEND"].endswith("RedisCache") and not find_spec("redis"):
        raise ImproperlyConfigured(
            "CACHE_URL names Redis, whose client is not installed. Install it, or drop the line from .env:\n"
            "pip install redis"
        )
    return config


def email(quiet: bool = True) -> dict:
    """Django's EMAIL_… settings for the server that EMAIL_URL names.

    By default nothing is sent: addresses have no place in the log of a server, to
    which its console goes. A developer's console (not ``quiet``) shows the mail.
    """
    default = "dummymail://" if quiet else "consolemail://"
    try:
        return dict(env.email_url_config(os.environ.get("EMAIL_URL", "").strip() or default))
    except (ValueError, KeyError, environ.ImproperlyConfigured) as error:
        raise wrong("EMAIL_URL", "cannot be read", "smtp+tls://user:password@mail.example.org:587") from error


def sender(site: str) -> str:
    """From whom mail comes: the account of EMAIL_URL where that is an address, else the site."""
    try:
        account = unquote(urlsplit(os.environ.get("EMAIL_URL", "").strip()).username or "")
    except ValueError:
        account = ""
    return account if "@" in account else f"rapporteur@{urlsplit(site).hostname}"


def storage() -> dict:
    """Where uploads are kept: MEDIA_ROOT, another folder, or an S3 bucket with a prefix.

    S3 takes ``?endpoint=`` and ``?region=``; its keys come from the AWS_…
    variables, which its client reads by itself.
    """
    try:
        parts = urlsplit(os.environ.get("STORAGE_URL", "").strip())
    except ValueError as error:
        raise wrong("STORAGE_URL", "cannot be read", "file:///srv/rapporteur/media") from error
    if not parts.scheme and not parts.path:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    path = unquote(parts.path)
    if parts.scheme == "file" and not parts.netloc and path.startswith("/"):
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": path}}
    if parts.scheme != "s3" or not parts.netloc:
        raise wrong("STORAGE_URL", "is neither file:///folder nor s3://bucket/prefix", "file:///srv/rapporteur/media")
    if not find_spec("storages") or not find_spec("boto3"):
        raise ImproperlyConfigured(
            "STORAGE_URL names S3, whose client is not installed. Install it, or drop the line from .env:\n"
            "pip install 'django-storages[s3]'"
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    options = {"bucket_name": parts.netloc, "location": path.strip("/"), "file_overwrite": False}
    options |= {"endpoint_url": query["endpoint"]} if "endpoint" in query else {}
    options |= {"region_name": query["region"]} if "region" in query else {}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
