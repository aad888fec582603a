"""Readers that need no site, and what holds whatever they read: documents, needs, addresses, words, files."""

from __future__ import annotations

import ipaddress
import json
import re
import tempfile
from contextlib import suppress
from functools import partial
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import nh3
from django.http import QueryDict

from advisor.answers.pasted_tables import pasted
from advisor.answers.query_string import address_of, typed
from advisor.answers.typed import raw_need, typed_of
from advisor.answers.typed_codes import typed_code
from advisor.core.addressing import AddressError, read_address, read_prefix
from advisor.core.decide import decide
from advisor.core.need import Need, NeedRefused, parse_need, read_need
from advisor.core.notations import settled
from advisor.core.refusals import FieldError
from advisor.core.written_numbers import read_number
from advisor.existing.reading import read_setup
from advisor.existing.report import IGNORED, MISSING, UNDERSTOOD, SetupFile, SetupRefused
from advisor.formats.as_json import errors_to_json, need_to_json, to_json
from advisor.formats.drawing.layout import layouts_of
from advisor.formats.drawing.svg import to_svg
from advisor.formats.drawing.topology import topology_of
from advisor.wording.sentences import load_texts
from advisor.wording.setups import refused_because
from faq.desk.mail_text import LONGEST_TEXT, asks, language_of_text, sentences
from faq.documents import DocumentRefused, normal_answer, parse_markdown, parse_yaml, read_document, write_markdown
from faq.documents.yaml_faq import write_yaml
from faq.knowledge.content_files import ContentRefused, read_edition
from faq.knowledge.markdown import TAGS, plain_text, render_answer, short_answer, with_entry_urls
from faq.knowledge.source_dates import date_meant, date_parts
from faq.search.engine import IndexUnusable
from faq.search.engines.verified_folder import SealedFolder
from faq.search.passages import marked, passage
from faq.search.query_text import asks_for_advice, query_text, query_words
from faq.search.words import atoms, singulars, stem, taken_apart
from tests.advisor.core.edition_2026.builders import catalogue as catalogue_2026
from tests.builders import CONTENT, catalogue
from tests.faq.documents.test_round_trip import bare
from web.characters import holdable, unholdable
from web.colors import color, contrast, shades_of
from web.hosts import HostFault, host_name, web_url
from web.logos import read_logo
from web.privacy import impersonal, without_persons

BASE = "https://example.org/faq/"
CATALOGUES = {"2016-12": catalogue(), "2026": catalogue_2026()}
LANGUAGES = ("nl", "en")


def text_of(given: bytes) -> str:
    """A text as Django reads one from the wire."""
    return given.decode("utf-8", "replace")


def read_markdown(given: bytes) -> None:
    """A Markdown document is refused with its faults, or read, and then written so that it is read back the same."""
    try:
        document = parse_markdown(text_of(given), "faq.md", lambda path: None, base=BASE)
    except DocumentRefused:
        return
    known = tuple(slug for entry in document.entries for slug in (entry.slug, *entry.aliases))
    with suppress(DocumentRefused):
        again = parse_markdown(write_markdown(document), "faq.md", lambda path: None, base=BASE, known=known)
        assert [entry.slug for entry in bare(again).entries] == [entry.slug for entry in bare(document).entries]


def read_yaml(given: bytes) -> None:
    """The same for a YAML FAQ."""
    try:
        document = parse_yaml(text_of(given), "faq.yml", lambda path: None, base=BASE)
    except DocumentRefused:
        return
    with suppress(DocumentRefused):
        again = parse_yaml(write_yaml(document), "faq.yml", lambda path: None, base=BASE)
        assert [entry.slug for entry in bare(again).entries] == [entry.slug for entry in bare(document).entries]


def read_file(given: bytes) -> None:
    """A file of any format and encoding is read, or refused with its faults."""
    with tempfile.NamedTemporaryFile(suffix=".md") as file:
        file.write(given)
        file.flush()
        with suppress(DocumentRefused):
            read_document(Path(file.name))


def read_answer(given: bytes) -> None:
    """The form in which an answer is stored is a form of itself."""
    once = normal_answer(text_of(given))
    assert normal_answer(once) == once, "twice changes something"


