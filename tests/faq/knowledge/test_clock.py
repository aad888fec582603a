"""Whether the clock can be believed before something is deleted by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from faq.knowledge.clock import Reading, read_clock

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)


def counted(*steps: timedelta) -> list[bool]:
    """Which of these times count, each told by how far it is from the first, which counted."""
    last: Reading | None = Reading(NOW)
    found = []
    for step in steps:
        last, counts = read_clock(last, NOW + step)
        found.append(counts)
    return found


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([HOUR, DAY, 2 * DAY, 2 * DAY - HOUR], [True, True, True, True]),
        ([2 * YEAR, HOUR, 2 * HOUR], [False, True, True]),
        ([2 * YEAR, 2 * YEAR + HOUR, HOUR, 2 * YEAR + DAY], [False, False, True, False]),
        ([7 * DAY, 7 * DAY + HOUR, 8 * DAY, 8 * DAY + HOUR], [False, False, True, True]),
        ([-2 * YEAR, HOUR, 2 * HOUR, HOUR + DAY], [False, False, False, True]),
        ([2 * YEAR, 7 * DAY, 7 * DAY + HOUR, 8 * DAY], [False, False, False, True]),
        ([DAY + HOUR], [False]),
    ],
)
def test_a_time_counts_if_it_follows_soon_or_the_clock_stands_by_it_for_a_day(
    steps: list[timedelta], expected: list[bool]
) -> None:
    assert counted(*steps) == expected


def test_the_first_time_is_remembered_and_deletes_nothing_yet() -> None:
    assert read_clock(None, NOW) == (Reading(NOW), False)
