"""The rows of a term in a table."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from faq.search.term_rows import TermRowsMaker


def test_the_rows_of_each_term_stand_together_in_the_order_they_came() -> None:
    maker = TermRowsMaker()
    maker.add(["tunnel", "gateway"])
    maker.add([])
    maker.add(["gateway", "key"])
    rows, order = maker.made()
    assert {term: order[rows.of(term)].tolist() for term in ("tunnel", "gateway", "key")} == {
        "tunnel": [0],
        "gateway": [1, 2],
        "key": [3],
    }
    assert rows.of("zeppelin") is None


def test_a_table_without_rows_has_no_term() -> None:
    rows, order = TermRowsMaker().made()
    assert rows.of("tunnel") is None
    assert order.tolist() == []


@given(st.lists(st.lists(st.text(max_size=3), max_size=4), max_size=20))
def test_every_row_is_found_by_its_term(added: list[list[str]]) -> None:
    maker = TermRowsMaker()
    for terms in added:
        maker.add(terms)
    flat = [term for terms in added for term in terms]
    rows, order = maker.made()
    assert sorted(order.tolist()) == list(range(len(flat)))
    assert [maker.terms[number] for number in maker.of_row] == flat
    for term in set(flat):
        assert order[rows.of(term)].tolist() == np.flatnonzero([one == term for one in flat]).tolist()
