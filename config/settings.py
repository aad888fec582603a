"""How the site is set up: read from the environment alone, each value by a strict parser, with defaults that just run.

Every setting is named in docs/operating.md; a value that does not fit stops the start, with name and reason.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.caches import redis_of
from config.databases import database_of, databases_of, file_of, replicas_of, sqlite_at
from faq.roles import ROLES
from web import languages
from web.accounts import provider_settings
from web.colors import color
from web.hosts import host_name, network, shown, web_origin, web_url
from web.languages import DEFAULT_LANGUAGE, ENGLISH_NAMES
from web.logos import logo_at

BASE_DIR = Path(__file__).resolve().parent.parent

T = TypeVar("T")

MOST_SHARED_SECONDS = 3600
"""For which a shared cache may keep a page at most: readers see a withdrawn answer for as long."""

LONGEST_NAME = 40
"""Characters of the name of the site: more do not fit on a phone."""


NOT_SHOWN = frozenset(
    f"GATEWIJZER_{name}"
    for name in (
        *("DATA", "KEPT_PAGES_MB", "PROXIES", "METRICS_FROM", "ACCESS_LOG", "LOG_FORMAT"),
        *("MACHINES", "REPLICA_LAG_SECONDS"),
    )
)
"""Settings that no page depends on, and in which machines of one site may differ."""

_shown: dict[str, object] = {}


def _read(name: str, default: T, parse: Callable[[str], T], *, is_secret: bool = False) -> T:
    """The setting `name` from the environment, or its default. Raises ImproperlyConfigured with the reason, and with
    the value unless that may hold a password.
    """
    given = os.environ.get(name)
    if given is None:
        return default
    try:
        value = parse(given.strip())
    except ValueError as fault:
        told = name if is_secret else f"{name}={shown(given)!r}"
        raise ImproperlyConfigured(f"{told}: {fault}") from (None if is_secret else fault)
    if not is_secret and name not in NOT_SHOWN:
        _shown[name] = value
    return value


def _yes_no(text: str) -> bool:
    try:
        return {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}[text.lower()]
    except KeyError:
        raise ValueError("must be yes or no") from None


def _origin(text: str) -> str:
    return web_origin(text, is_own=True)


def _hosts(text: str) -> list[str]:
    return [host_name(word, is_own=True) for word in _words(text)]


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").split() if word]


def _networks(text: str) -> list[IPv4Network | IPv6Network]:
    return [network(word) for word in _words(text)]


def _folder(text: str) -> Path:
    if not text:
        raise ValueError("must be a folder")
    return Path(text).expanduser().resolve()


def _secret(text: str) -> str:
    if len(text) < 50 or len(set(text)) < 10:
        raise ValueError("a secret key has at least 50 characters, of which 10 differ")
    return text


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) > 20:
        raise ValueError("must be a whole number from 0 to 20")
    return int(text)


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > MOST_SHARED_SECONDS:
        raise ValueError(f"must be a whole number of seconds from 0 to {MOST_SHARED_SECONDS}")
    return int(text)


def _contact(text: str) -> str:
    if text and not text.startswith(("mailto:", "https://")):
        raise ValueError("must be a URL that begins with mailto: or https://")
    if text.startswith("mailto:"):
        host_name(text.partition("?")[0].rpartition("@")[2])
        return text
    return web_url(text, may_be_plain=False) if text else text


def _hsts(text: str) -> str:
    if text not in ("host", "subdomains", "preload"):
        raise ValueError("must be host, subdomains, or preload")
    return text


def _log_format(text: str) -> str:
    if text not in ("text", "json"):
        raise ValueError("must be text or json")
    return text


def _one_of(*values: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in values:
            raise ValueError(f"must be {' or '.join(values)}")
        return text

    return parse


def _roles_by_value(text: str) -> dict[str, str]:
    return provider_settings.roles_by_value(text, (*ROLES, provider_settings.SUPERUSER))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise ValueError("must be a whole number of 1 or more")
    return int(text)


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise ValueError("a name has at least one character, and none that is invisible")
    if len(name) > LONGEST_NAME:
        raise ValueError(
            f"a name has at most {LONGEST_NAME} characters, and this one has {len(name)}; "
            f"{name[:LONGEST_NAME].rpartition(' ')[0] or name[:LONGEST_NAME]!r} would fit"
        )
    return name


def _no_color_or(text: str) -> str:
    return color(text) if text else ""


def _status(text: str) -> str:
    if text and text not in ("A", "B", "C", "D", "E"):
        raise ValueError("must be A, B, C, D, or E, as in the model of the Dutch government")
    return text


def _kept_secret(folder: Path) -> str:
    """The secret key of this installation: made once, kept in the data folder, readable by its owner alone. The file is
    there only when it is whole. Raises ImproperlyConfigured, with the file, where it cannot be read or is no key.
    """
    path = folder / "secret-key"
    try:
        if not path.exists():
            _keep_new_secret(path)
        return _secret(path.read_text().strip())
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else fault
        raise ImproperlyConfigured(
            f"{path}: {reason}. Repair the file, delete it to have a new one made (everybody signs in again), "
            "or set GATEWIJZER_SECRET_KEY."
        ) from fault


def _keep_new_secret(path: Path) -> None:
    """Write a new key, unless another process was first."""
    handle, name = tempfile.mkstemp(prefix=".secret-key-", dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(60))
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)


# What an operator can set.
DATA_DIR = _read("GATEWIJZER_DATA", BASE_DIR / "var", _folder)
DATA_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)
ORIGIN = _read("GATEWIJZER_ORIGIN", "http://127.0.0.1:8000", _origin)
DEFAULT_EDITION = _read("GATEWIJZER_EDITION", "2026", str)
NAME = _read("GATEWIJZER_NAME", "Gatewijzer", _name)
COLOR = _read("GATEWIJZER_COLOR", "", _no_color_or)
LOGO = _read("GATEWIJZER_LOGO", None, logo_at)
DEBUG = _read("GATEWIJZER_DEBUG", False, _yes_no)
_GIVEN_KEY = _read("GATEWIJZER_SECRET_KEY", "", _secret, is_secret=True)
SECRET_KEY_IS_GIVEN = bool(_GIVEN_KEY)
SECRET_KEY = _GIVEN_KEY or _kept_secret(DATA_DIR)
KEPT_PAGES_MB = _read("GATEWIJZER_KEPT_PAGES_MB", 64, _count)
CACHE = _read("CACHE_URL", None, redis_of, is_secret=True)
"""The Redis for what machines share, as its client takes it; None where there is none."""
SHARED_CACHE_SECONDS = _read("GATEWIJZER_SHARED_CACHE_SECONDS", 10, _seconds)
QUESTIONS_KEPT_WEEKS = _read("GATEWIJZER_QUESTIONS_KEPT_WEEKS", 26, _count)
CHECKED_WITHIN_DAYS = _read("GATEWIJZER_CHECKED_WITHIN_DAYS", 365, _count)
VERSIONS_KEPT_DAYS = _read("GATEWIJZER_VERSIONS_KEPT_DAYS", 0, _count)
AUDIT_KEPT_DAYS = _read("GATEWIJZER_AUDIT_KEPT_DAYS", 0, _count)
DESIGNS_KEPT_WEEKS = _read("GATEWIJZER_DESIGNS_KEPT_WEEKS", 52, _count)
DESIGNS_MB = _read("GATEWIJZER_DESIGNS_MB", 100, _count)
API_PER_MINUTE = _read("GATEWIJZER_API_PER_MINUTE", 6000, _count)
POSTS_PER_MINUTE = _read("GATEWIJZER_POSTS_PER_MINUTE", 120, _count)
SEARCH_MEANING = _read("GATEWIJZER_SEARCH_MEANING", False, _yes_no)
PROXIES = _read("GATEWIJZER_PROXIES", 0, _number)
MACHINES = _read("GATEWIJZER_MACHINES", 1, _count)
REPLICA_LAG_SECONDS = _read("GATEWIJZER_REPLICA_LAG_SECONDS", 10, _count)
SECURITY_CONTACT = _read("GATEWIJZER_SECURITY_CONTACT", "", _contact)
METRICS_FROM = _read("GATEWIJZER_METRICS_FROM", list[IPv4Network | IPv6Network](), _networks)
LOG_FORMAT = _read("GATEWIJZER_LOG_FORMAT", "text", _log_format)
ACCESS_LOG = _read("GATEWIJZER_ACCESS_LOG", False, _yes_no)
HSTS = _read("GATEWIJZER_HSTS", "host", _hsts)
ORGANIZATION = _read("GATEWIJZER_ORGANIZATION", "", str.strip)
ACCESSIBILITY_STATUS = _read("GATEWIJZER_ACCESSIBILITY_STATUS", "", _status)
ACCESSIBILITY_CONTACT = _read("GATEWIJZER_ACCESSIBILITY_CONTACT", "", _contact)
ACCESSIBILITY_ANSWER_DAYS = _read("GATEWIJZER_ACCESSIBILITY_ANSWER_DAYS", 0, _count)
ACCESSIBILITY_STATED_ON = _read("GATEWIJZER_ACCESSIBILITY_STATED_ON", None, date.fromisoformat)
WEBHOOK_PRIVATE = _read("GATEWIJZER_WEBHOOK_PRIVATE", False, _yes_no)
_MORE_HOSTS = _read("GATEWIJZER_HOSTS", list[str](), _hosts)

# How accounts sign in.
SECOND_FACTOR = _read("GATEWIJZER_SECOND_FACTOR", "optional", _one_of("optional", "required"))
PASSWORDS = _read("GATEWIJZER_PASSWORDS", "everyone", _one_of("everyone", "superusers"))
OIDC_ISSUER = _read("GATEWIJZER_OIDC_ISSUER", "", provider_settings.issuer)
OIDC_RP_CLIENT_ID = _read("GATEWIJZER_OIDC_CLIENT_ID", "", str)
OIDC_RP_CLIENT_SECRET = _read("GATEWIJZER_OIDC_CLIENT_SECRET", "", str, is_secret=True) or _read(
    "GATEWIJZER_OIDC_CLIENT_SECRET_FILE", "", provider_settings.secret_in
)
OIDC_USERNAME_CLAIM = _read("GATEWIJZER_OIDC_USERNAME_CLAIM", "preferred_username", str)
OIDC_UNKNOWN = _read("GATEWIJZER_OIDC_UNKNOWN", "refuse", _one_of("refuse", "create"))
OIDC_ROLES_CLAIM = _read("GATEWIJZER_OIDC_ROLES_CLAIM", "roles", str)
OIDC_ROLES = _read("GATEWIJZER_OIDC_ROLES", dict[str, str](), _roles_by_value)
OIDC_MFA = _read("GATEWIJZER_OIDC_MFA", ["mfa"], _words)
OIDC_AUTHORITIES = _read("GATEWIJZER_OIDC_AUTHORITIES", "", provider_settings.authorities_at)
if OIDC_ISSUER and not (OIDC_RP_CLIENT_ID and OIDC_RP_CLIENT_SECRET):
    raise ImproperlyConfigured(
        "GATEWIJZER_OIDC_ISSUER needs GATEWIJZER_OIDC_CLIENT_ID, and GATEWIJZER_OIDC_CLIENT_SECRET or "
        "GATEWIJZER_OIDC_CLIENT_SECRET_FILE"
    )

SECURE = ORIGIN.startswith("https://")
HOST = urlsplit(ORIGIN).netloc
"""What the header Host says in a request for this site."""
ALLOWED_HOSTS = sorted(
    f"[{host}]" if ":" in host else host
    for host in {urlsplit(ORIGIN).hostname or "", "127.0.0.1", "localhost", "::1", *_MORE_HOSTS}
)

INSTALLED_APPS = [
    "config",
    "faq",
    "advisor",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "web.accounts",
    "corsheaders",
    "django_htmx",
    "reversion",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.shared_caches.SharedCaches",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.interfaces.chosen_database.ChosenDatabase",
    "corsheaders.middleware.CorsMiddleware",
    "web.request_intake.Intake",
    "web.request_limits.Limiting",
    "web.problems.ProblemsForPrograms",
    "config.interfaces.locked_database.LockedDatabase",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.interfaces.frames.Embedding",
    "web.errors.LowerCasePaths",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "web.accounts.sessions.OnlyVerifiedSessions",
    "config.audit.Audit",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "config.urls"

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
                "advisor.context_processors.editions_that_advise",
            ],
        },
    },
]

_PRIMARY = _read("DATABASE_URL", sqlite_at(DATA_DIR / "gatewijzer.sqlite3"), database_of, is_secret=True)
_REPLICAS = _read("DATABASE_REPLICA_URLS", list[dict[str, Any]](), replicas_of, is_secret=True)
try:
    DATABASES = databases_of(_PRIMARY, _REPLICAS)
except ValueError as fault:
    raise ImproperlyConfigured(f"DATABASE_REPLICA_URLS: {fault}") from None
if _REPLICAS:
    DATABASE_ROUTERS = ["faq.store.database_choice.ChosenDatabase"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SEARCH_ENGINE = _read("GATEWIJZER_SEARCH_ENGINE", "whoosh", _one_of("whoosh", "postgres"))
if SEARCH_ENGINE == "postgres" and file_of(DATABASES["default"]) is not None:
    raise ImproperlyConfigured("GATEWIJZER_SEARCH_ENGINE=postgres needs a DATABASE_URL of PostgreSQL")
if SEARCH_ENGINE == "postgres" and SEARCH_MEANING:
    raise ImproperlyConfigured("GATEWIJZER_SEARCH_MEANING needs GATEWIJZER_SEARCH_ENGINE=whoosh")
INDEX_DIR = DATA_DIR / "index"
VECTORS_DIR = DATA_DIR / "vectors"
CONTENT_DIR = BASE_DIR / "faq" / "content"

LANGUAGE_CODE = DEFAULT_LANGUAGE
LANGUAGES = [(code, _(ENGLISH_NAMES[code])) for code in languages.LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "web.static_files.SmallerStaticFiles"},
}
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755  # of static files, which a server in front of the site may send itself
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    },
}
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # framing is ruled by frame-ancestors above, which browsers heed first
    # HSTS for every other host of the domain, and the list that browsers ship, are not for this site to decide: on
    # example.org they would force https on all of example.org for a year. Who owns the domain sets GATEWIJZER_HSTS.
    "security.W005",
    "security.W021",
]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REDIRECT_EXEMPT = [r"^(?:readyz|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS in ("subdomains", "preload")
SECURE_HSTS_PRELOAD = HSTS == "preload"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_TRUSTED_ORIGINS = [ORIGIN]

CORS_URLS_REGEX = (
    r"/api/|/oembed$|/llms\.txt$"
    r"|/[a-z]{2}/(?:.+\.(?:md|txt|html|atom)|advice/result/[a-z]+/|advice/case/[^/]+/[a-z]+/)$"
)
"""What scripts of listed portals may read: what is meant for programs, and the other forms of a page."""
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-modified-since", "if-none-match"]
CORS_EXPOSE_HEADERS = [
    *["ETag", "Location", "Retry-After", "RateLimit", "RateLimit-Policy"],
    *["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
]

LOGIN_REDIRECT_URL = "/admin/"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
if OIDC_ISSUER:
    AUTHENTICATION_BACKENDS.append("web.accounts.provider_accounts.ProviderBackend")
OIDC_RP_SCOPES = "openid profile email"
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_USE_PKCE = True
OIDC_AUTHENTICATION_CALLBACK_URL = "sign-in-callback"

OTP_TOTP_ISSUER = NAME
OTP_TOTP_SYNC = False  # a clock that is off is no reason to accept older and older codes
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0  # guesses are counted before (web/accounts/guesses.py)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# What `web` is told of the paths of this site.
API_PATHS = ("/api/",)
"""Below these every error is problem details."""
PROGRAM_PATHS = (*API_PATHS, "/mcp", "/oembed", "/embed/")
"""What programs and portals ask for, of which a client has so much a minute."""
FRAMED_PATHS = ("/embed/",)
"""Pages among these, in which visitors send forms as well."""
LOGIN_PATH = "/admin/login/"
UNCOUNTED_PATHS = ("/admin/",)
"""Where forms are sent by accounts, which are not counted."""
OWN_PARAMETERS = frozenset(
    {
        *("edition", "page", "p", "from", "to", "kind", "lang", "offset", "limit", "section", "type", "format", "part"),
        *("all", "theme"),
    }
)
"""What an address of the site's own pages asks with. With any other it may say what a visitor typed."""
LARGE_QUERIES = r"(?:^|&)(?:design|text)="
"""Queries that ask for a page which takes a second to make."""
TYPING_PATHS = r"(?:/embed)?/[a-z]{2}/advice/"
"""Where htmx posts a form while somebody types in it, of which nothing is stored."""
READING_POSTS = r"/api/v1/(?:search|advice|need|deployables/[^/]+)|/mcp/?|/[a-z]{2}/search/text/(?:reply/)?"
"""Where a body is sent only to be answered: nothing is stored of it."""
BODY_BYTES = dict.fromkeys(("/mcp", "/mcp/"), 1024 * 1024)
"""The most bytes of a body, where it is less than anywhere else: a need of the contract is no larger."""

MOST_BODY_BYTES = 2 * 1024 * 1024
"""The most bytes of a body elsewhere."""
FILES_PATHS = r"/api/v1/need|(?:/embed)?/[a-z]{2}/advice/open/"
"""Where the files of a set-up are sent."""
FILES_BYTES = 6 * 1024 * 1024
"""The most bytes of a body there: 5 MiB of files, with what stands around them in a form."""

# What is sent stays in memory, whatever its size: files of a set-up may hold keys, which no disk shall see.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = FILES_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a design of 500 sites is 3,500 fields

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "web.request_id.WithRequestId"},
        "refusals": {"()": "web.log_lines.RefusalsInOneLine"},
    },
    "formatters": {
        "text": {"()": "web.log_lines.TextLines"},
        "json": {"()": "web.log_lines.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request_id", "refusals"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gatewijzer.access": {"level": "INFO"}},
}

SET_UP = blake2b(repr(sorted(_shown.items(), key=lambda item: item[0])).encode(), digest_size=16).hexdigest()
"""A digest of what was set that a page may depend on: machines with another one share no pages."""
