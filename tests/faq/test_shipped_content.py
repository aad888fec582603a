"""The shipped content: each edition whole, in both languages, with its sources, its limits, and nothing written out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations

import pytest

from faq.knowledge.content_files import edition_folders, read_edition
from faq.knowledge.entry import LINK, EditionContent, EntryContent, limit_references
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue
from faq.knowledge.markdown import fill_limits
from faq.search.judging import HALVES, judged_files, read_judged
from faq.search.outside import outside_documents
from faq.search.words import atoms, words_of
from faq.search.words import is_function_word as empty
from tests.builders import CONTENT

OLDER, NEWER = "2016-12", "2026"

CODES = sorted(folder.name for folder in edition_folders(CONTENT))

LANGUAGES = ("nl", "en")

SECTION_COUNTS = {
    "connecting-to-virtual-networks": 3,
    "what-are-my-cross-premises-connection-options": 3,
    "site-to-site-connections-and-vpn-devices": 4,
    "point-to-site-connections": 10,
    "gateways": 13,
    "multi-site-and-vnet-to-vnet-connectivity": 13,
    "bgp": 18,
    "cross-premises-connectivity-and-vms": 2,
    "virtual-network-faq": 1,
}
"""Entries per section of the source: 47 headings, the question that is a section, 18 of the BGP part, one pointer."""

LEAST_PHRASINGS = 25
"""How many ways of asking an entry has at least in each language."""

WITHOUT_ADDRESS = {
    OLDER: frozenset[str](),
    NEWER: frozenset(
        {
            "developer-and-admin-access-to-azure-vms.md",
            "troubleshoot-bgp-issues.md",
            "use-a-vpn-or-expressroute-gateway-in-a-different-region.md",
            "vpn-gateway-site-to-site-connectivity.md",
        }
    ),
}
"""Documents of which the address of the version that was read is not known."""

WRITTEN_DIFFERENTLY = {
    OLDER: frozenset(
        {
            "more-information-about-gateway-types-requirements-and-throughput",  # the year of a table, twice in English
        }
    ),
    NEWER: frozenset[str](),
}

each_edition = pytest.mark.parametrize("code", CODES)


@cache
def edition(code: str) -> EditionContent:
    """The content files of an edition."""
    return read_edition(CONTENT / code)


@cache
def catalogue(code: str) -> Catalogue:
    """Its limits."""
    return read_catalogue(code, edition(code).limits)


def each_text(code: str) -> Iterator[tuple[EntryContent, str]]:
    """Every entry in every language."""
    return ((entry, language) for entry in edition(code).entries for language in LANGUAGES)


def test_each_edition_is_checked() -> None:
    assert CODES == [OLDER, NEWER]


def test_the_older_edition_holds_every_entry_of_the_source_in_its_sections() -> None:
    held = {section.slug: 0 for section in edition(OLDER).sections}
    for entry in edition(OLDER).entries:
        held[entry.section] += 1
    assert held == SECTION_COUNTS
    assert list(held) == list(SECTION_COUNTS)


@pytest.mark.parametrize("section", SECTION_COUNTS)
def test_the_entries_of_a_section_of_the_older_edition_stand_in_the_order_of_the_source(section: str) -> None:
    orders = [entry.order for entry in edition(OLDER).entries if entry.section == section]
    assert orders == list(range(1, SECTION_COUNTS[section] + 1))


def test_the_newer_edition_answers_all_that_the_older_one_does_and_more() -> None:
    older, newer = ({entry.slug for entry in edition(code).entries} for code in (OLDER, NEWER))
    assert len(older) == 67
    assert len(newer) == len(edition(NEWER).entries) >= 150
    assert older <= newer
    assert set(SECTION_COUNTS) <= {section.slug for section in edition(NEWER).sections}


@each_edition
def test_no_section_is_empty_and_no_two_entries_of_one_stand_in_one_place(code: str) -> None:
    places = Counter((entry.section, entry.order) for entry in edition(code).entries)
    assert set(places.values()) == {1}
    assert {section for section, _ in places} == {section.slug for section in edition(code).sections}


@each_edition
def test_every_entry_has_both_languages_sources_a_date_and_phrasings(code: str) -> None:
    for entry in edition(code).entries:
        assert set(entry.texts) == {*LANGUAGES}, entry.slug
        assert entry.sources, entry.slug
        assert entry.checked, entry.slug
        for text in entry.texts.values():
            assert len(text.asked_as) >= LEAST_PHRASINGS, entry.slug
            assert len(set(text.asked_as)) == len(text.asked_as), entry.slug


@each_edition
def test_every_entry_leads_on_to_others_that_are_there(code: str) -> None:
    slugs = {entry.slug for entry in edition(code).entries}
    for entry in edition(code).entries:
        assert 2 <= len(entry.related) <= 6, entry.slug
        assert len(set(entry.related)) == len(entry.related), entry.slug
        assert set(entry.related) <= slugs - {entry.slug}, entry.slug


@each_edition
def test_every_answer_begins_with_a_sentence_that_answers(code: str) -> None:
    for entry, language in each_text(code):
        opening = re.match(r"\*\*(.+?)\*\*", entry.texts[language].answer, re.DOTALL)
        assert opening, f"{entry.slug} {language} has no bold opening"
        assert len(opening[1].split()) >= 4, f"{entry.slug} {language} opens with {opening[1]!r}"


@each_edition
def test_both_languages_link_to_the_same_entries_and_to_the_same_sites_over_https(code: str) -> None:
    for entry in edition(code).entries:
        dutch, english = (sorted(LINK.findall(entry.texts[language].answer)) for language in LANGUAGES)
        assert dutch == english, entry.slug
        assert not [target for target in dutch if target.startswith("http:")], entry.slug


@each_edition
def test_both_languages_state_the_same_limits_and_the_entry_lists_them(code: str) -> None:
    known = {limit.key for limit in catalogue(code)}
    for entry in edition(code).entries:
        dutch, english = (set(limit_references(entry.texts[language].answer)) for language in LANGUAGES)
        assert dutch == english, entry.slug
        assert dutch <= set(entry.limits) <= known, entry.slug


@each_edition
def test_the_documents_that_are_cited_are_those_that_are_listed(code: str) -> None:
    limits = catalogue(code)
    by_entries = {(source.document, source.date) for entry in edition(code).entries for source in entry.sources}
    by_limits = {source for limit in limits for source in (limit.source, *(c.source for c in limit.conflicts))}
    cited = by_entries | {(source.document, source.date) for source in by_limits}
    listed = {(source.document, source.date): source for source in limits.sources}
    assert cited == set(listed)
    assert len(listed) == len(limits.sources)
    assert {source.document for source in listed.values() if not source.url} == WITHOUT_ADDRESS[code]
    for source in listed.values():
        assert source.title or not source.document.endswith(".md"), source


@each_edition
def test_both_languages_have_the_same_numbers(code: str) -> None:
    for entry in edition(code).entries:
        if entry.slug not in WRITTEN_DIFFERENTLY[code]:
            dutch, english = (_figures(entry.texts[language].answer) for language in LANGUAGES)
            assert dutch == english, entry.slug


def _figures(answer: str) -> list[str]:
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)|\{limit:[^}]*\}", " ", answer)
    return sorted(figure.replace(",", ".") for figure in re.findall(r"\d+(?:[.,]\d+)*", prose))


NUMBER = re.compile(r"(?<![\w.:/-])\d+(?:[.,]\d+)?(?![\w.:/-]*\w)")
NAMES = re.compile(
    r"`[^`]*`|\]\([^)]*\)|\{limit:[^}]*\}|Windows (?:Server )?\d+(?:\.\d)?(?: R2)?|Office 365|IPv\d|IKEv\d|"
    r"(?:TCP|UDP)[ -](?:poort |port )?\d+(?: (?:of|or|en|and) \d+)?|Layer \d|laag \d|phase \d|fase \d|"
    r"(?:groep|group) \d+(?:, \d+)*(?: (?:of|or|en|and) \d+)?|\d+[- ]?bits?\b|"
    r"\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}\b|"
    r"\b20\d\d\b|^\d+\.|\b(?:poort|port) \d+|AES[- ]?\d+|SHA[- ]?\d|Cisco .{0,20}\d+|protocol \d+|DH \d+|3DES",
    re.MULTILINE,
)


@each_edition
def test_no_answer_writes_out_a_number_that_the_catalogue_has(code: str) -> None:
    """Numbers in names, code, addresses and dates are no limits; every other figure must be a reference."""
    values = {str(limit.value) for limit in catalogue(code) if isinstance(limit.value, int) and limit.value > 9}
    for entry, language in each_text(code):
        prose = NAMES.sub(" ", entry.texts[language].answer)
        for figure in NUMBER.findall(prose):
            assert figure.replace(".", "").replace(",", "") not in values, f"{entry.slug} {language}: {figure}"


@each_edition
def test_every_limit_reference_can_be_shown(code: str) -> None:
    for entry, language in each_text(code):
        assert "{limit:" not in fill_limits(entry.texts[language].answer, catalogue(code), language)


@each_edition
def test_every_link_to_an_entry_leads_to_one_of_the_edition(code: str) -> None:
    slugs = {entry.slug for entry in edition(code).entries}
    for entry, language in each_text(code):
        targets = {target for target in LINK.findall(entry.texts[language].answer) if "://" not in target}
        assert targets <= slugs, entry.slug


@each_edition
def test_the_entry_that_a_limit_names_is_there(code: str) -> None:
    slugs = {entry.slug for entry in edition(code).entries}
    assert {limit.entry for limit in catalogue(code) if limit.entry} <= slugs


def test_the_contradiction_about_redundant_tunnels_is_told() -> None:
    slug = "can-i-configure-multiple-tunnels-between-my-virtual-network-and-my-on-premises-site-using-multi-site-vpn"
    entry = next(entry for entry in edition(OLDER).entries if entry.slug == slug)
    assert "BGP" in entry.texts["nl"].answer
    assert {source.document for source in entry.sources} >= {"vpn-gateway-vpn-faq.md", "vpn-gateway-bpg-faq-include.md"}


@pytest.mark.parametrize("code", CODES)
def test_no_two_phrasings_share_more_than_half_of_their_words(code: str) -> None:
    """Of the shorter one's words that carry a meaning."""
    alike = []
    for entry in edition(code).entries:
        for language, text in entry.texts.items():
            made_of = [(phrasing, content_words(phrasing, language)) for phrasing in text.asked_as]
            for (one, words), (other, others) in combinations(made_of, 2):
                if 2 * len(words & others) > min(len(words), len(others)):
                    alike.append((entry.slug, language, one, other))
    assert alike == []


