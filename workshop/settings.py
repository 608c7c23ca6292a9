"""Settings: one file, every choice from the environment (see .env.example)."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from workshop.common.environment import (
    BASE_DIR,
    cache,
    database,
    email,
    flag,
    folder,
    networks,
    required,
    sender,
    site_url,
    storage,
    time_zone,
    words,
)

DEBUG = flag("DEBUG")
SECRET_KEY = required("SECRET_KEY", "a-random-text-of-fifty-characters")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Add this line to .env:\nALLOWED_HOSTS=localhost,127.0.0.1")

SITE_URL = site_url()
DATA_DIR = folder("DATA_DIR", BASE_DIR / "var")

INSTALLED_APPS = [
    "workshop.editing.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "taggit",
    "workshop.accounts",
    "workshop.slugs",
    "workshop.images",
    "workshop.editing.apps.EditingConfig",
    "speakers",
    "workshop",
    "recommendations",
    "workshop.reviewing",
    "workshop.linking",
    "workshop.corrections",
    "workshop.search",
    "workshop.merging",
    "workshop.takedown",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "workshop.caching.middleware.PublicPages",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "workshop.common.middleware.DatabaseDown",
    "workshop.common.middleware.NulBytes",
    "workshop.common.middleware.LanguageOfPath",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "workshop.urls"
WSGI_APPLICATION = "workshop.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workshop.views.context.site",
            ],
            "builtins": ["workshop.templatetags.rapporteur"],
        },
    },
]

DATABASES = {"default": database(DATA_DIR / "rapporteur.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Never ATOMIC_REQUESTS: with IMMEDIATE transactions every page view would take
# SQLite's one write lock.

CACHES = {"default": cache()}
# Public pages that a worker keeps in its own memory; none where templates are being written.
PAGE_CACHE_BYTES = 0 if DEBUG else 24 * 1024 * 1024
vars().update(email(quiet=not DEBUG))
DEFAULT_FROM_EMAIL = sender(SITE_URL)
EMAIL_TIMEOUT = 5  # seconds: somebody has pressed a button and waits

STORAGES = {
    "default": storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["workshop.accounts.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

# Not "en-gb": the patterns under / compare it with the path's language, letter by letter.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = time_zone()
USE_TZ = True
FORMAT_MODULE_PATH = None

TAGGIT_CASE_INSENSITIVE = True

# --- Security -----------------------------------------------------------------
HTTPS = SITE_URL.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "workshop.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXY = networks("TRUSTED_PROXY")
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# One policy for the public pages and the admin. Exceptions stand in CSP_EXCEPTIONS,
# and nowhere else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# page with a click-to-load player -> the one provider it may frame; a record's page at the desk
# frames the preview of it, and that may be framed there
CSP_EXCEPTIONS = {
    "desk": {"frame-src": [SELF]},
    "preview": {"frame-ancestors": [SELF]},
    "youtube": {"frame-src": ["https://www.youtube-nocookie.com"]},
    "vimeo": {"frame-src": ["https://player.vimeo.com"]},
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")
}

# --- Uploads --------------------------------------------------------------------
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
UPLOAD_MAX_PIXELS = 40_000_000
RECORDING_MAX_BYTES = 200 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# No address and no query string in any log: what happened, never who asked.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_request": {"()": "workshop.common.logs.WithoutQuery"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_request"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
# HSTS for subdomains and in browsers' preload lists binds more than this site: the
# owner of the domain decides that, in the proxy.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
