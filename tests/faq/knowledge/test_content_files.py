"""The shipped content, and content files that do not hold."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from faq.knowledge.content_files import ContentRefused, entry_to_toml, read_edition
from faq.knowledge.entry import LINK, EntryContent, from_json, limit_references, to_json
from faq.knowledge.limits import read_catalogue
from faq.knowledge.markdown import fill_limits
from tests.faq.builders import content

SHIPPED = Path(__file__).parents[3] / "faq" / "content" / "2016-12"

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

EDITION = read_edition(SHIPPED)
CATALOGUE = read_catalogue("2016-12", EDITION.limits)


def each_text() -> list[tuple[EntryContent, str]]:
    """Every entry in every language."""
    return [(entry, language) for entry in EDITION.entries for language in ("nl", "en")]


def test_the_edition_holds_every_entry_of_the_source_in_its_sections() -> None:
    held = {section.slug: 0 for section in EDITION.sections}
    for entry in EDITION.entries:
        held[entry.section] += 1
    assert held == SECTION_COUNTS
    assert list(held) == list(SECTION_COUNTS)


@pytest.mark.parametrize("section", SECTION_COUNTS)
def test_the_entries_of_a_section_stand_in_one_order(section: str) -> None:
    orders = [entry.order for entry in EDITION.entries if entry.section == section]
    assert orders == list(range(1, SECTION_COUNTS[section] + 1))


def test_every_entry_has_both_languages_sources_a_date_and_phrasings() -> None:
    for entry in EDITION.entries:
        assert set(entry.texts) == {"nl", "en"}, entry.slug
        assert entry.sources, entry.slug
        assert entry.checked, entry.slug
        assert 2 <= len(entry.related) <= 6, entry.slug
        for text in entry.texts.values():
            assert 3 <= len(text.asked_as) <= 10, entry.slug
            assert len(set(text.asked_as)) == len(text.asked_as), entry.slug


def test_every_answer_begins_with_a_sentence_that_answers() -> None:
    for entry, language in each_text():
        opening = re.match(r"\*\*(.+?)\*\*", entry.texts[language].answer, re.DOTALL)
        assert opening, f"{entry.slug} {language} has no bold opening"
        assert len(opening[1].split()) >= 4, f"{entry.slug} {language} opens with {opening[1]!r}"


def test_both_languages_link_to_the_same_entries_and_to_the_same_sites_over_https() -> None:
    for entry in EDITION.entries:
        dutch, english = (sorted(LINK.findall(entry.texts[language].answer)) for language in ("nl", "en"))
        assert dutch == english, entry.slug
        assert not [target for target in dutch if target.startswith("http:")], entry.slug


def test_both_languages_state_the_same_limits_and_the_entry_lists_them() -> None:
    for entry in EDITION.entries:
        dutch, english = (set(limit_references(entry.texts[language].answer)) for language in ("nl", "en"))
        assert dutch == english, entry.slug
        assert dutch <= set(entry.limits), entry.slug


def test_the_documents_that_are_cited_are_those_that_are_listed() -> None:
    by_entries = {(source.document, source.date) for entry in EDITION.entries for source in entry.sources}
    by_limits = {source for limit in CATALOGUE for source in (limit.source, *(c.source for c in limit.conflicts))}
    cited = by_entries | {(source.document, source.date) for source in by_limits}
    listed = {(source.document, source.date): source for source in CATALOGUE.sources}
    assert cited == set(listed)
    assert len(listed) == len(CATALOGUE.sources)
    for source in listed.values():
        assert source.title or not source.document.endswith(".md"), source
        assert source.url, source


WRITTEN_DIFFERENTLY = frozenset(
    {
        "more-information-about-gateway-types-requirements-and-throughput",  # the year of a table, twice in English
    }
)


def test_both_languages_have_the_same_links_and_numbers() -> None:
    for entry in EDITION.entries:
        dutch, english = (entry.texts[language].answer for language in ("nl", "en"))
        assert sorted(LINK.findall(dutch)) == sorted(LINK.findall(english)), entry.slug
        if entry.slug not in WRITTEN_DIFFERENTLY:
            assert _figures(dutch) == _figures(english), entry.slug


def _figures(answer: str) -> list[str]:
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)|\{limit:[^}]*\}", " ", answer)
    return sorted(figure.replace(",", ".") for figure in re.findall(r"\d+(?:[.,]\d+)*", prose))


NUMBER = re.compile(r"(?<![\w.:/-])\d+(?:[.,]\d+)?(?![\w.:/-]*\w)")
NAMES = re.compile(
    r"`[^`]*`|\]\([^)]*\)|\{limit:[^}]*\}|Windows (?:Server )?\d+(?:\.\d)?(?: R2)?|Office 365|IPv\d|IKEv\d|"
    r"(?:TCP|UDP)[ -](?:poort |port )?\d+|Layer \d|laag \d|phase \d|fase \d|\d+[- ]?bits?\b|"
    r"\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}|"
    r"\b20\d\d\b|^\d+\.|\b(?:poort|port) \d+|AES[- ]?\d+|SHA[- ]?\d|Cisco .{0,20}\d+|protocol \d+|DH \d+|3DES",
    re.MULTILINE,
)


def test_no_answer_writes_out_a_number_that_the_catalogue_has() -> None:
    """Numbers in names, code, addresses and dates are no limits; every other figure must be a reference."""
    values = {str(limit.value) for limit in CATALOGUE if isinstance(limit.value, int) and limit.value > 9}
    for entry, language in each_text():
        prose = NAMES.sub(" ", entry.texts[language].answer)
        for figure in NUMBER.findall(prose):
            assert figure.replace(".", "").replace(",", "") not in values, f"{entry.slug} {language}: {figure}"


def test_every_limit_reference_can_be_shown() -> None:
    for entry, language in each_text():
        assert "{limit:" not in fill_limits(entry.texts[language].answer, CATALOGUE, language)


def test_the_contradiction_about_redundant_tunnels_is_told() -> None:
    slug = "can-i-configure-multiple-tunnels-between-my-virtual-network-and-my-on-premises-site-using-multi-site-vpn"
    entry = next(entry for entry in EDITION.entries if entry.slug == slug)
    assert "BGP" in entry.texts["nl"].answer
    assert {source.document for source in entry.sources} >= {"vpn-gateway-vpn-faq.md", "vpn-gateway-bpg-faq-include.md"}


def test_an_entry_survives_json_and_toml_exactly(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "2016-12")
    for entry in EDITION.entries:
        assert from_json(to_json(entry)) == entry
        (tmp_path / "2016-12" / entry.section / f"{entry.slug}.toml").write_text(entry_to_toml(entry))
    assert read_edition(tmp_path / "2016-12") == EDITION


def test_json_keeps_an_entry_without_a_date_or_a_language() -> None:
    bare = content(checked=None, texts={"nl": content().texts["nl"]})
    assert from_json(to_json(bare)) == bare


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped edition that a test may damage."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "2016-12"))


EXPRESSROUTE = "what-are-my-cross-premises-connection-options/what-is-expressroute.toml"


@pytest.mark.parametrize(
    ("find", "put", "reason"),
    [
        ("order = ", "ordre = ", "ordre: unknown key"),
        ("order = ", "order = 'x' # ", "order: must be int, not 'x'"),
        ('"expressroute"', '"espresso"', "connection_types: 'espresso' is not one of"),
        ("[nl]\nquestion", "[nl]\nquestoin", "nl.question: missing or not a string"),
        ("related = [", "related = ['nowhere',", "related: there is no entry 'nowhere'"),
        ("limits = [", "limits = ['p2s.nothing',", "limits: 'p2s.nothing' is not in the catalogue"),
        ('answer = """\n', 'answer = """\n{limit:nothing.there}', "{limit:nothing.there} is not in the catalogue"),
        ('answer = """\n', 'answer = """\n[x](nowhere)', "the link to 'nowhere' leads to no entry"),
        (
            'answer = """\n',
            'answer = """\n[x](other-page.md)',
            "the link to 'other-page.md' is broken on this site",
        ),
    ],
)
def test_a_faulty_entry_is_refused_with_file_key_and_reason(folder: Path, find: str, put: str, reason: str) -> None:
    path = folder / EXPRESSROUTE
    assert find in path.read_text()
    path.write_text(path.read_text().replace(find, put, 1))
    with pytest.raises(ContentRefused) as refused:
        read_edition(folder)
    assert any(fault.file == f"2016-12/{EXPRESSROUTE}" and reason in fault.reason for fault in refused.value.faults)


