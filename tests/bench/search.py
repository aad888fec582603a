"""How fast search is, beside stock Whoosh, SQLite FTS5 and tantivy on the same entries and queries, in one run.

A measured call is the whole search for a visitor: the question as typed, ten results, each with its passage marked.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tantivy
from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import MultifieldParser, OrGroup

from faq.knowledge.content_files import edition_folders, read_edition
from faq.knowledge.limits_file import read_catalogue
from faq.knowledge.markdown import render_answer
from faq.search.engine import Query, SearchDocument
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.judging import Judged, judged_queries
from faq.search.passages import passage
from faq.search.terms import SHIPPED as TERMS
from faq.search.terms import read_terms
from tests.served import ROOT
from web.languages import LANGUAGES

EDITIONS = edition_folders(ROOT / "faq" / "content")
"""The folders of the shipped editions, oldest first; made-up entries are put together from those of the last."""
SIZES = ("shipped", "1000", "10000")
BOOSTS = {"question": 3.0, "asked_as": 2.0, "answer": 1.0}
CONTENT_VERSION, LIMIT, SEED = 1, 10, 2016

SHIPPED_AIMS = {"p50": 2.0, "p99": 8.0}
"""Milliseconds of our search over the shipped entries."""
FTS5_AIMS = {"p50": 1.2, "p99": 1.5}
"""Our milliseconds at the largest size, in those of SQLite FTS5."""
BUILD_AIM = 1.0
"""Our time to build the index of the largest size, in that of stock Whoosh."""
MEMORY_AIM = 400.0
"""MB that a process holds more after all the queries, at the largest size."""

PRODUCT_SHARE = 0.1
"""The part of the words of a made text that are product names."""
PRODUCT_TAIL = 0.25
"""How heavy the tail of product names is: the n-th is used about n^-(1 + this) as often as the first."""
SYLLABLES = tuple(first + vowel for first in ("st", "tr", "kl", *"bdfgklmnprstvz") for vowel in "aeiou")

Search = Callable[[Judged], int]
"""Runs one query, marks the passages, and returns how many results it got."""


@dataclass(slots=True)
class Times:
    """Milliseconds of each call: in the first pass, when no cache is warm, and in the passes that count."""

    build: float
    first: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    found: int = 0

    def figures(self) -> dict[str, float]:
        return {
            "p50": statistics.median(self.warm),
            "p99": _p99(self.warm),
            "first p50": statistics.median(self.first),
            "first p99": _p99(self.first),
        }


def main() -> int:
    """Measure, print each figure with its aim, and return 1 when all sizes were measured and an aim was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=lambda given: given.split(","), default=list(SIZES), help="entries to index")
    parser.add_argument("--rounds", type=int, default=3, help="passes over all queries after the warm-up pass")
    chosen = parser.parse_args()
    print(
        f"The judged queries of each edition, {LIMIT} results each with its passage marked; every query is put to each"
    )
    print(f"engine in turn: one warm-up pass (shown as `first`), then {chosen.rounds} that count. Milliseconds.")
    print("Ours searches both languages and mends typing errors; the others search the language of the query only.")
    missed = []
    for size in chosen.sizes:
        for folder in EDITIONS if size == "shipped" else EDITIONS[-1:]:
            queries = judged_queries(folder.name)
            shipped = list(shipped_documents(folder))
            documents = shipped if size == "shipped" else list(made_documents(shipped, int(size)))
            print(f"\nedition {folder.name}, {len(queries)} judged queries", end="")
            missed += measure(size, documents, queries, chosen.rounds)
    print("\n".join(f"MISSED: {aim}" for aim in missed) or "every aim measured was met")
    return int(bool(missed) and set(SIZES) <= set(chosen.sizes))


