"""What changed between two editions: files of changes, limits side by side, and marks in answers."""

from __future__ import annotations

from typing import Any

import pytest

from faq.knowledge.edition_changes import (
    WrittenChanges,
    change_faults,
    entry_status,
    fill_change,
    limit_changes,
    marked_difference,
    read_changes,
)
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue

SOURCES = {"DOC": {"document": "guide.md", "date": "2026-01"}}


def catalogue(code: str, **values: int) -> Catalogue:
    """Limits of clients with these values, by the last part of their keys."""
    leaves = {
        name: {"value": value, "unit": "client", "source": "DOC", "name": {"nl": name, "en": name}}
        for name, value in values.items()
    }
    return read_catalogue(code, {"checked": "2026-01-01", "sources": SOURCES, "p2s": leaves})


BEFORE = catalogue("old", clients=128, roots=20, gone=5)
AFTER = catalogue("new", openvpn=250, roots=20, added=7)


def test_limits_stand_side_by_side_under_the_later_key() -> None:
    found = limit_changes(BEFORE, AFTER, {"p2s.clients": "p2s.openvpn"})
    told = {
        one.limit.key: (one.status, one.before and one.before.value, one.after and one.after.value) for one in found
    }
    assert told == {
        "p2s.openvpn": ("changed", 128, 250),
        "p2s.roots": ("same", 20, 20),
        "p2s.added": ("new", None, 7),
        "p2s.gone": ("gone", 5, None),
    }


def test_a_sentence_has_the_numbers_of_both_editions() -> None:
    text = "{was:p2s.clients} became {limit:p2s.openvpn}"
    assert fill_change(text, BEFORE, AFTER, "en") == "128 became 250"
    assert fill_change("{was:p2s.openvpn}", BEFORE, AFTER, "en") == "[p2s.openvpn]"


@pytest.mark.parametrize(
    ("slug", "expected"),
    [("both", "changed"), ("equal", "same"), ("old", "gone"), ("new", "new"), ("told", "reversed")],
)
def test_what_became_of_an_entry(slug: str, expected: str) -> None:
    raw = {"since": "old", "entries": {"told": {"effect": "reversed", "nl": "Nee.", "en": "No."}}}
    before = {"both": "a", "equal": "a", "old": "a", "told": "a"}
    after = {"both": "b", "equal": "a", "new": "a", "told": "a"}
    assert entry_status(slug, before, after, read_changes(raw)) == expected
    assert entry_status("told", before, after, WrittenChanges()) == "same"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({}, []),
        ({"since": "old", "entries": {"one": {"effect": "same", "nl": "Ja.", "en": "Yes {limit:p2s.roots}."}}}, []),
        ({"entries": {}}, ["since: names the earlier edition, such as 2016-12"]),
        ({"since": "old", "more": {}}, ["more: unknown key"]),
        (
            {"since": "old", "entries": {"two": {"effect": "new", "nl": "Ja.", "en": " "}}},
            [
                "entries.two: no entry of this edition",
                "entries.two.effect: one of reversed, changed, same",
                "entries.two.en: missing",
            ],
        ),
        (
            {"since": "old", "entries": {"one": {"effect": "same", "nl": "{limit:p2s.x}", "en": "x"}}},
            ["entries.one.nl: unknown limit 'p2s.x'"],
        ),
        ({"since": "old", "limits": {"p2s.clients": "p2s.x"}}, ["limits.p2s.clients: unknown limit 'p2s.x'"]),
        ({"since": "old", "limits": {"p2s.clients": ["p2s.x"]}}, ["limits.p2s.clients: unknown limit ['p2s.x']"]),
        ({"since": "old", "entries": ["one"]}, ["entries and limits are tables"]),
        ({"since": "old", "entries": {"one": "text"}}, ["entries.one: is a table"]),
    ],
)
def test_a_file_tells_all_its_faults(raw: dict[str, Any], expected: list[str]) -> None:
    assert list(change_faults(raw, AFTER, frozenset({"one"}))) == expected


@pytest.mark.parametrize(
    ("html", "other", "expected"),
    [
        ("<p>Up to 128 clients.</p>", "<p>Up to 250 clients.</p>", "<p>Up to <mark>128</mark> clients.</p>"),
        ("<p>Up to 128.</p>", "<p>At most 128.</p>", "<p>Up to 128.</p>"),
        (
            '<p><a href="entry:p2s-128">VpnGw1AZ</a> &amp; SSTP</p>',
            "<p>Standard &amp; SSTP</p>",
            '<p><a href="entry:p2s-128"><mark>VpnGw1AZ</mark></a> &amp; SSTP</p>',
        ),
        ("<p>A /27, or 10,000 Mbps.</p>", "<p>A /28.</p>", "<p>A <mark>/27</mark>, or <mark>10,000</mark> Mbps.</p>"),
    ],
)
def test_numbers_and_names_that_the_other_answer_lacks_are_marked(html: str, other: str, expected: str) -> None:
    assert marked_difference(html, other) == expected