def test_a_file_that_does_not_parse_is_refused_with_its_line(folder: Path) -> None:
    (folder / EXPRESSROUTE).write_text("order = 1\nconnection_types = [\n")
    with pytest.raises(ContentRefused) as refused:
        read_edition(folder)
    assert any(fault.file.endswith("what-is-expressroute.toml") for fault in refused.value.faults)


def test_the_faults_of_every_file_are_found_at_once(folder: Path) -> None:
    for name in (EXPRESSROUTE, "bgp/can-i-use-bgp-with-my-vnet-to-vnet-connections.toml"):
        (folder / name).write_text((folder / name).read_text().replace("order = ", "ordre = ", 1))
    (folder / "limits.toml").write_text(
        (folder / "limits.toml").read_text().replace('unit = "client"', 'unit = "clint"')
    )
    with pytest.raises(ContentRefused) as refused:
        read_edition(folder)
    files = {fault.file for fault in refused.value.faults}
    assert {f"2016-12/{EXPRESSROUTE}", "2016-12/limits.toml"} < files
    assert not any("is not in the catalogue" in fault.reason for fault in refused.value.faults)


def test_the_check_command_names_the_fault(folder: Path, settings: object) -> None:
    (folder / EXPRESSROUTE).write_text("ordre = 1")
    settings.CONTENT_DIR = folder.parent  # type: ignore[attr-defined]
    with pytest.raises(SystemCheckError, match=r"what-is-expressroute\.toml: ordre: unknown key"):
        call_command("check")


def test_a_slug_that_is_also_a_former_slug_is_refused(folder: Path) -> None:
    path = folder / EXPRESSROUTE
    path.write_text('former_slugs = ["is-the-vnet-to-vnet-traffic-secure"]\n' + path.read_text())
    with pytest.raises(ContentRefused, match="is-the-vnet-to-vnet-traffic-secure"):
        read_edition(folder)