def measure(size: str, documents: Sequence[SearchDocument], queries: Sequence[Judged], rounds: int) -> list[str]:
    """Build every engine's index of these documents, time the queries, print a table, and return the missed aims."""
    words = {word for one in documents for word in re.findall(r"\w+", f"{one.question} {one.answer}".lower())}
    print(f"\n{size}: {len(documents) // len(LANGUAGES):,} entries in {len(LANGUAGES)} languages, {len(words):,} words")
    with tempfile.TemporaryDirectory(prefix="bench-search-") as name:
        searches: dict[str, Search] = {}
        times: dict[str, Times] = {}
        for engine, build in ENGINES.items():
            folder = Path(name) / engine
            folder.mkdir()
            started = time.perf_counter()
            searches[engine] = build(documents, folder)
            times[engine] = Times(time.perf_counter() - started)
        run(searches, times, queries, rounds)
        table(times, len(queries))
        opened, used = in_child(memory, Path(name) / "ours", documents[0].edition)
    print(f"memory of a process that holds our index: {opened:+.0f} MB opened, {used:+.0f} MB after all the queries")
    return list(misses(size, times, used))


def run(searches: Mapping[str, Search], times: Mapping[str, Times], queries: Sequence[Judged], rounds: int) -> None:
    """Put every query to each engine in turn, another one first each time. What stands in memory beforehand is kept
    from the garbage collector, so that no engine pays for walking another's objects."""
    for number in range(rounds + 1):
        gc.collect()
        gc.freeze()
        for place, judged in enumerate(queries):
            for step in range(len(searches)):
                engine = list(searches)[(place + step) % len(searches)]
                started = time.perf_counter_ns()
                found = searches[engine](judged)
                spent = (time.perf_counter_ns() - started) / 1e6
                (times[engine].warm if number else times[engine].first).append(spent)
                times[engine].found += 0 if number else found
    gc.unfreeze()


def table(times: Mapping[str, Times], queries: int) -> None:
    """Each engine's milliseconds, results per query and seconds to build, with the ratio of ours to it."""
    print(f"  {'':8} {'p50':>9} {'p99':>9} {'ours/it':>8} {'ours/it':>8} {'first p50':>10} {'first p99':>10}", end="")
    print(f" {'results':>8} {'build s':>8}")
    ours = times["ours"].figures()
    for engine, one in times.items():
        figures = one.figures()
        ratios = " ".join(f"{ours[name] / figures[name]:8.2f}" for name in ("p50", "p99"))
        print(f"  {engine:8} {figures['p50']:9.3f} {figures['p99']:9.3f} {ratios}", end=" ")
        print(f"{figures['first p50']:10.3f} {figures['first p99']:10.3f}", end=" ")
        print(f"{one.found / queries:8.1f} {one.build:8.1f}")


def misses(size: str, times: Mapping[str, Times], used: float) -> Iterator[str]:
    """Print the aims of a size with how they were met; yield those that were not. `used` is the memory in MB."""
    ours = times["ours"].figures()
    aims: list[tuple[str, float, float]] = []
    if size == "shipped":
        aims = [(f"shipped {name}, ms", ours[name], aim) for name, aim in SHIPPED_AIMS.items()]
    if size == SIZES[-1]:
        fts5 = times["fts5"].figures()
        aims = [(f"{name} in that of SQLite FTS5", ours[name] / fts5[name], aim) for name, aim in FTS5_AIMS.items()]
        aims += [("time to build in that of stock Whoosh", times["ours"].build / times["whoosh"].build, BUILD_AIM)]
        aims += [("MB after all the queries", used, MEMORY_AIM)]
    for what, figure, aim in aims:
        told = f"{what}: {figure:.2f} (aim: at most {aim:.2f})"
        print(f"{told} {'met' if figure <= aim else 'MISSED'}")
        if figure > aim:
            yield told


