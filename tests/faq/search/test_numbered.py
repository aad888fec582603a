"""Documents in numbers say what their terms said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.search.analysis import FIELDS, LENGTH_MATTERS, Analysed, is_meaning, is_pair, pairs
from faq.search.evidence import idf, idfs_of
from faq.search.numbered import numbered, weights_of
from faq.search.term_rows import TermNumbers
from faq.search.ways import MOST_NAMED, ways_of

TERM = st.sampled_from(["a", "b", "c", "d+e", "#f", "#g"])
THING = st.lists(TERM, min_size=1, max_size=3, unique=True)
COUNTED = st.dictionaries(TERM, st.sampled_from([0.5, 0.85, 1.0, 3.0]), max_size=4)
DOCUMENTS = st.lists(
    st.builds(
        Analysed,
        st.fixed_dictionaries(dict.fromkeys(FIELDS, COUNTED)),
        st.lists(st.lists(THING, max_size=4), min_size=1, max_size=3),
        st.frozensets(st.sampled_from(["word", "other", "third"])),
    ),
    min_size=1,
    max_size=5,
)


@given(DOCUMENTS)
def test_terms_weigh_what_their_fields_say(documents: list[Analysed]) -> None:
    """The tf' of BM25F, by its definition."""
    numbers = TermNumbers()
    in_numbers = [numbered(one, numbers, TermNumbers()) for one in documents]
    found = iter(weights_of(in_numbers).tolist())
    lengths = [{name: sum(one.counted[name].values()) for name in FIELDS} for one in documents]
    average = {name: sum(length[name] for length in lengths) / len(lengths) for name in FIELDS}
    for one, length, document in zip(in_numbers, lengths, documents, strict=True):
        for number in one.terms:
            term = numbers.terms[number]
            weight = sum(
                document.counted[name].get(term, 0)
                * FIELDS[name]
                / (1 - LENGTH_MATTERS[name] + LENGTH_MATTERS[name] * length[name] / average[name])
                for name in FIELDS
                if length[name]
            )
            assert next(found) == pytest.approx(weight)
    assert next(found, None) is None


@given(DOCUMENTS)
def test_ways_name_what_their_things_say(documents: list[Analysed]) -> None:
    numbers, size = TermNumbers(), len(documents)
    in_numbers = [numbered(one, numbers, TermNumbers()) for one in documents]
    holds = {term: sum(number in one.terms for one in in_numbers) for number, term in enumerate(numbers.terms)}
    idfs = idfs_of(size, np.array(list(holds.values()), np.int32))
    ways = ways_of(in_numbers, numbers, idfs)
    flat = [way for document in documents for way in document.phrasings]
    named = [{term for thing in way for term in thing} | pairs(way) for way in flat]
    counts = [len(document.phrasings) for document in documents]
    assert ways.starts.tolist() == [sum(counts[:place]) for place in range(size)]
    roots = [math.sqrt(sum(max(idf(size, holds[term]) for term in thing) for thing in way)) for way in flat]
    assert ways.roots.tolist() == pytest.approx(roots)
    for term in set().union(*named):
        assert ways.holding[ways.terms.of(term)].tolist() == [place for place, way in enumerate(named) if term in way]
    for counted, usual in ((lambda term: not is_pair(term), ways.usual), (is_meaning, ways.usual_meanings)):
        for place, document in enumerate(documents):
            own = [{term for thing in way for term in thing} | pairs(way) for way in document.phrasings]
            shares = [sum(term in way for way in own) / (len(own) + 1) for term in set().union(*own) if counted(term)]
            expected = sum(math.log1p(-min(share, MOST_NAMED)) for share in shares)
            assert usual[place] == pytest.approx(expected, abs=1e-5)


def test_one_more_build_has_no_terms_of_documents_that_are_gone() -> None:
    numbers, words = TermNumbers(), TermNumbers()
    gone, stays = (Analysed({name: {term: 1.0} for name in FIELDS}, [[[term]]], frozenset()) for term in ("a", "b"))
    numbered(gone, numbers, words)
    left = [numbered(stays, numbers, words)]
    ways = ways_of(left, numbers, idfs_of(1, np.array([0, 1], np.int32)))
    assert ways.terms.of("a") is None
    assert ways.terms.of("b") == slice(0, 1)
