"""Limits that were changed on the site, over those of a file."""

from __future__ import annotations

from typing import Any

from faq.knowledge.changed_limits import in_full, limit_changes, says_other, with_changes
from faq.knowledge.limits_file import read_catalogue

NAME = {"nl": "Naam", "en": "Name"}
RAW: dict[str, Any] = {
    "checked": "2031-01-01",
    "sources": {"DOC": {"document": "guide.md", "date": "2031"}},
    "a": {
        "first": {"value": 1, "unit": "client", "source": "DOC", "name": NAME},
        "second": {"same_as": "a.first", "source": "DOC", "name": NAME},
    },
}


def test_a_limit_in_full_changes_nothing() -> None:
    for key in ("a.first", "a.second"):
        found = read_catalogue("2031", with_changes(RAW, {key: in_full(RAW, key)}))
        assert found[key] == read_catalogue("2031", RAW)[key]


def test_what_follows_a_changed_limit_changes_with_it() -> None:
    found = read_catalogue("2031", with_changes(RAW, {"a.first": {**in_full(RAW, "a.first"), "value": 2}}))
    assert (found["a.first"].value, found["a.second"].value) == (2, 2)


def test_a_source_that_the_file_lacks_is_added_once() -> None:
    new = {"document": "new.md", "date": "2032", "title": "New"}
    changes = {key: {**in_full(RAW, key), "source": new} for key in ("a.first", "a.second")}
    raw = with_changes(RAW, changes)
    assert len(raw["sources"]) == 2
    assert read_catalogue("2031", raw)["a.second"].source.title == "New"


def test_a_key_that_the_file_lacks_is_left_out() -> None:
    assert with_changes(RAW, {"a.third": in_full(RAW, "a.first")}) == RAW


def test_a_later_check_alone_tells_readers_nothing_else() -> None:
    leaf = in_full(RAW, "a.first")
    assert not says_other(leaf, {**leaf, "checked": "2032-01-01"})
    assert [change.part for change in limit_changes(leaf, {**leaf, "value": 3})] == ["value"]