class _Tags(HTMLParser):
    """Whether tags and attributes are among those that an answer may have."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """A tag."""
        assert tag in TAGS, tag
        for name, value in attributes:
            assert name in ("href", "start", "colspan", "rowspan", "scope", "class", "title", "lang"), name
            if name == "href":
                assert re.match(r"(?:entry:|https?:|mailto:|#|/nl/faq/)", value or "", re.IGNORECASE), value


def render(given: bytes) -> None:
    """An answer becomes HTML of the tags that it may have, which cleaning changes no more; its plain text has none."""
    for language in LANGUAGES:
        rendered = render_answer(text_of(given), CATALOGUES["2016-12"], language, strict=False)
        shown = with_entry_urls(rendered.html, lambda slug: f"/nl/faq/{slug}/")
        _Tags().feed(shown)
        cleaned = nh3.clean(rendered.html, tags=TAGS, link_rel=None, url_schemes={"entry", "http", "https", "mailto"})
        assert (
            nh3.clean(cleaned, tags=TAGS, link_rel=None, url_schemes={"entry", "http", "https", "mailto"}) == cleaned
        ), "cleaning again changes something"
        short_answer(rendered.html)
        plain_text(rendered.html)


def analyze_words(given: bytes) -> None:
    """The words of a query in both languages."""
    text = query_text(text_of(given))
    asks_for_advice(text)
    for word in query_words(text):
        for language in LANGUAGES:
            stem(word, language)
            atoms(word, language)
            taken_apart(word, language)
            list(singulars(word, language))


def mark_passage(given: bytes) -> None:
    """What is marked in a text is all of that text."""
    text = plain_text(render_answer(text_of(given), CATALOGUES["2016-12"], "nl", strict=False).html)
    words = frozenset(query_words(text)[::3])
    assert "".join(piece for piece, _ in marked(text, "nl", words)) == text
    passage(text, "en", words)


def judge_need(need: Need) -> None:
    """An advice on a need can be told and drawn in both languages."""
    advice = decide(need, CATALOGUES[need.edition])
    texts = load_texts(advice.edition)
    for language in LANGUAGES:
        to_json(advice, texts, language)
        drawn = topology_of(need, advice, texts, language)
        for layout in layouts_of(drawn):
            ElementTree.fromstring(to_svg(layout, drawn.title))  # noqa: S314 -- our own


def read_link(given: bytes) -> None:
    """A link with a design is refused with every fault told, or is a need with an advice, and a link to it says it."""
    said = typed(QueryDict(text_of(given)))
    raw, _ = raw_need(said)
    try:
        need = parse_need(raw, "2016-12", CATALOGUES)
    except NeedRefused as refused:
        for language in LANGUAGES:
            errors_to_json(refused.errors, load_texts("2016-12"), language)
        return
    address = address_of(typed_of(need))
    again, _ = raw_need(typed(QueryDict(address)))
    assert parse_need(again, "2016-12", CATALOGUES) == need, address
    judge_need(need)


def read_json(given: bytes) -> None:
    """A document with a need is refused with every fault told, or has an advice, and its own JSON is the same need."""
    try:
        need = read_need(given, "2016-12", CATALOGUES)
    except NeedRefused as refused:
        for language in LANGUAGES:
            errors_to_json(refused.errors, load_texts("2016-12"), language)
        return
    assert parse_need(need_to_json(need), "2016-12", CATALOGUES) == need
    judge_need(need)


def read_addresses(given: bytes) -> None:
    """An address block is one for Python's `ipaddress` as well, and the other way round where no netmask is written."""
    text = text_of(given)
    try:
        ours: str | None = str(read_prefix(text))
    except AddressError:
        ours = None
    try:
        theirs: str | None = str(ipaddress.IPv4Network(text))
    except ValueError:
        theirs = None
    length = text.partition("/")[2]
    differs_rightly = ours is None and not re.fullmatch(r"[0-9]{1,2}", length)  # a netmask, or no length at all
    by_space = ours is not None and " " in text and ours == _network(text.replace(" ", "/"))
    assert ours == theirs or differs_rightly or by_space, (text, ours, theirs)
    try:
        address: str | None = read_address(text)
    except AddressError:
        address = None
    try:
        known: str | None = str(ipaddress.IPv4Address(text))
    except ValueError:
        known = None
    assert address == known, (text, address, known)