def shipped_documents(folder: Path) -> Iterator[SearchDocument]:
    """The shipped entries of an edition, each language a document, with the plain text that the site indexes."""
    edition = read_edition(folder)
    catalogue = read_catalogue(edition.code, edition.limits)
    titles = {section.slug: section.titles for section in edition.sections}
    for entry in edition.entries:
        for language, text in entry.texts.items():
            rendered = render_answer(text.answer, catalogue, language)
            title = titles[entry.section][language]
            yield SearchDocument(
                edition=edition.code,
                slug=entry.slug,
                language=language,
                section=entry.section,
                section_title=title,
                question=text.question,
                asked_as=text.asked_as,
                answer=rendered.plain,
                summary=rendered.summary,
                keywords=(title, *entry.connection_types, *entry.deployment_models),
                connection_types=entry.connection_types,
            )


def made_documents(shipped: Sequence[SearchDocument], entries: int) -> Iterator[SearchDocument]:
    """So many entries in each language, always the same ones: sentences, questions and phrasings of three shipped
    entries put together, with product names between their words."""
    chance = random.Random(SEED)  # noqa: S311 -- the same texts every time
    by_language = {code: {one.slug: one for one in shipped if one.language == code} for code in LANGUAGES}
    slugs = sorted(set.intersection(*(set(found) for found in by_language.values())))
    for number in range(entries):
        chosen = chance.sample(slugs, 3)
        for found in by_language.values():
            yield _made([found[slug] for slug in chosen], f"made-{number}", chance)


def _made(parts: Sequence[SearchDocument], slug: str, chance: random.Random) -> SearchDocument:
    sentences = [one for part in parts for one in re.split(r"(?<=[.!?:])\s+", part.answer) if one]
    ways = [way for part in parts for way in part.asked_as]
    answer = chance.sample(sentences, min(len(sentences), chance.randint(4, 14)))
    question, *asked_as = (
        _with_products(way, chance) for way in (parts[0].question, *chance.sample(ways, min(len(ways), 6)))
    )
    answer = [_with_products(one, chance) for one in answer]
    return replace(
        parts[0],
        slug=slug,
        question=question,
        asked_as=tuple(asked_as),
        answer=" ".join(answer),
        summary=answer[0],
    )


def _with_products(text: str, chance: random.Random) -> str:
    words = []
    for word in text.split():
        words.append(word)
        if chance.random() < PRODUCT_SHARE:
            words.append(_product(int(chance.paretovariate(PRODUCT_TAIL))))
    return " ".join(words)


def _product(rank: int) -> str:
    """The rank-th most used product name: two syllables or more, unlike those of its neighbours."""
    left = rank * 48_271 % 999_983
    syllables: list[str] = []
    while left or len(syllables) < 2:
        left, place = divmod(left, len(SYLLABLES))
        syllables.append(SYLLABLES[place])
    return "".join(syllables)


def build_ours(documents: Sequence[SearchDocument], folder: Path) -> Search:
    WhooshEngine(folder).index(documents, read_terms(TERMS.read_text(encoding="utf-8")), CONTENT_VERSION)
    return open_ours(folder, documents[0].edition)


def open_ours(folder: Path, edition: str) -> Search:
    engine = WhooshEngine(folder)

    def search(judged: Judged) -> int:
        matches = engine.search(Query(judged.query, judged.language, edition), CONTENT_VERSION, LIMIT)
        hits = (*matches.own, *matches.elsewhere)[:LIMIT]
        return len([passage(hit.answer, hit.language, hit.matched) for hit in hits])

    return search


def build_whoosh(documents: Sequence[SearchDocument], folder: Path) -> Search:
    """Whoosh as its manual sets it up: BM25F (its default), a searcher kept open, its own highlights."""
    opened: dict[str, tuple[Any, Any]] = {}
    for language in LANGUAGES:
        (folder / language).mkdir()
        schema = Schema(**{name: TEXT(LanguageAnalyzer(language), stored=True) for name in BOOSTS})
        index = create_in(str(folder / language), schema)
        with index.writer() as writer:
            for texts in _texts(documents, language):
                writer.add_document(**texts)
        parser = MultifieldParser(list(BOOSTS), schema, fieldboosts=BOOSTS, group=OrGroup)
        opened[language] = (parser, index.searcher())

    def search(judged: Judged) -> int:
        parser, searcher = opened[judged.language]
        results = searcher.search(parser.parse(" ".join(_words(judged))), limit=LIMIT)
        return len([(hit["question"], hit.highlights("answer")) for hit in results])

    return search


