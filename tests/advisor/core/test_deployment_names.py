"""Names of resources: short, plain, and never two alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.core.deployment_names import FreeNames, azure_takes, camel, slug, underscored, unique_slugs, vnet_names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Amsterdam", "amsterdam"),
        ("Den Haag 2", "den-haag-2"),
        ("Zürich", "zurich"),
        ("Één", "een"),
        ("Straße", "stra-e"),
        ("①", "1"),
        ("  -- a__b.c --", "a-b-c"),
        ('${x}\'; rm -rf "/" \\ `id`', "x-rm-rf-id"),
        ("a\nb\u2028c\u202ed", "a-b-c-d"),
        ("@file", "file"),
        ("K\u212a", "kk"),
        ("\U0001f600" * 80, "site"),
        ("", "site"),
        ("---", "site"),
        ("a" * 80, "a" * 30),
        ("a" * 29 + " b", "a" * 29),
    ],
)
def test_a_slug_is_lower_case_letters_digits_and_single_hyphens(name: str, expected: str) -> None:
    assert slug(name, "site") == expected


@given(st.text())
def test_a_slug_of_any_text_is_plain_and_short(text: str) -> None:
    made = slug(text, "vnet")
    assert 1 <= len(made) <= 30
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made[0] != "-" != made[-1]
    assert "--" not in made


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "A!", "a?"], ["a", "a-2", "a-3"]),
        (["a", "a 2", "A."], ["a", "a-2", "a-3"]),
        (["a", "A.", "a 2"], ["a", "a-2", "a-2-2"]),
        (["x" * 40, "x" * 50], ["x" * 30, "x" * 30 + "-2"]),
        (["!", "?"], ["site", "site-2"]),
    ],
)
def test_the_later_of_two_alike_gets_the_first_number_that_is_free(names: list[str], expected: list[str]) -> None:
    assert list(unique_slugs((name, "site") for name in names)) == expected


@given(st.lists(st.text(alphabet="aA2-é ", max_size=4), max_size=30))
def test_no_two_slugs_are_alike(names: list[str]) -> None:
    made = list(unique_slugs((name, "site") for name in names))
    assert len(set(made)) == len(names)


def test_names_that_differ_in_case_only_are_alike() -> None:
    free = FreeNames(["VNet"])
    assert [free.take("vnet"), free.take("VNET"), free.take("other")] == ["vnet-2", "VNET-3", "other"]


@pytest.mark.parametrize("name", ["hub", "vnet_", "a1", "Hub.VNet-1", "x" * 64])
def test_azure_takes_such_a_name_of_a_vnet(name: str) -> None:
    assert azure_takes(name)
    assert vnet_names([name]) == (name,)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("h", "h"), ("hub-", "hub"), ("-hub", "hub"), ("Mijn hub", "mijn-hub"), ("hub\n", "hub"), ("x" * 65, "x" * 30)],
)
def test_another_name_of_a_vnet_becomes_a_slug(name: str, expected: str) -> None:
    assert not azure_takes(name)
    assert vnet_names([name]) == (expected,)


def test_the_slug_of_one_vnet_is_never_the_name_of_another() -> None:
    assert vnet_names(["Mijn hub", "mijn-hub", "MIJN!HUB"]) == ("mijn-hub-2", "mijn-hub", "mijn-hub-3")


def test_symbols_follow_the_case_of_their_language() -> None:
    assert camel("shared-key", "breda-2-b") == "sharedKeyBreda2B"
    assert camel("vpngw", "2-hub") == "vpngw2Hub"
    assert underscored("con-vpngw", "2-hub") == "con_vpngw_2_hub"
