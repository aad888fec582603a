"""Documents as files: what is read, what is refused, and that nothing outside is reached."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from faq.documents import (
    DocumentRefused,
    language_of,
    parse_markdown,
    parse_yaml,
    read_document,
    write_markdown,
    write_yaml,
)
from faq.documents.model import MAX_SIZE
from tests.faq.documents.test_round_trip import bare

PLAIN = "# T\n## S\n### A?\nA.\n[!INCLUDE [x](%s)]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a document, with a folder of includes two levels up."""
    made = tmp_path / "articles" / "vpn"
    made.mkdir(parents=True)
    (tmp_path / "includes").mkdir()
    (tmp_path / "secret.md").write_text("### Secret?\nYes.\n")
    return made


def entries(folder: Path, include: str) -> list[str]:
    """The slugs of a document that includes something."""
    (folder / "faq.md").write_text(PLAIN % include)
    return [entry.slug for entry in read_document(folder / "faq.md").entries]


def test_an_include_is_found_where_it_says(folder: Path) -> None:
    (folder.parent.parent / "includes" / "part.md").write_text("### B?\nB.\n")
    assert entries(folder, "../../includes/part.md") == ["a", "b"]


def test_an_include_is_found_beside_the_document(folder: Path) -> None:
    (folder / "part.md").write_text("### B?\nB.\n")
    assert entries(folder, "../../includes/part.md") == ["a", "b"]


def test_an_include_is_found_under_a_longer_name_in_the_language_of_the_document(folder: Path) -> None:
    (folder / "part.en-2016.md").write_text("### English?\nB.\n")
    (folder / "part.nl-2016.md").write_text("### Dutch?\nB.\n")
    (folder / "faq.md").write_text(
        "# T\n## S\n### Wat is dat?\nDat is een tunnel die u kunt maken.\n[!INCLUDE [x](part.md)]\n"
    )
    assert [entry.slug for entry in read_document(folder / "faq.md").entries] == ["wat-is-dat", "dutch"]


@pytest.mark.parametrize(
    "named", ["../../secret.md", "../../../../../etc/passwd", "/etc/passwd", "../..", "", "link.md", "pipe.md"]
)
def test_nothing_outside_is_included(folder: Path, named: str) -> None:
    (folder / "link.md").symlink_to(folder.parent.parent / "secret.md")
    os.mkfifo(folder / "pipe.md")
    assert entries(folder, named) == ["a"]


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"# T\n\xff\xfe", 2, "not UTF-8"),
        (b"# T\n\n\x00", 3, "NUL"),
        (b"x" * (MAX_SIZE + 1), 0, "larger than 4 MiB"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes, line: int, reason: str) -> None:
    (tmp_path / "faq.md").write_bytes(data)
    with pytest.raises(DocumentRefused) as refused:
        read_document(tmp_path / "faq.md")
    assert [(fault.line, reason in fault.reason) for fault in refused.value.faults] == [(line, True)]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "gone.md", tmp_path / "pipe", Path("a\0b")):
        with pytest.raises(DocumentRefused):
            read_document(path)


def test_a_byte_order_mark_and_windows_line_ends_are_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "faq.md").write_bytes(b"\xef\xbb\xbf# T\r\n## S\r\n### A?\r\nA.\r\n")
    assert read_document(tmp_path / "faq.md").entries[0].answer == "A."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dit is een antwoord dat u kunt lezen.", "nl"),
        ("This is an answer that you can read.", "en"),
        ("Das ist eine Antwort, die Sie lesen können.", None),
        ("C'est une réponse que vous pouvez lire.", None),
        ("VPN BGP IKEv2 10.0.0.0/16", None),
        ("```\nthis is the code that you can read\n```", None),
        ("", None),
    ],
)
def test_the_language_of_a_text_is_noticed(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_the_real_documents_are_read_whole_where_they_are_at_hand() -> None:
    corpus = Path(__file__).parents[4] / "shared" / "corpus"
    found = {path.name: read_document(path) for path in sorted(corpus.glob("vpn-*.md"))}
    for name, document in found.items():
        main, dutch = name.startswith("vpn-gateway-vpn-faq"), ".nl" in name
        bgp = 19 if dutch else 18
        assert len(document.entries) == (49 + bgp if main else bgp), name
        assert not document.warnings, name
        assert language_of(" ".join(entry.answer for entry in document.entries)) == ("nl" if dutch else "en")
        assert bare(parse_markdown(write_markdown(document), "", lambda path: None)) == bare(document)
        assert bare(parse_yaml(write_yaml(document), "")) == bare(document)
    mains = [document for name, document in found.items() if name.startswith("vpn-gateway-vpn-faq")]
    own = [[entry.slug for entry in document.entries if entry.section != "bgp"] for document in mains]
    assert own[:1] == own[1:]