def build_fts5(documents: Sequence[SearchDocument], folder: Path) -> Search:
    database = sqlite3.connect(folder / "fts5.sqlite3")
    for language in LANGUAGES:
        database.execute(f"CREATE VIRTUAL TABLE {language} USING fts5({', '.join(BOOSTS)}, tokenize='unicode61')")
        database.executemany(
            f"INSERT INTO {language} VALUES (?, ?, ?)",  # noqa: S608 -- our own names
            ([texts[name] for name in BOOSTS] for texts in _texts(documents, language)),
        )
        weights = ", ".join(map(str, BOOSTS.values()))
        database.execute(f"INSERT INTO {language}({language}, rank) VALUES ('rank', 'bm25({weights})')")  # noqa: S608
    database.commit()

    def search(judged: Judged) -> int:
        sql = f"""SELECT question, snippet({judged.language}, 2, '<b>', '</b>', '…', 40) FROM {judged.language}
            WHERE {judged.language} MATCH ? ORDER BY rank LIMIT {LIMIT}"""  # noqa: S608
        wanted = " OR ".join(f'"{word}"' for word in _words(judged))
        return len(database.execute(sql, (wanted,)).fetchall())

    return search


def build_tantivy(documents: Sequence[SearchDocument], folder: Path) -> Search:
    opened: dict[str, tuple[tantivy.Schema, tantivy.Index, tantivy.Searcher]] = {}
    for language, name in (("nl", "dutch"), ("en", "english")):
        (folder / language).mkdir()
        builder = tantivy.SchemaBuilder()
        for text in BOOSTS:
            builder.add_text_field(text, stored=True, tokenizer_name="stemmed")
        schema = builder.build()
        index = tantivy.Index(schema, path=str(folder / language))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        index.register_tokenizer("stemmed", analyzer.filter(tantivy.Filter.stemmer(name)).build())
        writer = index.writer()
        for texts in _texts(documents, language):
            writer.add_document(tantivy.Document(**texts))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        opened[language] = (schema, index, index.searcher())

    def search(judged: Judged) -> int:
        schema, index, searcher = opened[judged.language]
        query = index.parse_query(" ".join(_words(judged)), list(BOOSTS), field_boosts=BOOSTS)
        snippets = tantivy.SnippetGenerator.create(searcher, query, schema, "answer")
        found = [searcher.doc(address) for _, address in searcher.search(query, LIMIT).hits]
        return len([(one["question"], snippets.snippet_from_doc(one).to_html()) for one in found])

    return search


ENGINES: Mapping[str, Callable[[Sequence[SearchDocument], Path], Search]] = {
    "ours": build_ours,
    "whoosh": build_whoosh,
    "fts5": build_fts5,
    "tantivy": build_tantivy,
}


def _texts(documents: Sequence[SearchDocument], language: str) -> Iterator[dict[str, str]]:
    for one in documents:
        if one.language == language:
            yield {"question": one.question, "asked_as": "\n".join(one.asked_as), "answer": one.answer}


def _words(judged: Judged) -> list[str]:
    """A query's words without signs, which the other engines' query languages would read as operators."""
    return re.findall(r"\w+", judged.query.lower())


def in_child(measured: Callable[[Path, str], tuple[float, float]], folder: Path, edition: str) -> tuple[float, float]:
    """What a function finds in a new process that holds nothing else."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measured, (folder, edition))


def memory(folder: Path, edition: str) -> tuple[float, float]:
    """By how many MB this process grew when it opened our index, and after all the queries."""
    queries = judged_queries(edition)
    before, search = _resident(), open_ours(folder, edition)
    search(queries[0])
    opened = _resident()
    for judged in queries:
        search(judged)
    return opened - before, _resident() - before


def _resident() -> float:
    """MB of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


if __name__ == "__main__":
    sys.exit(main())
