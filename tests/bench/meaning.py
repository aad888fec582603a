"""What the second opinion by meaning costs: `python -m tests.bench.meaning`, after `make meaning`.

The shipped entries are indexed with and without it, in one process and with one thread. The queries are those of the
tuning half, each asked once, so that no vector of a question is kept from before.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from faq.search.engine import Engine, Query
from faq.search.engines.meaning.engine import MeaningEngine
from faq.search.engines.meaning.model import SentenceModel, unfit
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.judging import judged_queries
from faq.search.terms import SHIPPED as TERMS
from faq.search.terms import read_terms
from tests.bench.search import EDITIONS, shipped_documents

CONTENT_VERSION, LIMIT = 1, 10


def main() -> int:
    """Print the times and the memory."""
    if reason := unfit():
        print(f"The second opinion by meaning is not measured: {reason}.")
        return 1
    documents = [document for folder in EDITIONS for document in shipped_documents(folder)]
    queries = sorted(
        {Query(one.query, one.language, folder.name) for folder in EDITIONS for one in judged_queries(folder.name)},
        key=repr,
    )
    with tempfile.TemporaryDirectory() as folder:
        by_itself = WhooshEngine(Path(folder) / "index")
        with_meaning = MeaningEngine(by_itself, SentenceModel(), Path(folder) / "vectors")
        by_itself.index(documents, terms := read_terms(TERMS.read_text(encoding="utf-8")), CONTENT_VERSION)
        before = _milliseconds(by_itself, queries)
        own, shared = _memory()
        began = time.perf_counter()
        with_meaning.index(documents, terms, CONTENT_VERSION)
        built = time.perf_counter() - began
        _tell("by itself", before)
        _tell("with meaning", _milliseconds(with_meaning, queries))
    own_now, shared_now = _memory()
    print(f"to make all vectors, of {len(documents)} texts: {built:.0f} s")
    print(f"memory: {own_now - own:.0f} MB more of a process's own, {shared_now - shared:.0f} MB that processes share")
    return 0


def _milliseconds(engine: Engine, queries: Sequence[Query]) -> list[float]:
    """How long each query takes."""
    times = []
    for query in queries:
        began = time.perf_counter()
        engine.search(query, CONTENT_VERSION, LIMIT)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _tell(name: str, times: Sequence[float]) -> None:
    p99 = statistics.quantiles(times, n=100, method="inclusive")[98]
    print(f"{name:<18} p50 {statistics.median(times):6.1f} ms   p99 {p99:6.1f} ms a query")


def _memory() -> tuple[float, float]:
    """MB of this process that are its own, and that come from files."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    own, shared = (int(re.findall(rf"^{name}:\s+(\d+)", status, re.M)[0]) / 1024 for name in ("RssAnon", "RssFile"))
    return own, shared


if __name__ == "__main__":
    sys.exit(main())
