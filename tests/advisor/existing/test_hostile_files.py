"""Files that are cut, deepened, or of wrong types: refused or read, never another fault, and no key ever comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.existing.reading import read_setup
from advisor.existing.report import Reading, SetupFile, SetupRefused
from tests.hostile.fuzz.setups import DOCUMENTS, SECRET, TABLE, written

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))

WRONG: list[Any] = [
    *(None, True, False, 0, -1, 1.5, 1e400, 10**30, "", " ", "x", "x" * 5_000, "\ud800", "‮", "\0"),
    *([], {}, [[]], [{}], [None], {"": ""}, {"a": {"b": []}}, ["x"] * 300, {"properties": {"properties": 1}}),
    *("[", "[]", "[[x]", "[x", "[parameters('name')]", "[parameters('nothing').a[0]]", "[concat(1, createArray(2))]"),
    *("[copyIndex()]", "[if(true(), 'a')]", "[createObject('a', 1)]", "/", "a/b/c", "/providers/", "10.0.0.0/99"),
    *("10.0.0.0/8", "::1/128", "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/hub"),
]
"""What stands where something else belongs."""


def read(content: bytes) -> Reading | SetupRefused:
    """What becomes of a file. Nothing but a refusal is raised."""
    try:
        return read_setup([SetupFile("a.json", content)], "2026")
    except SetupRefused as refused:
        return refused


def checked(found: Reading | SetupRefused) -> None:
    """Whether what became of a file can be told, and tells no key."""
    if isinstance(found, SetupRefused):
        assert found.errors
        assert SECRET not in repr(found.errors)
        return
    items = (*found.understood, *found.ignored, *found.missing)
    assert SECRET not in repr(found)
    json.dumps(found.need, allow_nan=False, ensure_ascii=False).encode()
    "".join(f"{item.file}{item.path}{item.subject}" for item in items).encode()


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every value in a document."""
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, one in inside for place in places(one, (*at, key)))]


def holder(document: Any, place: tuple[Any, ...]) -> Any:
    """The list or object in which a place is."""
    for key in place[:-1]:
        document = document[key]
    return document


@pytest.mark.parametrize("form", DOCUMENTS)
def test_the_files_that_are_changed_here_are_good(form: str) -> None:
    found = read(written(DOCUMENTS[form]))
    assert isinstance(found, Reading)
    assert found.understood
    checked(found)


@pytest.mark.parametrize("form", DOCUMENTS)
@FEW
@given(data=st.data())
def test_values_of_wrong_types_are_no_fault(form: str, data: st.DataObject) -> None:
    documents = deepcopy(list(DOCUMENTS[form]))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from([one for one in places(documents) if one]))
        inside = holder(documents, place)
        change = data.draw(st.sampled_from(("replace", "replace", "leave out", "wrap", "repeat")))
        if change == "replace":
            inside[place[-1]] = deepcopy(data.draw(st.sampled_from(WRONG)))
        elif change == "wrap":
            inside[place[-1]] = data.draw(st.sampled_from(([inside[place[-1]]], {"value": inside[place[-1]]})))
        elif change == "repeat" and isinstance(inside, list):
            inside += deepcopy(inside[:3])
        elif len(inside) > 1:
            del inside[place[-1]]
    checked(read(written(tuple(documents))))


@pytest.mark.parametrize("form", [*DOCUMENTS, "table"])
@FEW
@given(data=st.data())
def test_files_that_are_cut_or_torn_are_no_fault(form: str, data: st.DataObject) -> None:
    whole = TABLE.encode() if form == "table" else written(DOCUMENTS[form])
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, len(whole)))
    put = data.draw(
        st.sampled_from((b"", b"[", b"{" * 70, b'"', b"\xff", b"\0", b"//", b"/*", b",", b"\n", b"9" * 5_000))
    )
    checked_without_keys = read(whole[:begin] + put + whole[end:])
    assert isinstance(checked_without_keys, Reading | SetupRefused)


@pytest.mark.parametrize("form", DOCUMENTS)
def test_a_document_that_is_cut_anywhere_is_refused(form: str) -> None:
    whole = written(DOCUMENTS[form][:1])
    for end in range(1, len(whole), 29):
        assert isinstance(read(whole[:end]), SetupRefused), end


@pytest.mark.parametrize("form", DOCUMENTS)
def test_a_document_that_is_deepened_is_refused(form: str) -> None:
    for place in places(list(DOCUMENTS[form]))[1::7]:
        documents = deepcopy(list(DOCUMENTS[form]))
        deep: Any = "x"
        for _ in range(70):
            deep = [deep]
        holder(documents, place)[place[-1]] = deep
        found = read(written(tuple(documents)))
        assert isinstance(found, SetupRefused)
        assert [error.reason for error in found.errors] == ["too-deep"]
