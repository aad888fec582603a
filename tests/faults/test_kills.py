"""A few kills of each kind, at moments that stay the same; `make faults KILLS=100` tries more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.every import EVERY
from tests.faults.commands import KINDS
from tests.faults.killing import Counted
from tests.faults.publishing import SLUG
from tests.faults.running import PUBLISH, added, kills_of, table
from tests.served import with_few_entries

KILLS = {"backup": 2, "restore": 2}
"""Of the kinds that are killed more than once: each takes a second or two of a processor."""

IN_SHORT = ("import_faq", "sync", "index", "migrate")
"""The kinds of commands that are killed in each run of the tests."""

WITH_FEW_ENTRIES = (PUBLISH, "index", "indexer")
"""The kinds that build an index of what is published."""

IN_ALL = 10
SEED = 18


@pytest.mark.parametrize("kind", [PUBLISH, *(KINDS if EVERY else IN_SHORT)])
def test_a_kill_loses_nothing_that_was_acknowledged_and_leaves_nothing_half_done(
    kind: str, tmp_path: Path, prepared_on_sqlite: Path
) -> None:
    kills, prepared = IN_ALL if EVERY else KILLS.get(kind, 1), prepared_on_sqlite
    if kind in WITH_FEW_ENTRIES and not EVERY:
        prepared = with_few_entries(prepared, tmp_path / "few", SLUG)
    for counted in kills_of(kind, kills, SEED, tmp_path / kind, prepared):
        assert (counted.lost, counted.half_done, counted.damaged) == (0, 0, 0), counted.notes
        assert counted.is_clean, counted
        assert counted.kills + counted.too_late > 0


def test_a_round_that_is_not_clean_is_seen() -> None:
    assert Counted("x", kills=1, ready_seconds=[1.0]).is_clean
    for fault in ({"lost": 1}, {"half_done": 1}, {"damaged": 1}, {"kills": 2}):
        assert not Counted(**{"fault": "x", "kills": 1, "ready_seconds": [1.0]} | fault).is_clean  # type: ignore[arg-type]


def test_runs_are_counted_together() -> None:
    one = Counted("x", kills=2, acknowledged=1, ready_seconds=[3.0, 1.0])
    (both,) = added([one], [Counted("x", kills=1, lost=1, ready_seconds=[2.0])])
    assert table([both]).splitlines()[2] == "| x | 3 | 1 | 1 | 0 | 0 | 2.0 s | 3.0 s |"
