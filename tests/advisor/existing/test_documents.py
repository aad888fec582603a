"""Files as bytes: their encodings, their bounds, and every fault with its place and without its value."""

from __future__ import annotations

import codecs

import pytest

from advisor.core.parameters import Count
from advisor.existing.documents import MOST_BYTES, MOST_BYTES_TOGETHER, MOST_FILES, Document, read_documents
from advisor.existing.report import SetupFile, SetupRefused
from advisor.existing.tables import TableSites

NEED = '{"sites": [{"name": "Één"}]}'


def read(*contents: bytes | str) -> tuple[Document, ...]:
    """The documents of files `0`, `1` and so on."""
    files = [one.encode() if isinstance(one, str) else one for one in contents]
    return read_documents([SetupFile(str(number), content) for number, content in enumerate(files)])


def refusals(*contents: bytes | str) -> list[tuple[str, str]]:
    """The places and reasons for which files are refused."""
    with pytest.raises(SetupRefused) as raised:
        read(*contents)
    assert all(error.value is None for error in raised.value.errors)
    return [(error.path, error.reason) for error in raised.value.errors]


@pytest.mark.parametrize(
    "content",
    [
        NEED.encode(),
        codecs.BOM_UTF8 + NEED.encode(),
        NEED.encode("utf-16"),
        codecs.BOM_UTF16_BE + NEED.encode("utf-16-be"),
        NEED.encode("utf-16-le"),
        NEED.encode("utf-16-be"),
        NEED.encode("utf-32"),
        NEED.encode("windows-1252"),
    ],
)
def test_a_file_is_read_in_the_encodings_that_programs_write(content: bytes) -> None:
    (document,) = read(content)
    assert (document.form, document.value) == ("need", {"sites": [{"name": "Één"}]})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_so_is_a_table(encoding: str) -> None:
    (document,) = read("Naam;Netwerken\nZoë;10.0.0.0/8".encode(encoding))
    assert isinstance(document.value, TableSites)
    assert [site.raw["name"] for site in document.value.sites] == ["Zoë"]


def test_a_file_may_hold_several_documents() -> None:
    first, second = read('{"vnets": []}\n[]')
    assert [(one.form, one.place) for one in (first, second)] == [("need", "#1"), ("azure", "#2")]
    assert (second.at("[0]"), second.at("value[0]"), second.at("")) == ("#2[0]", "#2.value[0]", "#2")
    (alone,) = read("[]")
    assert (alone.at("[0]"), alone.at("")) == ("[0]", "")


def test_a_template_that_is_wrapped_has_its_place() -> None:
    (document,) = read('{"template": {"contentVersion": "1", "resources": []}}')
    assert (document.form, document.at("resources[0]")) == ("arm-template", "template.resources[0]")


@pytest.mark.parametrize(
    ("content", "path", "reason"),
    [
        (b"", "0", "not-understood"),
        (b"just a text", "0", "not-understood"),
        (b"\0\1\2\3", "0", "not-understood"),
        (b"{}\0\0", "0", "not-understood"),
        (b"\x81\x8d;\x8f", "0", "not-understood"),
        (b"\xff\xfe\0", "0", "not-understood"),
        (b"{}", "0", "not-understood"),
        (b'{"a":\n x}', "0: 2:2", "not-json"),
        (b"[" * 20_000, "0", "too-deep"),
        (b"PK\3\4\x14\0\0\0\x08\0tfplan", "0", "unsupported-version"),
        (b"PK\3\4\x14\0\0\0\x08\0[Content_Types].xml", "0", "not-understood"),
        (b'terraform {\n  required_version = ">= 1.9"\n}', "0", "unsupported-version"),
        (b"[" + b"{}," * 50_000 + b"{}]", "0", "too-large"),
        (b"a" * (MOST_BYTES + 1), "0", "too-large"),
        (b"Name\n" * 50_001, "0", "too-large"),
        (b"Name;Prefixes\n" + b"A;10.0.0.0/8\n" * 5_001, "0", "too-many-items"),
        (b"Name;Prefixes\n" + b"A;\n" * 10_001, "0", "too-many-items"),
        (b"Name;Prefixes\nA;" + b"10.0.0.0/8 " * 60_000, "0", "too-many-items"),
    ],
)
def test_a_file_at_fault_is_refused(content: bytes, path: str, reason: str) -> None:
    assert refusals(content) == [(path, reason)]


def test_every_file_at_fault_is_told() -> None:
    assert refusals("{", '{"vnets": []}', "x") == [("0: 1:2", "not-json"), ("2", "not-understood")]


def test_sizes_are_looked_at_before_anything_is_read() -> None:
    assert refusals(*["{"] * (MOST_FILES + 1)) == [("", "too-many-files")]
    large = b" " * MOST_BYTES
    assert refusals(large, large, large) == [("", "too-large")]
    assert refusals(large + b" ", b"{") == [("0", "too-large")]


def test_bounds_hold_for_all_files_together() -> None:
    half = '[{"id": "/x/providers/Microsoft.Network/virtualNetworks/a"},' + "{}," * 25_000 + "{}]"
    assert refusals(half, half) == [("1", "too-large")]
    nothing = f"[{'{},' * 25_000}{{}}]"
    assert refusals(nothing, nothing) == [("0", "not-understood"), ("1", "too-large")]
    table = "Name;Prefixes\n" + "A;10.0.0.0/8\n" * 3_000
    assert refusals(table, table) == [("1", "too-many-items")]


def test_a_bound_is_told_in_what_it_counts() -> None:
    with pytest.raises(SetupRefused) as raised:
        read_documents([SetupFile("a", b"x" * (MOST_BYTES + 1))])
    assert raised.value.errors[0].parameters == (("allowed", Count(MOST_BYTES, "byte")),)
    assert MOST_BYTES_TOGETHER == 5 << 20
