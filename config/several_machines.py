"""What a site needs that several machines serve, and what of it is missing in this installation."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import Error

from config.databases import THREADS, WATCHED_BY, file_of
from config.findings import Finding
from faq.store import servers
from faq.store.replica_health import PRIMARY, replica_aliases
from web import redis_connection
from web.serving.server import WORKERS

OTHERS = 5
"""Connections for the process that builds the index, for commands, and for whoever administers the database."""


def are_several() -> bool:
    """Whether the settings say that several machines serve the site."""
    return settings.MACHINES > 1 or bool(replica_aliases())


def unfit_settings() -> Iterator[Finding]:
    """What the settings alone tell."""
    if not are_several():
        return
    if file_of(settings.DATABASES[PRIMARY]) is not None:
        yield Finding(
            "missing",
            "several machines cannot share a SQLite database",
            "set DATABASE_URL to a PostgreSQL that all of them reach",
        )
    if not settings.SECRET_KEY_IS_GIVEN:
        yield Finding(
            "missing",
            "each machine makes a secret key of its own, so that none knows the sessions and links of another",
            "set the same GATEWIJZER_SECRET_KEY on all machines",
        )
    if not redis_connection.is_set():
        yield Finding(
            "unsafe",
            "each machine counts for itself, so that a client may send and guess as often on each of them",
            "set CACHE_URL to a Redis that all machines reach",
        )


def faults_of_redis() -> Iterator[Finding]:
    """Why the Redis of the set-up is not used as it should be."""
    if not redis_connection.is_set():
        return
    if not settings.SECRET_KEY_IS_GIVEN and not are_several():
        yield Finding(
            "missing",
            "nothing is shared over Redis, since this machine made a secret key of its own",
            "set the same GATEWIJZER_SECRET_KEY on all machines",
        )
    try:
        policy = redis_connection.evicts()
    except redis_connection.Unavailable as fault:
        yield Finding("missing", f"Redis is not used: {fault}", "check CACHE_URL, and start Redis")
        return
    if reason := redis_connection.why_not():
        yield Finding("missing", f"Redis takes no value: {reason}", "name one that may be written in CACHE_URL")
    if policy:
        yield Finding(
            "unsafe",
            f"Redis forgets counts of guesses when it is full ({policy})",
            "set maxmemory-policy of that Redis to noeviction",
        )


def faults_of_replicas() -> Iterator[Finding]:
    """Which replicas cannot be used. One that is behind gets as long to catch up as readers let it be behind."""
    if not replica_aliases():
        return
    primary = servers.look(PRIMARY)
    for alias in replica_aliases():
        try:
            fault = servers.fault_of_replica(alias, primary, settings.REPLICA_LAG_SECONDS)
        except Error as error:
            fault = f"it does not answer: {error}".strip()
        if fault:
            what = f"{alias} ({settings.DATABASES[alias]['HOST']}) is not used: {fault}"
            yield Finding("missing", what, "check DATABASE_REPLICA_URLS and the replication of PostgreSQL")


def too_many_connections() -> Iterator[Finding]:
    """Which servers take fewer connections than all machines may open."""
    if file_of(settings.DATABASES[PRIMARY]) is not None:
        return
    needed = settings.MACHINES * (WORKERS * (THREADS + WATCHED_BY) + OTHERS)
    for alias in (PRIMARY, *replica_aliases()):
        try:
            most = servers.most_connections(alias)
        except Error:  # another finding says that it does not answer
            continue
        if most < needed:
            yield Finding(
                "missing",
                f"{alias} takes {most} connections, and {settings.MACHINES} machines with {WORKERS} workers each may "
                f"open {needed}",
                f"set max_connections of that PostgreSQL to {needed + OTHERS} or more",
            )
