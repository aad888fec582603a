"""Who may do a task that one process of all machines does at a time."""

from __future__ import annotations

import pytest
from django.db.models import F
from django.db.models.functions import Now

from faq.models import ContentVersion, Lease
from faq.store.leases import NEVER, Held, LeaseLost, holder_of, release, take

pytestmark = pytest.mark.django_db

TASK = "a task"


def run_out() -> None:
    """As if a lease had lasted its time."""
    Lease.objects.filter(name=TASK).update(until=NEVER)


def test_a_lease_that_nobody_holds_is_taken_once() -> None:
    assert [take(TASK, holder, 10) for holder in ("one", "other", "one")] == [True, False, True]
    assert holder_of(TASK) == "one"


def test_one_that_was_given_back_or_has_run_out_is_taken_over() -> None:
    take(TASK, "one", 10)
    release(TASK, "other")
    assert holder_of(TASK) == "one"
    release(TASK, "one")
    assert (holder_of(TASK), take(TASK, "other", 10)) == ("", True)
    run_out()
    assert take(TASK, "one", 10)


def test_it_lasts_by_the_clock_of_the_database() -> None:
    take(TASK, "one", 100)
    lasting = Lease.objects.filter(name=TASK).annotate(left=F("until") - Now()).get().left
    assert 0 <= lasting.total_seconds() <= 100


def test_a_holder_asks_seldom(django_assert_num_queries: pytest.FixtureRequest) -> None:
    held = Held(TASK)
    assert held.is_ours()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert held.is_ours()
    assert not Held(TASK).is_ours()
    held.release()
    assert Held(TASK).is_ours()


def write_under(held: Held, *, stalled: bool) -> None:
    """Write something as the holder, in the midst of which another process takes the lease where it `stalled`."""
    with held.committing():
        ContentVersion.objects.update(number=F("number") + 1)
        if stalled:
            run_out()
            assert take(TASK, "other", 10)


def test_a_holder_that_stalled_writes_nothing() -> None:
    held = Held(TASK)
    assert held.is_ours()
    before = ContentVersion.objects.get().number
    with pytest.raises(LeaseLost):
        write_under(held, stalled=True)
    assert ContentVersion.objects.get().number == before
    write_under(held, stalled=False)  # what the other took was rolled back with the rest
    assert ContentVersion.objects.get().number == before + 1


def test_each_holder_has_a_name_of_its_own() -> None:
    assert Held(TASK).holder != Held(TASK).holder