def content_words(phrasing: str, language: str) -> frozenset[str]:
    """The stems of the words of a phrasing that carry a meaning, of compounds those of their parts."""
    stems = chain.from_iterable(atoms(word, language) for word in words_of(phrasing) if not empty(word, language))
    return frozenset(one for one in stems if not empty(one, language))


def test_questions_outside_the_faq_are_of_every_kind() -> None:
    documents = outside_documents()
    subjects = Counter(one.slug for one in documents)
    assert len(subjects) >= 100
    assert set(subjects.values()) == {len(LANGUAGES)}
    assert min(len(one.asked_as) + 1 for one in documents) >= 8


def test_no_question_outside_the_faq_is_a_phrasing_or_a_judged_query() -> None:
    outside = {words_in_order(text) for one in outside_documents() for text in (one.question, *one.asked_as)}
    texts = [text for code in CODES for entry in edition(code).entries for text in entry.texts.values()]
    files = [path for code in CODES for half in HALVES for path in judged_files(code, half)]
    known = {words_in_order(phrasing) for text in texts for phrasing in text.asked_as}
    known |= {words_in_order(judged.query) for path in files for judged in read_judged(path)}
    assert outside & known == set()


def words_in_order(text: str) -> str:
    """A text without case and signs."""
    return " ".join(words_of(text))
