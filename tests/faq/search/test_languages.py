"""A third language: nothing in search, in loading or in the headings of entries knows that there are two."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from faq.models import Edition
from faq.search import loading, service, terms, words
from faq.search.engine import Matches, Query, SearchDocument
from faq.search.engines.whoosh.engine import WhooshEngine
from faq.search.terms import Term, read_terms
from faq.store import publishing
from faq.store.entries import find_entry, headings, section_title
from tests.faq.builders import edition, published, text
from tests.faq.search.builders import document
from web import languages

LANGUAGES = ("nl", "en", "qx")
"""`qx` is made up: codes that begin with q are nobody's."""

WRITTEN = {
    "stemmer": "german",
    "plurals": ["n"],
    "parts": ["zan", "mir"],
    "linking": [""],
    "exceptions": {},
    "idioms": [],
    "unmarked": [],
}
TERMS = [Term("tunnel", {"nl": ("tunnel",), "en": ("tunnel", "pipe"), "qx": ("zanmir",)})]


@pytest.fixture(autouse=True)
def _three(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site has a third language, after the two."""
    for module in (languages, terms, loading, publishing):
        monkeypatch.setattr(module, "LANGUAGES", LANGUAGES)
    lexicons = {**words._written(), "qx": WRITTEN | {"function_words": ["li"], "countable": ["mirn"]}}
    monkeypatch.setattr(words, "_written", lambda: lexicons)
    for made_of_them in (words.lexicon, words.unmarked_words):
        made_of_them.cache_clear()
    yield
    for made_of_them in (words.lexicon, words.unmarked_words):
        made_of_them.cache_clear()


def qx(slug: str, question: str, **changed: str) -> SearchDocument:
    """A document in the made-up language."""
    return document(slug, question, language="qx", **changed)


DOCUMENTS = [
    document("tunnel", "Wat is een tunnel?"),
    document("tunnel", "What is a tunnel?", language="en"),
    qx("tunnel", "Kel li zanmir?"),
    document("pipe", "What is a pipe fitting?", language="en"),
    qx("pipe", "Kel li zanmir dopo?"),
    qx("dopo", "Kel li dopo?", answer="Zanmirn li dopo."),
]


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """An engine with an index in three languages."""
    made = WhooshEngine(tmp_path)
    made.index(DOCUMENTS, TERMS, 1)
    return made


def ask(engine: WhooshEngine, query: str, language: str, limit: int = 10) -> Matches:
    """What a query finds."""
    return engine.search(Query(query, language, "e"), 1, limit)


def places(matches: Matches) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Slug and language of what was found: the reader's own, and elsewhere."""
    own, elsewhere = ([(hit.slug, hit.language) for hit in hits] for hits in (matches.own, matches.elsewhere))
    return own, elsewhere


class TestEngine:
    """Three spaces of one edition."""

    @pytest.mark.parametrize(
        ("language", "own", "elsewhere"),
        [
            ("nl", ["tunnel"], [("pipe", "en"), ("dopo", "qx")]),
            ("en", ["tunnel", "pipe"], [("dopo", "qx")]),
            ("qx", ["tunnel", "pipe", "dopo"], []),
        ],
    )
    def test_a_reader_gets_the_own_language_then_the_others_in_order(
        self, engine: WhooshEngine, language: str, own: list[str], elsewhere: list[tuple[str, str]]
    ) -> None:
        matches = ask(engine, "zanmir", language)
        assert places(matches) == ([(slug, language) for slug in own], elsewhere)
        assert (matches.own_total, matches.elsewhere_total) == (len(own), len(elsewhere))

    def test_the_limit_is_of_each_language(self, engine: WhooshEngine) -> None:
        matches = ask(engine, "zanmir", "nl", limit=1)
        assert places(matches) == ([("tunnel", "nl")], [("pipe", "en"), ("dopo", "qx")])

    @pytest.mark.parametrize("spoken", ["en", "qx"])
    def test_an_entry_is_raised_by_what_another_language_has(self, tmp_path: Path, spoken: str) -> None:
        scores = []
        for number, said in enumerate((None, "zeppelin")):
            documents = [one for one in DOCUMENTS if one.language in ("nl", spoken)]
            if said:
                documents = [
                    replace(one, question=said, asked_as=(), answer=said) if one.language == spoken else one
                    for one in documents
                ]
            made = WhooshEngine(tmp_path / f"{number}")
            made.index(documents, TERMS, 1)
            scores.append(ask(made, "tunnel", "nl").own[0].score)
        assert scores[0] > scores[1]

    def test_the_best_of_the_other_languages_counts(self, tmp_path: Path) -> None:
        scores = {}
        for spoken in (("nl", "en"), ("nl", "qx"), ("nl", "en", "qx")):
            made = WhooshEngine(tmp_path / "-".join(spoken))
            made.index([one for one in DOCUMENTS if one.language in spoken], TERMS, 1)
            scores[spoken[1:]] = ask(made, "tunnel", "nl").own[0].score
        assert max(scores["en",], scores["qx",]) <= scores["en", "qx"]

    def test_a_typing_error_is_mended_with_the_words_of_any_language(self, engine: WhooshEngine) -> None:
        assert ask(engine, "zanmri", "nl").corrected == "zanmir"

    def test_a_language_without_a_text_finds_the_others(self, engine: WhooshEngine, tmp_path: Path) -> None:
        other = WhooshEngine(tmp_path / "other")
        other.index([one for one in DOCUMENTS if one.language == "en"], TERMS, 1)
        assert places(ask(other, "tunnel", "qx")) == ([], [("tunnel", "en"), ("pipe", "en")])


class TestTerms:
    """The words for one thing in three languages."""

    def test_a_file_may_name_every_language_of_the_site(self) -> None:
        (read,) = read_terms('[tunnel]\nnl = ["tunnel"]\nqx = ["zanmir"]\n')
        assert read.names == {"nl": ("tunnel",), "en": (), "qx": ("zanmir",)}


@pytest.mark.django_db
class TestDatabase:
    """Entries with a text in the third language."""

    @pytest.fixture
    def made(self) -> Edition:
        """An edition with an entry in Dutch and in the made-up language, and one in the latter only."""
        made = edition()
        published(made, texts={"nl": text(), "qx": text(question="Kel li zanmir?")})
        published(made, slug="dopo", order=2, texts={"qx": text(question="Kel li dopo zanmir?")})
        return made

    def test_a_list_shows_each_entry_in_the_first_language_that_has_it(self, made: Edition) -> None:
        shown = {language: [one.language for one in headings(made, language)] for language in LANGUAGES}
        assert shown == {"nl": ["nl", "qx"], "en": ["nl", "qx"], "qx": ["qx", "qx"]}
        entry = find_entry(made, "dopo", "en")
        assert entry is not None
        assert entry.heading.language == "qx"

    def test_a_section_without_a_title_in_it_gets_one_of_the_others(self, made: Edition) -> None:
        assert section_title(made.sections.get(), "qx") == "Basis"

    def test_every_text_is_indexed(self, made: Edition) -> None:
        assert [(one.slug, one.language) for one in loading.PublishedDocuments(made)] == [
            ("what-is-a-tunnel", "nl"),
            ("what-is-a-tunnel", "qx"),
            ("dopo", "qx"),
        ]

    def test_the_database_answers_in_order_as_well(self, made: Edition, own_index: Path) -> None:
        shutil.rmtree(own_index)
        results = service.find("zanmir", "en", made)
        assert results.from_database
        assert [(one.slug, one.language) for one in results.elsewhere] == [
            ("what-is-a-tunnel", "qx"),
            ("dopo", "qx"),
        ]
        assert (results.own_total, results.elsewhere_total) == (0, 2)