def _network(text: str) -> str | None:
    try:
        return str(ipaddress.IPv4Network(text))
    except ValueError:
        return None


def read_numbers(given: bytes) -> None:
    """A number as people write it."""
    text = text_of(given)
    for sign in ("", ",", "."):
        read_number(text, sign)
        settled(text, sign)


def read_ticket(given: bytes) -> None:
    """A mail is taken apart into sentences that stand in it, and what is kept of it tells of nobody."""
    text = text_of(given)[:LONGEST_TEXT]
    for sentence in sentences(text):
        asks(sentence.text)
        assert sentence.gist is not None
    assert language_of_text(text, "nl") in LANGUAGES
    kept = impersonal(text)
    assert not re.search(r"\S@|@\S", kept), kept
    without_persons(text[:1000])


def read_table(given: bytes) -> None:
    """A pasted table has at most so many rows."""
    for kind in ("site", "vnet"):
        assert len(pasted(text_of(given), kind, 50).rows) <= 50


def read_existing(given: bytes) -> None:
    """A file with an existing set-up is refused with its faults, or becomes a need and a report that can be written."""
    told: tuple[FieldError, ...] = ()
    try:
        reading = read_setup([SetupFile("a", given)], "2026", CATALOGUES)
    except SetupRefused as refused:
        told = refused.errors
    assert all(error.value is None for error in told), told
    for error, language in product(told, LANGUAGES):
        assert "{" not in refused_because(error, language)
    if told:
        return
    need = parse_need(reading.need, "2026", CATALOGUES)
    assert need.vnets
    json.dumps(reading.need, allow_nan=False, ensure_ascii=False).encode()
    for item in (*reading.understood, *reading.ignored, *reading.missing):
        assert item.code in (*UNDERSTOOD, *IGNORED, *MISSING)
        f"{item.file} {item.path} {item.subject}".encode()


def read_seal(given: bytes) -> None:
    """A damaged index is not read: no file but those that its seal names with the right digest, in its own folder."""
    pointer, _, seal = given.partition(b"\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inside = folder / "1-abcd"
        inside.mkdir()
        (folder / "current").write_bytes(pointer)
        (inside / "sealed.json").write_bytes(seal)
        (inside / "a").write_bytes(b"a")
        sealed = SealedFolder(folder, 1)
        with suppress(IndexUnusable):
            assert all(data == b"a" or not data for data in sealed.read().values())
        sealed.health()
        sealed.usable_files()


def read_content(given: bytes) -> None:
    """The files of an edition are read, or refused with their faults."""
    limits, _, entry = given.partition(b"\n---\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "2016-12"
        (folder / "bgp").mkdir(parents=True)
        (folder / "edition.toml").write_bytes((CONTENT / "2016-12" / "edition.toml").read_bytes())
        (folder / "limits.toml").write_bytes(limits)
        (folder / "bgp" / "an-entry.toml").write_bytes(entry)
        with suppress(ContentRefused):
            read_edition(folder)


def read_dates(given: bytes) -> None:
    """A date that is taken is one for Python; one that was meant would be taken."""
    text = text_of(given)
    parts = date_parts(text)
    meant = date_meant(text)
    assert meant is None or date_parts(meant) is not None
    if parts is not None:
        assert 1000 <= parts[0] <= 9999


def read_codes(given: bytes) -> None:
    """The code of a design, however it is typed."""
    code = typed_code(text_of(given))
    assert not code.is_whole or len(code.plain) == 10
    assert code.looks_like_one in (True, False)


def read_settings(given: bytes) -> None:
    """A color, a host, and a logo are refused with a ValueError."""
    text = text_of(given)
    with suppress(ValueError):
        assert contrast(shades_of(color(text)).light, "#ffffff") >= 4.5
    for check in (host_name, partial(web_url, may_be_plain=False)):
        with suppress(HostFault):
            check(text)
    with suppress(ValueError):
        read_logo(given)


def hold_characters(given: bytes) -> None:
    """What is made holdable, XML holds, and nothing of it is refused any more."""
    held = holdable(text_of(given))
    assert not unholdable(held)
    element = ElementTree.Element("a")
    element.text = held
    assert (ElementTree.fromstring(ElementTree.tostring(element)).text or "") == held.replace("\r\n", "\n").replace(  # noqa: S314
        "\r", "\n"
    )
