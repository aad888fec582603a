"""Which databases are used: what is known of each, with a clock of the test."""

from __future__ import annotations

import pytest

from faq.store.replica_health import PRIMARY, SILENT_AFTER, Health, Look

ONE, TWO = "replica1", "replica2"


@pytest.fixture
def health() -> Health:
    """A primary and two replicas, all at content version 5 at second 0."""
    made = Health((ONE, TWO), lag_seconds=10)
    all_see(made, 0, 5, 5, 5)
    return made


def all_see(health: Health, now: float, primary: int, one: int, two: int) -> None:
    """Each was seen at a moment with such a content version."""
    health.saw(PRIMARY, Look(primary, is_replica=False, system="7"), now)
    health.saw(ONE, Look(one, is_replica=True, system="7"), now)
    health.saw(TWO, Look(two, is_replica=True, system="7"), now)


def test_replicas_that_answer_are_used(health: Health) -> None:
    assert set(health.readers_use(1)) == {ONE, TWO}
    assert (health.why_unused(ONE, 1), health.why_unreachable(PRIMARY, 1)) == ("", "")


def test_before_the_first_look_none_is_used() -> None:
    assert Health((ONE,), lag_seconds=10).readers_use(0) == []


def test_one_that_failed_is_left_alone_until_it_is_seen_again(health: Health) -> None:
    health.failed(ONE, "connection refused")
    assert (health.readers_use(2), health.why_unused(ONE, 2)) == ([TWO], "connection refused")
    health.saw(ONE, Look(5, is_replica=True), 2.5)
    assert set(health.readers_use(2.5)) == {ONE, TWO}


def test_one_of_which_nothing_is_heard_is_left_alone(health: Health) -> None:
    health.saw(TWO, Look(5, is_replica=True), SILENT_AFTER + 1)
    assert health.readers_use(SILENT_AFTER + 1) == [TWO]
    assert health.why_unreachable(ONE, SILENT_AFTER + 1) == "it does not answer in time"


def test_one_that_hangs_is_silent_whatever_requests_say_of_it(health: Health) -> None:
    health.failed(ONE, "no connection was free")
    assert not health.is_silent(ONE, SILENT_AFTER)
    assert health.is_silent(ONE, SILENT_AFTER + 0.1)
    assert health.why_unreachable(ONE, SILENT_AFTER + 0.1) == "no connection was free"
    health.saw(ONE, Look(5, is_replica=True), SILENT_AFTER + 0.2)
    assert not health.is_silent(ONE, SILENT_AFTER + 0.3)


def test_the_one_with_the_newest_content_comes_first(health: Health) -> None:
    all_see(health, 1, 6, 5, 6)
    assert health.readers_use(1) == [TWO, ONE]


def test_one_that_stays_behind_is_used_up_to_the_bound(health: Health) -> None:
    all_see(health, 100, 6, 5, 6)
    all_see(health, 110, 6, 5, 6)
    assert health.readers_use(110) == [TWO, ONE]
    all_see(health, 111, 6, 5, 6)
    assert health.readers_use(111) == [TWO]
    assert health.why_unused(ONE, 111) == "it has been behind the primary for 11 s"
    all_see(health, 112, 6, 6, 6)
    assert set(health.readers_use(112)) == {ONE, TWO}


def test_one_that_follows_at_a_distance_is_used_however_often_something_changes(health: Health) -> None:
    for now in range(1, 60):
        all_see(health, now, 5 + now, 5 + now, 5 + now - 3)
    assert set(health.readers_use(59)) == {ONE, TWO}


def test_without_the_primary_one_that_is_behind_serves(health: Health) -> None:
    all_see(health, 100, 6, 5, 6)
    all_see(health, 120, 6, 5, 6)
    health.failed(PRIMARY, "connection refused")
    assert health.readers_use(121) == [TWO, ONE]


def test_what_is_no_replica_is_not_used_beside_the_primary(health: Health) -> None:
    health.saw(ONE, Look(5, is_replica=False, system="7"), 1)
    assert health.why_unused(ONE, 1) == "it does not follow a primary"
    health.failed(PRIMARY, "gone")
    assert health.why_unused(ONE, 1) == ""  # it was made the primary


def test_a_copy_of_another_database_is_never_used(health: Health) -> None:
    health.saw(ONE, Look(5, is_replica=True, system="8"), 1)
    health.failed(PRIMARY, "gone")
    assert health.why_unused(ONE, 1) == "it is a copy of another database"


def test_where_the_identifier_may_not_be_read_replicas_are_used(health: Health) -> None:
    health.saw(ONE, Look(5, is_replica=True), 1)
    assert health.why_unused(ONE, 1) == ""


def test_a_primary_that_was_put_back_to_a_backup_leaves_nobody_behind(health: Health) -> None:
    all_see(health, 100, 9, 9, 9)
    all_see(health, 101, 4, 4, 4)
    all_see(health, 120, 4, 4, 4)
    assert set(health.readers_use(120)) == {ONE, TWO}
