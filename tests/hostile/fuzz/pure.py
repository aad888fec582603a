"""Targets that need no site: documents, renderings, needs, addresses, words, files."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.builders import CONTENT
from tests.faq.documents.test_round_trip import PIECES, WORDS
from tests.hostile.fuzz import readers, samples, setups
from tests.hostile.fuzz.target import Target
from tests.hostile.payloads import lines

Table = list[tuple[str, Callable[[bytes], None], list[bytes], list[bytes]]]


def targets() -> list[Target]:
    """All of them."""
    hostile, markdown, marks = samples.encoded(lines("xss")), samples.encoded(PIECES), samples.encoded(WORDS)
    names = [f"{name}=".encode() for name in dict.fromkeys(re.findall(r"(\w+)=", samples.LINK))]
    keys = [f'"{name}":'.encode() for name in dict.fromkeys(re.findall(r'"(\w+)":', samples.NEED.decode()))]
    signs = [b"{", b"}", b"[", b"]", b",", b":", b'"', b"null", b"true", b'"\\ud800"', b"\\u0000", b"1e400", b"-0"]
    entry = next((CONTENT / "2016-12").glob("bgp/*.toml")).read_bytes()
    toml = samples.example("limits.toml")[:6_000] + b"\n---\n" + entry
    table: Table = [
        ("Markdown import", readers.read_markdown, [samples.MARKDOWN.encode()], [*markdown, *marks, b"\n\n", b"\n## "]),
        (
            "YAML import",
            readers.read_yaml,
            [samples.YAML.encode()],
            [*markdown[:9], b"&a ", b"*a", b"<<: *a", b"!!python/name:x", b"\n  "],
        ),
        (
            "file import",
            readers.read_file,
            [samples.MARKDOWN.encode(), samples.YAML.encode()],
            [b"\xff\xfe", b"\xef\xbb\xbf", b"PK\3\4", b"\0"],
        ),
        ("form of an answer", readers.read_answer, markdown, [*markdown, b"<a name=x>", b"\n", b"<br>"]),
        ("rendering", readers.render, [*markdown, *hostile[:40]], [*markdown, *hostile]),
        (
            "words of a query",
            readers.analyze_words,
            [b"kan een vnet twee gateways hebben", b"C#"],
            [*marks, "é\u0301".encode()],
        ),
        ("passages", readers.mark_passage, [samples.TICKET.encode()], [*markdown, *marks]),
        (
            "need from a link",
            readers.read_link,
            [samples.LINK.encode()],
            [*names, *samples.NUMBERS, *samples.ADDRESSES, b"&", b"%00", b"%"],
        ),
        ("need from JSON", readers.read_json, [samples.NEED], [*keys, *signs, *samples.NUMBERS, *samples.ADDRESSES]),
        (
            "addresses",
            readers.read_addresses,
            [b"10.20.0.0/16", b"192.168.1.1"],
            [*samples.ADDRESSES, b".", b"/", b" ", b"1", b"255"],
        ),
        (
            "numbers",
            readers.read_numbers,
            [b"1.000,5", b"25 Mbps"],
            [*samples.NUMBERS, b",", b".", b"'", b" ", "\u202f".encode()],
        ),
        (
            "ticket",
            readers.read_ticket,
            [samples.TICKET.encode()],
            [*marks, b"? ", b"\n> ", b"\n\n", b"a@b.nl", b"\n- ", b"1) ", b". "],
        ),
        (
            "pasted table",
            readers.read_table,
            [samples.TABLE.encode()],
            [b";", b"\t", b",", b'"', b"\n", *samples.NUMBERS, *samples.ADDRESSES],
        ),
        (
            "seal of the index",
            readers.read_seal,
            [samples.SEAL],
            [*signs, b"../", b"/etc/passwd", b'"form":', b"\n", b"[" * 900],
        ),
        (
            "content files",
            readers.read_content,
            [toml],
            [b"[a]\n", b"= 1\n", b'"""', b"{", b"[[", b"2016-12-05", b"\n---\n"],
        ),
        (
            "dates of sources",
            readers.read_dates,
            [b"2016-12-05", b"18 oktober 2016"],
            [b"-", b"/", b" ", *samples.NUMBERS, b"mei", b"13"],
        ),
        (
            "codes of designs",
            readers.read_codes,
            [b"K7QFM-2XDRT"],
            [b"-", b"/case/", "ß".encode(), "ŉ".encode(), b"K7QFM"],
        ),
        (
            "settings",
            readers.read_settings,
            [b"#7a003c", b"example.org", samples.SVG],
            [b"<a/>", b"&x;", b"<!DOCTYPE x>", b"#", b"url("],
        ),
        (
            "characters",
            readers.hold_characters,
            [b"a\x0bb\r\n", "\ufffe\ud7ff".encode()],
            [b"\0", b"\r", "\ufdd0".encode(), b"\x1b"],
        ),
    ]
    of_setups = [*signs, *samples.ADDRESSES, *setups.PARTS]
    table += [
        (f"existing: {form}", readers.read_existing, [setups.written(documents)], of_setups)
        for form, documents in setups.DOCUMENTS.items()
    ]
    table.append(("existing: table", readers.read_existing, [setups.TABLE.encode()], [b";", b'"', b"\n", *of_setups]))
    return [Target(name, read, seeds, parts) for name, read, seeds, parts in table]
