"""What is missing or unsafe in an installation, in words that an operator can act on: for `manage.py doctor`, and, as
far as it can be told from the settings, for `manage.py check --deploy`.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError
from django.db.models import Q

from config import several_machines
from config.command_line import due_migrations
from config.databases import file_of
from config.findings import Finding
from faq.search import indexer
from faq.search.index_keeper import LOCK
from faq.store import content_version, leases, writing
from web import counters
from web.accounts.factors import factor_of

LEAST_FREE = 500 * 1024 * 1024
"""Bytes on the disk of the data below which changes may soon be refused."""

FOR_OTHERS = 0o077
"""What of the permissions of a file is not for its own account."""

MOST_NAMED = 5
"""Accounts without a second factor that are named."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def unsafe_settings() -> Iterator[Finding]:
    """What the settings alone tell."""
    host = urlsplit(settings.ORIGIN).hostname
    if settings.DEBUG:
        yield Finding("unsafe", "error pages show the code and the settings", "unset GATEWIJZER_DEBUG")
    if host in LOOPBACK:
        yield Finding(
            "missing",
            f"the site says that its address is {settings.ORIGIN}, where only this machine reaches it",
            "set GATEWIJZER_ORIGIN to the address that visitors use, such as https://gatewijzer.example.org",
        )
    elif not settings.SECURE:
        yield Finding(
            "unsafe",
            f"{settings.ORIGIN} is not encrypted: who listens on the way reads passwords and sessions",
            "put a proxy with TLS in front of the site, and set GATEWIJZER_ORIGIN to its https origin",
        )
    elif settings.PROXIES == 0:
        yield Finding(
            "missing",
            "all visitors count as one client, so that one of them can use up the limits of all",
            "set GATEWIJZER_PROXIES to the number of your own proxies, mostly 1",
        )
    if settings.OIDC_ISSUER:
        yield from _unsafe_provider()
    if host not in LOOPBACK and not settings.SECURITY_CONTACT:
        yield Finding(
            "missing",
            "nobody is told whom to write to about a weakness",
            "set GATEWIJZER_SECURITY_CONTACT, such as mailto:security@example.org",
        )
    yield from several_machines.unfit_settings()


def _unsafe_provider() -> Iterator[Finding]:
    """What the settings tell of the provider that signs people in."""
    if not settings.OIDC_ISSUER.startswith("https://"):
        yield Finding(
            "unsafe",
            f"{settings.OIDC_ISSUER} is not encrypted: who listens on the way signs in as anybody",
            "set GATEWIJZER_OIDC_ISSUER to a provider with https",
        )
    if not settings.SECURE:
        yield Finding(
            "unsafe",
            "people come back from the provider of sign-ins without encryption",
            "set GATEWIJZER_ORIGIN to an https origin",
        )
    if settings.OIDC_UNKNOWN == "create" and not settings.OIDC_ROLES:
        yield Finding(
            "missing",
            "accounts are created for unknown people of the organization, and none gets a role",
            "set GATEWIJZER_OIDC_ROLES, or give each account its role in the admin",
        )


def deployed(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """What the settings tell, for `manage.py check --deploy`."""
    return [Warning(found.what, hint=found.do, id="config.W002") for found in unsafe_settings()]


def _migrated() -> Iterator[Finding]:
    if due := due_migrations():
        yield Finding("missing", f"{due} migrations have not been applied", "run manage.py migrate")


def _content() -> Iterator[Finding]:
    if not content_version.is_readable():
        yield Finding("missing", "the database holds no content", "run manage.py sync")


def _stored() -> Iterator[Finding]:
    if reason := writing.why_not():
        yield Finding(
            "missing", f"changes cannot be stored: {reason}", "make the data folder and the database writable"
        )


def _accounts() -> Iterator[Finding]:
    if not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
        yield Finding("missing", "nobody may do everything in the admin", "run manage.py createsuperuser")


def _second_factors() -> Iterator[Finding]:
    """Accounts that may change what readers see, which a password alone opens. Where a second factor is required, they
    are asked for it when they sign in.
    """
    if settings.SECOND_FACTOR == "required":
        return
    mighty = Q(is_superuser=True) | Q(groups__name="publisher")
    accounts = get_user_model().objects.filter(mighty, is_active=True, is_staff=True).distinct().order_by("username")
    without = [user.get_username() for user in accounts if user.has_usable_password() and factor_of(user) is None]
    if without:
        names = ", ".join(without[:MOST_NAMED]) + (" …" if len(without) > MOST_NAMED else "")
        yield Finding(
            "missing",
            f"superusers and publishers without a second factor: {len(without)} ({names})",
            "let them set one up in the admin, or set GATEWIJZER_SECOND_FACTOR=required",
        )


def _private_files() -> Iterator[Finding]:
    database = file_of(settings.DATABASES["default"])
    for path in filter(None, (database, settings.DATA_DIR / "secret-key")):
        if path.exists() and path.stat().st_mode & FOR_OTHERS:
            yield Finding("unsafe", f"other accounts of this machine may read {path}", f"run chmod 600 {path}")


def _room() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_FREE:
        yield Finding(
            "missing",
            f"{free // 1024**2} MB are free on the disk of {settings.DATA_DIR}; changes need room",
            f"make room: at least {LEAST_FREE // 1024**2} MB",
        )


def _index() -> Iterator[Finding]:
    is_shared = indexer.engine().is_shared
    if not leases.holder_of(leases.INDEXER) if is_shared else is_free(settings.DATA_DIR / LOCK):
        yield Finding(
            "missing",
            "no process builds the search index, so that searches will not see what changes",
            "run manage.py serve, or manage.py indexer as a service of its own",
        )
    if reason := indexer.why_behind():
        yield Finding("missing", f"the search index: {reason}", "wait a few seconds, or run manage.py index")


def _static_files() -> Iterator[Finding]:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield Finding(
            "missing", "no static files are collected: pages are bare", "run manage.py collectstatic --no-input"
        )


def _quotas() -> Iterator[Finding]:
    if reason := counters.why_not():
        yield Finding(
            "unsafe",
            f"requests and guesses at passwords are not counted: {reason}",
            f"remove {settings.DATA_DIR / 'rates.sqlite3'}; it is created again",
        )


EXAMINED: tuple[Callable[[], Iterator[Finding]], ...] = (
    unsafe_settings,
    _migrated,
    _content,
    _stored,
    _accounts,
    _second_factors,
    several_machines.faults_of_replicas,
    several_machines.too_many_connections,
    several_machines.faults_of_redis,
    _private_files,
    _room,
    _index,
    _static_files,
    _quotas,
)


def examined() -> Iterator[Finding]:
    """Everything that is missing or unsafe; a database that does not answer is told once."""
    told: set[str] = set()
    for examine in EXAMINED:
        try:
            yield from examine()
        except DatabaseError as error:
            reason = str(error).strip()
            if reason not in told:
                told.add(reason)
                yield Finding("missing", f"the database does not answer: {reason}", "check DATABASE_URL, or migrate")


def is_free(lock: Path) -> bool:
    """Whether no process holds a lock."""
    try:
        with lock.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True
