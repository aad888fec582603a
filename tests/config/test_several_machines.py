"""What the doctor says of a set-up for several machines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from config import several_machines
from config.caches import redis_of
from config.databases import database_of
from config.several_machines import faults_of_redis, faults_of_replicas, too_many_connections, unfit_settings
from faq.store import servers
from faq.store.replica_health import Look
from tests.redis_server import RedisServer


@pytest.fixture
def shared(settings: Any) -> Any:
    """Settings of a site that two machines can serve."""
    settings.MACHINES, settings.SECRET_KEY_IS_GIVEN, settings.CACHE = 2, True, {"host": "cache"}
    return settings


@pytest.fixture
def on_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the database were a PostgreSQL."""
    monkeypatch.setattr(several_machines, "file_of", lambda database: None)


@pytest.fixture
def replicas(monkeypatch: pytest.MonkeyPatch, on_postgresql: None, settings: Any) -> Callable[..., None]:
    """Sets what one replica says, beside a primary at content version 7."""
    settings.REPLICA_LAG_SECONDS = 0
    monkeypatch.setitem(settings.DATABASES, "replica1", database_of("postgresql://one/wijzer"))
    monkeypatch.setattr(several_machines, "replica_aliases", lambda: ("replica1",))

    class Nothing:
        def close(self) -> None:
            """Nothing was opened."""

    monkeypatch.setattr(servers, "apart", lambda alias: Nothing())
    monkeypatch.setattr(servers, "look", lambda alias: Look(7, is_replica=False, system="1"))

    def say(told: Look | Exception) -> None:
        def look_at(connection: Any) -> Look:
            if isinstance(told, Exception):
                raise told
            return told

        monkeypatch.setattr(servers, "look_at", look_at)

    return say


def told(found: Any) -> str:
    """The findings as the command tells them."""
    return "\n".join(map(str, found))


def test_one_machine_needs_nothing_more(settings: Any) -> None:
    settings.MACHINES, settings.SECRET_KEY_IS_GIVEN = 1, False
    assert list(unfit_settings()) == []
    assert list(faults_of_replicas()) == []


@pytest.mark.usefixtures("on_postgresql")
def test_a_set_up_that_several_can_serve_has_no_findings(shared: Any) -> None:
    assert list(unfit_settings()) == []


@pytest.mark.usefixtures("on_postgresql")
@pytest.mark.parametrize(
    ("changed", "what", "do"),
    [
        ({"SECRET_KEY_IS_GIVEN": False}, "a secret key of its own", "GATEWIJZER_SECRET_KEY"),
        ({"CACHE": None}, "each machine counts for itself", "CACHE_URL"),
    ],
)
def test_what_several_machines_do_not_share_is_named(shared: Any, changed: dict[str, Any], what: str, do: str) -> None:
    for name, value in changed.items():
        setattr(shared, name, value)
    (found,) = unfit_settings()
    assert what in found.what
    assert do in found.do


def test_a_file_is_no_database_of_several(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shared.DATABASES, "default", database_of("sqlite:////srv/site.sqlite3"))
    assert "cannot share a SQLite database" in told(unfit_settings())
    assert list(too_many_connections()) == []


@pytest.mark.parametrize(
    ("look", "what"),
    [
        (Look(7, is_replica=True, system="1"), ""),
        (Look(7, is_replica=True), ""),
        (Look(7, is_replica=False, system="1"), "it does not follow a primary"),
        (Look(7, is_replica=True, system="2"), "it is a copy of another database"),
        (Look(5, is_replica=True, system="1"), "it is at content version 5, and the primary at 7"),
        (OperationalError("refused"), "it does not answer: refused"),
    ],
)
def test_a_replica_that_is_not_used_is_named(replicas: Callable[..., None], look: Look | Exception, what: str) -> None:
    replicas(look)
    said = told(faults_of_replicas())
    assert (what in said) if what else said == ""
    if what:
        assert "replica1 (one) is not used" in said


@pytest.mark.usefixtures("on_postgresql")
@pytest.mark.parametrize(("most", "is_told"), [(97, False), (62, False), (61, True)])
def test_a_server_that_takes_too_few_connections_is_named(
    shared: Any, monkeypatch: pytest.MonkeyPatch, most: int, is_told: bool
) -> None:
    monkeypatch.setattr(servers, "most_connections", lambda alias: most)
    said = told(too_many_connections())
    assert ("2 machines with 2 workers each may open 62" in said) is is_told


def test_a_redis_that_is_not_used_as_it_should_be_is_named(settings: Any, tmp_path: Path) -> None:
    settings.MACHINES, settings.SECRET_KEY_IS_GIVEN = 1, True
    assert list(faults_of_redis()) == []
    redis = RedisServer(tmp_path)
    redis.start("--maxmemory-policy", "allkeys-lru")
    try:
        settings.CACHE = redis_of(redis.url)
        assert "allkeys-lru" in told(faults_of_redis())
        redis.client.config_set("maxmemory-policy", "noeviction")
        assert list(faults_of_redis()) == []
        settings.SECRET_KEY_IS_GIVEN = False
        assert "nothing is shared over Redis" in told(faults_of_redis())
        settings.SECRET_KEY_IS_GIVEN = True
    finally:
        redis.stop()
    assert "Redis is not used" in told(faults_of_redis())
