"""The arithmetic of growing, and that docs/growing.md tells it as it is."""

from __future__ import annotations

import pytest

from tests.bench.growing import LOADS, Load, past_the_cache, rendered, tables, worker_cores
from tests.served import ROOT


def test_the_docs_have_the_tables_as_they_are_printed() -> None:
    assert "\n".join(tables()) in (ROOT / "docs/growing.md").read_text(encoding="utf-8")


def test_a_shared_cache_asks_for_a_page_at_most_once_while_it_keeps_it() -> None:
    one_page = Load(1, 1_000_000, 1)
    assert past_the_cache(one_page) < 2 * 0.1
    assert past_the_cache(Load(1_000_000, 0.001, 1)) == pytest.approx(0.0007, rel=0.01)


@pytest.mark.parametrize("load", LOADS)
def test_no_more_is_rendered_than_is_asked_for(load: Load) -> None:
    assert 0 < rendered(load) < load.requests
    assert rendered(load) < rendered(Load(load.entries, load.requests, 2 * load.publications))


def test_more_requests_need_more_machines() -> None:
    assert worker_cores(Load(1_000, 200, 5)) > worker_cores(Load(1_000, 100, 5))
