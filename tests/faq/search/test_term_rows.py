"""The rows of a term in a table."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from faq.search.term_rows import TermNumbers


def test_the_rows_of_each_term_stand_together_in_the_order_they_came() -> None:
    numbers = TermNumbers()
    rows, order = numbers.in_rows(numbers.of(["tunnel", "gateway", "gateway", "key"]))
    assert {term: order[rows.of(term)].tolist() for term in ("tunnel", "gateway", "key")} == {
        "tunnel": [0],
        "gateway": [1, 2],
        "key": [3],
    }
    assert rows.of("zeppelin") is None


def test_a_table_without_rows_has_no_term() -> None:
    numbers = TermNumbers()
    numbers.of(["tunnel"])
    rows, order = numbers.in_rows(np.zeros(0, np.int32))
    assert rows.of("tunnel") is None
    assert order.tolist() == []
    assert len(rows.digests) == 0


@given(st.lists(st.lists(st.text(max_size=3), max_size=4), max_size=20))
def test_every_row_is_found_by_its_term(added: list[list[str]]) -> None:
    numbers = TermNumbers()
    of_row = np.concatenate([np.zeros(0, np.int32), *(numbers.of(terms) for terms in added)])
    flat = [term for terms in added for term in terms]
    rows, order = numbers.in_rows(of_row)
    assert sorted(order.tolist()) == list(range(len(flat)))
    assert [numbers.terms[number] for number in of_row] == flat
    for term in set(flat):
        assert order[rows.of(term)].tolist() == np.flatnonzero([one == term for one in flat]).tolist()
