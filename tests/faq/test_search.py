"""Search: the words, the engine behind its interface, and the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from faq import generation
from faq.models import Edition
from faq.search import service
from faq.search.engine import Health, IndexUnusable, SearchDocument
from faq.search.whoosh_engine import WhooshEngine
from faq.search.words import words
from tests.faq.builders import edition, published, text

DOCUMENTS = [
    SearchDocument("e", "tunnel", "nl", "Wat is een tunnel?", ("buis",), "Een versleutelde verbinding."),
    SearchDocument("e", "tunnel", "en", "What is a tunnel?", ("pipe",), "An encrypted connection."),
    SearchDocument(
        "e", "gateway", "nl", "Wat is een gateway?", (), "Daar eindigt een tunnel; VpnGw2AZ, /27, 10.0.0.0/16."
    ),
    SearchDocument("f", "other", "nl", "Tunnel in een andere editie", (), "Ja."),
]


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """An engine with four documents, of generation 7."""
    made = WhooshEngine(tmp_path / "index")
    made.index(DOCUMENTS, 7)
    return made


def found(engine: WhooshEngine, query: str, language: str = "nl", edition_code: str = "e") -> list[str]:
    """The slugs that a query finds."""
    return [hit.slug for hit in engine.search(query, language, edition_code, 7, 10)]


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("Tunnels", "nl", ["tunnel"]),
        ("Één adresruimte", "nl", ["een", "adresruimt"]),
        ("site-to-site", "en", ["site-to-site", "site", "to", "site"]),
        ("10.0.0.0/16 overlapt /27", "nl", ["10.0.0.0/16", "overlap", "/27"]),
        ("VpnGw2AZ IKEv2", "en", ["vpngw2az", "ikev2"]),
        ("connections", "en", ["connect"]),
        ("", "nl", []),
        ("?!* ~ ()", "nl", []),
    ],
)
def test_a_text_is_taken_apart_into_words(written: str, language: str, expected: list[str]) -> None:
    assert words(written, language) == expected


@given(st.text(max_size=400))
def test_any_text_has_words(written: str) -> None:
    assert all(words(written, "nl"))


def test_a_word_in_the_question_counts_for_more_than_in_the_answer(engine: WhooshEngine) -> None:
    assert found(engine, "tunnel") == ["tunnel", "gateway"]


def test_languages_and_editions_are_not_mixed(engine: WhooshEngine) -> None:
    assert found(engine, "pipe", "nl") == []
    assert found(engine, "pipe", "en") == ["tunnel"]
    assert found(engine, "tunnel", "nl", "f") == ["other"]


@pytest.mark.parametrize("query", ["VpnGw2AZ", "vpngw2az", "/27", "10.0.0.0/16"])
def test_technical_words_are_found_whole(engine: WhooshEngine, query: str) -> None:
    assert found(engine, query) == ["gateway"]


@given(query=st.text(max_size=200))
def test_nothing_that_is_typed_can_raise(tmp_path_factory: pytest.TempPathFactory, query: str) -> None:
    engine = WhooshEngine(tmp_path_factory.getbasetemp() / "shared-index")
    if engine.health().generation != 7:
        engine.index(DOCUMENTS, 7)
    assert isinstance(found(engine, query), list)


def test_an_index_tells_how_it_is(engine: WhooshEngine, tmp_path: Path) -> None:
    assert engine.health() == Health(7, 4)
    assert WhooshEngine(tmp_path / "nothing").health() == Health(None, 0)


def test_an_index_of_another_generation_is_not_searched(engine: WhooshEngine) -> None:
    with pytest.raises(IndexUnusable, match="generation 7, not 8"):
        engine.search("tunnel", "nl", "e", 8, 10)


def test_a_new_index_takes_the_place_of_the_old_one_whole(engine: WhooshEngine) -> None:
    assert found(engine, "tunnel")
    engine.index(DOCUMENTS[:1], 8)
    assert [hit.slug for hit in engine.search("tunnel", "nl", "e", 8, 10)] == ["tunnel"]
    assert len([path for path in engine.folder.iterdir() if path.is_dir()]) == 1


def index_files(engine: WhooshEngine) -> list[Path]:
    """The files of the index in use."""
    return [path for path in engine._current().iterdir() if path.is_file() and "LOCK" not in path.name]


@pytest.mark.parametrize("damage", ["flip", "truncate", "empty", "delete"])
def test_a_damaged_index_is_noticed_before_it_is_read(engine: WhooshEngine, damage: str) -> None:
    for path in index_files(engine):
        fresh = WhooshEngine(engine.folder)
        whole = path.read_bytes()
        if damage == "flip":
            path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        elif damage == "truncate":
            path.write_bytes(whole[: len(whole) // 2])
        elif damage == "empty":
            path.write_bytes(b"")
        else:
            path.unlink()
        with pytest.raises(IndexUnusable):
            fresh.search("tunnel", "nl", "e", 7, 10)
        path.write_bytes(whole)


def test_a_pointer_cannot_lead_out_of_the_folder(engine: WhooshEngine) -> None:
    (engine.folder / "current").write_text("../../etc")
    with pytest.raises(IndexUnusable):
        WhooshEngine(engine.folder).search("tunnel", "nl", "e", 7, 10)


def test_an_index_of_an_older_form_is_not_searched(engine: WhooshEngine) -> None:
    sealed = engine._current() / "sealed.json"
    sealed.write_text(json.dumps(json.loads(sealed.read_text()) | {"format": 0}))
    with pytest.raises(IndexUnusable, match="older form"):
        WhooshEngine(engine.folder).search("tunnel", "nl", "e", 7, 10)


@pytest.mark.django_db
class TestFinding:
    """From a query to headings, over the shipped content."""

    @pytest.mark.parametrize(
        ("language", "query", "slug"),
        [
            (
                "nl",
                "hoeveel clients tegelijk",
                "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration",
            ),
            (
                "en",
                "how many clients at once",
                "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration",
            ),
            ("nl", "expressroute", "what-is-expressroute"),
            ("nl", "geforceerde tunneling", "can-i-configure-forced-tunneling"),
            ("en", "forced tunneling", "can-i-configure-forced-tunneling"),
            ("en", "reserved ASN", "are-there-asns-reserved-by-azure"),
        ],
    )
    def test_it_finds_the_answer_in_both_languages(self, language: str, query: str, slug: str) -> None:
        result = service.find(query, language, Edition.objects.get(code="2016-12"))
        assert not result.plainly
        assert slug in [heading.slug for heading in result.headings[:3]]

    def test_what_only_the_other_language_finds_stands_apart(self) -> None:
        result = service.find("handshake thuiswerkers", "en", Edition.objects.get(code="2016-12"))
        assert result.other_language
        assert all(heading.language == "nl" for heading in result.other_language)
        assert not {heading.slug for heading in result.headings} & {heading.slug for heading in result.other_language}

    def test_the_database_answers_while_the_index_is_not_ready(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[bool] = []
        monkeypatch.setattr(service, "_rebuild_apart", lambda: asked.append(True))
        generation.advance()
        result = service.find("ExpressRoute circuit", "nl", Edition.objects.get(code="2016-12"))
        assert result.plainly
        assert asked
        assert any("ExpressRoute" in heading.question for heading in result.headings)

    def test_an_index_can_be_built_at_any_time(self, settings: Any, tmp_path: Path) -> None:
        settings.INDEX_DIR = tmp_path
        service.engine.cache_clear()
        published(edition(), texts={"nl": text(question="Wat is een zwaluwstaart?")})
        assert service.build_index() == 135
        result = service.find("zwaluwstaarten", "nl", Edition.objects.get(code="2020-01"))
        assert [heading.slug for heading in result.headings] == ["what-is-a-tunnel"]


@pytest.mark.django_db
class TestPage:
    """The search page, with and without htmx."""

    def test_the_page_shows_question_and_short_answer(self, client: Client) -> None:
        page = client.get("/nl/search/?q=expressroute").content.decode()
        assert "Wat is ExpressRoute" in page
        assert "ExpressRoute is" in page

    def test_htmx_gets_the_results_alone_and_the_back_button_the_whole_page(self, client: Client) -> None:
        address = "/nl/search/?q=tunnel"
        whole = client.get(address)
        fragment = client.get(address, headers={"HX-Request": "true"})
        restored = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
        assert "<html" in whole.content.decode()
        assert "<html" not in fragment.content.decode()
        assert "<html" in restored.content.decode()
        assert "HX-Request" in whole["Vary"]

    def test_a_plain_answer_says_so_and_is_not_kept(
        self, client: Client, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.INDEX_DIR = tmp_path
        service.engine.cache_clear()
        monkeypatch.setattr(service, "_rebuild_apart", lambda: None)
        plain = client.get("/nl/search/?q=expressroute")
        assert "De zoekindex wordt gemaakt." in plain.content.decode()
        assert plain["Cache-Control"] == "no-store"
        service.build_index()
        assert "De zoekindex wordt gemaakt." not in client.get("/nl/search/?q=expressroute").content.decode()

    def test_nothing_found_says_what_to_do(self, client: Client) -> None:
        page = client.get("/nl/search/?q=xyzzyplugh").content.decode()
        assert "Er is niets gevonden." in page
        assert "/nl/advice/" in page

    def test_too_long_a_query_is_cut_and_that_is_told(self, client: Client) -> None:
        page = client.get("/nl/search/?q=" + "tunnel " * 100).content.decode()
        assert "Alleen naar de eerste 200 tekens is gezocht." in page

    def test_what_was_typed_is_shown_as_text(self, client: Client) -> None:
        page = client.get("/nl/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
        assert "<script>alert" not in page
        assert "&quot;&gt;&lt;script&gt;" in page
