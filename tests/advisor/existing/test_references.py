"""Ids in their parts, and which resource is meant where not all of an id is known."""

from __future__ import annotations

import pytest

from advisor.existing.references import Reference, Register, named, reference, subscription_of

SUBNETS = "microsoft.network/virtualnetworks/subnets"
VNETS = "microsoft.network/virtualnetworks"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "/subscriptions/S1/resourceGroups/Net/providers/Microsoft.Network/virtualNetworks/Hub",
            Reference(VNETS, ("Hub",), "s1", "net"),
        ),
        (
            "/subscriptions/s/resourcegroups/g/providers/Microsoft.Network/virtualNetworks/h/subnets/one",
            Reference(SUBNETS, ("h", "one"), "s", "g"),
        ),
        ("Microsoft.Network/virtualNetworks/hub", Reference(VNETS, ("hub",))),
        ("terraform:azurerm_subnet.gw[0]", Reference("", ("azurerm_subnet.gw[0]",))),
        (
            "/subscriptions/s/resourceGroups/g/providers/A.B/c/d/providers/Microsoft.Network/virtualNetworks/h",
            Reference(VNETS, ("h",), "s", "g"),
        ),
        ("", None),
        ("hub", None),
        ("a/b/c", None),
        ("/subscriptions/s/resourceGroups/g", None),
        ("Microsoft.Network/virtualNetworks/hub/subnets", None),
    ],
)
def test_an_id_has_a_type_names_and_a_scope(written: str, read: Reference | None) -> None:
    assert reference(written) == read


def test_a_child_has_a_parent() -> None:
    child = named(SUBNETS, "Hub/one", group="Net")

    assert child.parent == Reference(VNETS, ("Hub",), "", "net")
    assert named(SUBNETS, "one").parent is None
    assert named(VNETS, "hub").parent is None


@pytest.mark.parametrize(
    ("id_", "subscription"),
    [("/subscriptions/S1/resourceGroups/g", "S1"), ("/Subscriptions/s", "s"), ("/subscriptions", None), ("", None)],
)
def test_an_id_has_a_subscription(id_: str, subscription: str | None) -> None:
    assert subscription_of(id_) == subscription


KNOWN = (("", ""), ("s1", "g1"), ("s2", "g1"), ("s1", "g2"))


@pytest.mark.parametrize(
    ("scopes", "wanted", "found"),
    [
        (KNOWN[1:], ("s1", "g1"), ("s1", "g1")),
        (KNOWN[1:], ("s2", "g1"), ("s2", "g1")),
        (KNOWN[1:], ("s1", "g2"), ("s1", "g2")),
        (KNOWN[1:], ("s2", "g2"), None),
        (KNOWN[1:], ("", "g2"), ("s1", "g2")),
        (KNOWN[1:], ("s2", ""), ("s2", "g1")),
        (KNOWN[1:], ("", ""), ("s1", "g1")),
        (KNOWN[1:], ("s3", ""), None),
        (KNOWN, ("", ""), ("", "")),
        (KNOWN, ("s3", "g3"), ("", "")),
        (KNOWN, ("s1", "g2"), ("s1", "g2")),
    ],
)
def test_what_is_meant_is_what_nothing_known_keeps_apart(
    scopes: tuple[tuple[str, str], ...], wanted: tuple[str, str], found: tuple[str, str] | None
) -> None:
    register: Register[tuple[str, str]] = Register()
    for scope in scopes:
        register.add((named(VNETS, "hub", *scope),), scope)

    assert register.find(named(VNETS, "HUB", *wanted)) == found
    assert register.find(named(VNETS, "other", *wanted)) is None
