"""The database of a request: by what it does, and by which databases answer."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError

from faq.store import content_version, database_choice, replica_health
from faq.store.database_choice import ChosenDatabase, Kind, choose_another, chosen, chosen_for
from faq.store.replica_health import PRIMARY, Look

ONE, TWO = "replica1", "replica2"


class _Connections(dict[str, Any]):
    def __missing__(self, alias: str) -> Any:
        made = SimpleNamespace(in_atomic_block=False, close_if_unusable_or_obsolete=lambda: None)
        self[alias] = made
        return made


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> _Connections:
    """Connections that nobody opens."""
    made = _Connections()
    monkeypatch.setattr(database_choice, "connections", made)
    return made


@pytest.fixture
def silent() -> set[str]:
    """Databases that answer nobody, which is not known yet."""
    return set()


@pytest.fixture(autouse=True)
def _watched(monkeypatch: pytest.MonkeyPatch, connections: _Connections, silent: set[str]) -> Iterator[None]:
    """A process that watches a primary and two replicas, of which the first is ahead."""
    monkeypatch.setattr(replica_health, "replica_aliases", lambda: (ONE, TWO))

    def read() -> int:
        if chosen() in silent:
            raise OperationalError("gone")
        return 7

    monkeypatch.setattr(content_version, "_read", read)
    replica_health.begin()
    replica_health.saw(PRIMARY, Look(7, is_replica=False))
    replica_health.saw(ONE, Look(7, is_replica=True))
    replica_health.saw(TWO, Look(6, is_replica=True))
    yield
    replica_health.end()
    content_version._close_request()


@pytest.mark.parametrize(
    ("kind", "failed", "expected"),
    [
        (Kind.READS, (), ONE),
        (Kind.READS, (ONE,), TWO),
        (Kind.READS, (ONE, TWO), PRIMARY),
        (Kind.READS, (PRIMARY,), ONE),
        (Kind.READS_FOR_ACCOUNT, (), PRIMARY),
        (Kind.READS_FOR_ACCOUNT, (ONE, TWO), PRIMARY),
        (Kind.READS_FOR_ACCOUNT, (PRIMARY,), ONE),
        (Kind.WRITES, (), PRIMARY),
        (Kind.WRITES, (PRIMARY,), ONE),
        (Kind.WRITES, (PRIMARY, ONE, TWO), PRIMARY),
    ],
)
def test_a_request_reads_from_one_database(kind: Kind, failed: tuple[str, ...], expected: str) -> None:
    for alias in failed:
        replica_health.failed(alias, "gone")
    with chosen_for(kind):
        assert ChosenDatabase().db_for_read(None) == expected
        assert ChosenDatabase().db_for_write(None) == PRIMARY
    assert chosen() == PRIMARY


def test_in_a_transaction_all_is_read_from_the_primary(connections: _Connections) -> None:
    with chosen_for(Kind.READS):
        connections[PRIMARY].in_atomic_block = True
        assert ChosenDatabase().db_for_read(None) == PRIMARY


def test_outside_of_requests_the_primary_is_asked() -> None:
    assert ChosenDatabase().db_for_read(None) == PRIMARY


def test_a_process_that_does_not_watch_asks_the_primary() -> None:
    replica_health.end()
    with chosen_for(Kind.READS):
        assert chosen() == PRIMARY


def test_a_replica_that_does_not_answer_is_passed_over_and_left_alone(silent: set[str]) -> None:
    silent.add(ONE)
    with chosen_for(Kind.READS):
        assert chosen() == TWO
    assert replica_health.readers_use() == [TWO]


def test_a_reader_whose_database_fails_goes_on_with_each_other_once(silent: set[str]) -> None:
    with chosen_for(Kind.READS):
        seen = [chosen()]
        while choose_another():
            seen.append(chosen())
    assert seen == [ONE, TWO, PRIMARY]


def test_an_account_whose_primary_fails_reads_on() -> None:
    with chosen_for(Kind.READS_FOR_ACCOUNT):
        assert chosen() == PRIMARY
        assert choose_another()
        assert chosen() == ONE


def test_who_writes_is_never_led_elsewhere() -> None:
    with chosen_for(Kind.WRITES):
        assert not choose_another()


def test_a_request_that_goes_on_elsewhere_is_given_the_number_of_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_version, "_read", lambda: {ONE: 7, TWO: 6}[chosen()])
    content_version._open_request()
    with chosen_for(Kind.READS):
        assert content_version.current() == 7
        assert choose_another()
        assert content_version.current() == 6


def test_nothing_is_migrated_but_the_primary() -> None:
    router = ChosenDatabase()
    assert [router.allow_migrate(alias, "faq") for alias in (PRIMARY, ONE)] == [True, False]
    assert router.allow_relation(None, None)
