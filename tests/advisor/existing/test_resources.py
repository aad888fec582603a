"""Values of a resource by name, whatever the form that they are written in, and where each of them is."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.existing.resources import Place, Resource, Unknown, View, in_file_order


def view(body: dict[str, Any], **more: Any) -> View:
    return Resource("f", "value[0]", "t", body, **more).view


@pytest.mark.parametrize(
    "body",
    [{"properties": {"vpnType": "a"}}, {"vpnType": "a"}, {"VPNTYPE": " a "}, {"Properties": {"vpntype": "a"}}],
)
def test_a_value_is_found_in_either_form_and_any_case(body: dict[str, Any]) -> None:
    assert view(body).text("vpnType") == "a"


def test_properties_count_before_what_stands_next_to_them_unless_null() -> None:
    assert view({"type": "outer", "properties": {"type": "inner"}}).text("type") == "inner"
    assert view({"type": "outer", "properties": {"type": None}}).text("type") == "outer"


@pytest.mark.parametrize(
    ("value", "text", "word", "flag", "number", "has"),
    [
        (None, None, None, False, None, False),
        ("", None, None, False, None, False),
        (" ", None, None, False, None, False),
        ("x", "x", "x", False, None, True),
        ("true", "true", "true", True, None, True),
        ("False", "False", "False", False, None, True),
        ("65515", "65515", "65515", False, 65515, True),
        ("9" * 30, "9" * 30, "9" * 30, False, None, True),
        ("٥", "٥", "٥", False, None, True),
        (True, None, None, True, None, True),
        (False, None, None, False, None, False),
        (5, None, None, False, 5, True),
        (0, None, None, False, 0, False),
        (1.5, None, None, False, None, True),
        ([], None, None, False, None, False),
        ({}, None, None, False, None, False),
        (Unknown("name"), None, "name", False, None, True),
    ],
)
def test_a_value_of_another_type_is_absent(
    value: object, text: str | None, word: str | None, flag: bool, number: int | None, has: bool
) -> None:
    found = view({"a": value})

    assert (found.text("a"), found.word("a"), found.flag("a"), found.number("a"), found.has("a")) == (
        text,
        word,
        flag,
        number,
        has,
    )


def test_a_block_of_a_list_counts_as_the_object() -> None:
    assert view({"a": [{"b": "x"}, {"b": "y"}]}).inside("a").text("b") == "x"
    assert view({"a": []}).inside("a").text("b") is None
    assert view({"a": "x"}).inside("a").text("b") is None


def test_each_value_of_a_list_has_its_place() -> None:
    body = {"properties": {"a": {"b": ["x", None, "y"]}}}

    assert list(view(body).inside("a").values("b")) == [
        (Place("f", "value[0].properties.a.b[0]"), "x"),
        (Place("f", "value[0].properties.a.b[2]"), "y"),
    ]


def test_a_place_is_what_the_file_calls_it() -> None:
    resource = Resource("f", "resources[1]", "t", {"a": {"b": ["x"]}}, {"a": "values.c", "a.b": "values.c[0].d"})

    assert list(resource.view.inside("a").values("b")) == [(Place("f", "resources[1].values.c[0].d[0]"), "x")]


@pytest.mark.parametrize(
    ("place", "written"), [(Place("f", "a[0]"), "f: a[0]"), (Place("f", ""), "f"), (Place("", ""), "")]
)
def test_a_place_is_written_with_its_file(place: Place, written: str) -> None:
    assert str(place) == written


def test_places_are_in_the_order_of_the_files_and_of_numbers() -> None:
    places = [Place("b", "a"), Place("a", "v[10]"), Place("a", "v[2].x"), Place("a", "v[2]"), Place("", "")]

    assert sorted(places, key=lambda place: in_file_order(place, {"a": 0, "b": 1})) == [
        Place("", ""),
        Place("a", "v[2]"),
        Place("a", "v[2].x"),
        Place("a", "v[10]"),
        Place("b", "a"),
    ]
