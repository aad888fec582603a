"""Which VNet is the hub, what is joined to it, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.advisor.existing.azure import (
    circuit,
    er_gateway,
    gateway,
    id_of,
    local,
    peering,
    read,
    rest,
    to_circuit,
    to_site,
    to_vnet,
    vnet,
)

ONE, TWO, THREE = vnet("one", "10.1.0.0/16"), vnet("two", "10.2.0.0/16"), vnet("three", "10.3.0.0/16")
WITH_SUBNET = vnet("two", "10.2.0.0/16", subnets={"GatewaySubnet": "10.2.0.0/27"})

Bodies = tuple[Mapping[str, Any], ...]

HUBS: tuple[tuple[str, Bodies, str], ...] = (
    ("the VNet of the VPN gateway", (ONE, TWO, gateway(in_vnet="two")), "two"),
    (
        "of the one with most connections",
        (
            ONE,
            TWO,
            gateway("gw1", "one"),
            gateway("gw2", "two"),
            local("a"),
            local("b"),
            local("c"),
            to_site("c1", "gw1", "a"),
            to_site("c2", "gw2", "b"),
            to_site("c3", "gw2", "c"),
        ),
        "two",
    ),
    ("of equals the first", (ONE, TWO, gateway("gw2", "two"), gateway("gw1", "one")), "two"),
    (
        "a connection between VNets counts for both",
        (ONE, TWO, gateway("gw1", "one"), gateway("gw2", "two"), to_vnet("c", "gw2", "gw1")),
        "one",
    ),
    ("a VPN gateway before one for ExpressRoute", (ONE, TWO, er_gateway(in_vnet="one"), gateway(in_vnet="two")), "two"),
    ("the VNet of the gateway for ExpressRoute", (ONE, WITH_SUBNET, er_gateway(in_vnet="one")), "one"),
    ("the VNet with a GatewaySubnet", (ONE, WITH_SUBNET, peering("one", "two", allowGatewayTransit=True)), "two"),
    ("the VNet that allows gateway transit", (ONE, TWO, peering("two", "one", allowGatewayTransit=True)), "two"),
    ("the VNet whose gateway another uses", (ONE, TWO, peering("one", "two", useRemoteGateways=True)), "two"),
    ("the first", (ONE, TWO), "one"),
    ("the VNet that only a gateway's subnet names", (ONE, gateway(in_vnet="far")), "far"),
    ("a gateway whose VNet is not known", (ONE, TWO, gateway(in_vnet=None)), "vpngw"),
    ("but for the only VNet that it can be in", (ONE, WITH_SUBNET, gateway(in_vnet=None)), "two"),
    ("a gateway that only a connection names", (local(), to_site()), "vpngw"),
)


@pytest.mark.parametrize(("bodies", "hub"), [one[1:] for one in HUBS], ids=[one[0] for one in HUBS])
def test_the_hub_is(bodies: Bodies, hub: str) -> None:
    assert read(*bodies).vnets[0] == hub


@pytest.mark.parametrize(
    ("bodies", "is_guessed"),
    [
        ((ONE,), False),
        ((ONE, TWO), True),
        ((ONE, WITH_SUBNET), False),
        ((ONE, TWO, gateway(in_vnet="two")), False),
        ((ONE, TWO, peering("two", "one", allowGatewayTransit=True)), False),
        ((ONE, TWO, peering("two", "one")), True),
    ],
)
def test_a_hub_that_nothing_tells_apart_is_missing(bodies: Bodies, is_guessed: bool) -> None:
    assert (("ambiguous-hub", "vnets") in read(*bodies).misses()) is is_guessed


MEMBERS: tuple[tuple[str, Bodies, list[str]], ...] = (
    (
        "peered, told by both",
        (ONE, gateway(in_vnet="one"), TWO, peering("one", "two"), peering("two", "one")),
        ["one", "two"],
    ),
    ("told by the hub", (ONE, gateway(in_vnet="one"), TWO, peering("one", "two")), ["one", "two"]),
    ("told by the other", (ONE, gateway(in_vnet="one"), TWO, peering("two", "one")), ["one", "two"]),
    (
        "told in the VNet itself",
        (
            vnet(
                "one",
                "10.1.0.0/16",
                virtualNetworkPeerings=[
                    {"name": "p", "properties": {"remoteVirtualNetwork": {"id": id_of("virtualNetworks", "two")}}}
                ],
            ),
            gateway(in_vnet="one"),
            TWO,
        ),
        ["one", "two"],
    ),
    (
        "behind a spoke",
        (ONE, gateway(in_vnet="one"), TWO, THREE, peering("one", "two"), peering("two", "three")),
        ["one", "two"],
    ),
    ("not joined", (ONE, gateway(in_vnet="one"), TWO), ["one"]),
    (
        "joined by a VPN, told from either side",
        (ONE, gateway("gw1", "one"), TWO, gateway("gw2", "two"), to_vnet("c", "gw2", "gw1")),
        ["one", "two"],
    ),
    (
        "joined by a VPN, known by its gateway",
        (ONE, gateway("gw1", "one"), to_vnet("c", "gw1", "gw2")),
        ["one", "gw2"],
    ),
    (
        "the hub stands first whatever the order",
        (TWO, ONE, gateway(in_vnet="one"), peering("one", "two")),
        ["one", "two"],
    ),
    (
        "ids in another case",
        (
            ONE,
            gateway(in_vnet="one"),
            TWO,
            rest(
                "virtualNetworks/virtualNetworkPeerings",
                "one/p",
                {"remoteVirtualNetwork": {"id": id_of("virtualNetworks", "two").upper()}},
            ),
        ),
        ["one", "two"],
    ),
)


@pytest.mark.parametrize(("bodies", "vnets"), [one[1:] for one in MEMBERS], ids=[one[0] for one in MEMBERS])
def test_a_vnet_belongs_to_the_design_where_it_is_joined_to_the_hub(bodies: Bodies, vnets: list[str]) -> None:
    assert read(*bodies).vnets == vnets


@pytest.mark.parametrize("space", ["remoteAddressSpace", "remoteVirtualNetworkAddressSpace"])
def test_a_peered_vnet_that_is_not_in_the_files_is_known_by_the_peering(space: str) -> None:
    told = {space: {"addressPrefixes": ["10.8.0.0/16"]}}
    found = read(ONE, gateway(in_vnet="one"), peering("one", "far", **told))

    assert found.need["vnets"][1] == {"name": "far", "prefixes": ["10.8.0.0/16"], "subscription": "s1"}


def test_two_vnets_of_one_name_in_different_resource_groups_are_two() -> None:
    other = {**ONE, "id": id_of("virtualNetworks", "one", group="other")}
    found = read(ONE, other, peering("one", "two"))

    assert found.vnets == ["one", "two"]
    assert found.ignores() == {("not-connected", "one")}


def test_a_vnet_in_two_files_is_one() -> None:
    shown = vnet("one", "10.1.0.0/16", subnets={"app": "10.1.1.0/24"})
    found = read({**ONE, "location": None}, shown)

    assert found.need["vnets"] == [
        {
            "name": "one",
            "prefixes": ["10.1.0.0/16"],
            "subnets": ["10.1.1.0/24"],
            "region": "westeurope",
            "subscription": "s1",
        }
    ]


LEFT_OUT: tuple[tuple[str, Bodies, set[tuple[str, str]]], ...] = (
    ("nothing", (ONE, gateway(in_vnet="one"), local(), to_site()), set()),
    ("a VNet", (ONE, gateway(in_vnet="one"), TWO), {("not-connected", "two")}),
    (
        "another gateway with its VNet, its connections and their devices",
        (
            ONE,
            gateway(in_vnet="one"),
            TWO,
            gateway("gw2", "two", natRules=[{"name": "n"}]),
            local("a"),
            local("b"),
            to_site("c1", site="a"),
            to_site("c2", site="a"),
            to_site("c3", "gw2", "b"),
        ),
        {("not-connected", "two"), ("other-gateway", "gw2"), ("other-gateway", "c3"), ("not-connected", "b")},
    ),
    (
        "the gateway of a VNet that is only peered",
        (ONE, gateway(in_vnet="one"), TWO, gateway("gw2", "two"), peering("one", "two")),
        {("other-gateway", "gw2")},
    ),
    (
        "a device without a connection, where there are others",
        (ONE, gateway(in_vnet="one"), local("a"), local("b"), to_site(site="a")),
        {("not-connected", "b")},
    ),
    ("no device where no file has a connection", (ONE, gateway(in_vnet="one"), local("a"), local("b")), set()),
    (
        "a circuit of another gateway",
        (
            ONE,
            er_gateway("er1", "one"),
            TWO,
            er_gateway("er2", "two"),
            circuit("a"),
            circuit("b"),
            to_circuit("c1", "er1", "a"),
            to_circuit("c2", "er2", "b"),
        ),
        {("not-connected", "two"), ("other-gateway", "er2"), ("other-gateway", "c2"), ("not-connected", "b")},
    ),
)


@pytest.mark.parametrize(("bodies", "ignored"), [one[1:] for one in LEFT_OUT], ids=[one[0] for one in LEFT_OUT])
def test_what_is_not_joined_to_the_hub_is_left_out(bodies: Bodies, ignored: set[tuple[str, str]]) -> None:
    assert read(*bodies).ignores() == ignored


def test_every_device_is_a_site_where_no_connection_is_told_of() -> None:
    found = read(ONE, gateway(in_vnet="one"), local("a"), local("b"))

    assert found.sites == ["a", "b"]
    assert ("connections", "sites") in found.misses()


def test_a_circuit_that_is_only_named_by_its_connection_is_a_site() -> None:
    assert read(ONE, er_gateway(in_vnet="one"), to_circuit()).sites == ["metro"]


def test_a_circuit_of_which_nothing_is_known_is_called_after_its_connection() -> None:
    assert read(ONE, er_gateway(in_vnet="one"), to_circuit(circuit=None)).sites == ["con-er"]


@pytest.mark.parametrize("end", ["virtualNetworkGateway1", "localNetworkGateway2"])
def test_a_connection_that_does_not_say_what_it_joins_joins_the_only_candidate(end: str) -> None:
    open_ended: dict[str, Any] = {end: None}
    found = read(ONE, gateway(in_vnet="one"), local("a"), to_site(site="a", **open_ended))

    assert (found.sites, found.site["tunnels"]) == (["a"], 1)
    assert ("connections", "sites") not in found.misses()


def test_where_there_are_several_candidates_the_connections_are_missing() -> None:
    open_ended: dict[str, Any] = {"localNetworkGateway2": None}
    found = read(
        ONE, gateway(in_vnet="one"), local("a"), local("b"), to_site("c1", **open_ended), to_site("c2", **open_ended)
    )

    assert found.sites == ["a", "b"]
    assert ("connections", "sites") in found.misses()


def test_a_peering_that_is_told_of_twice_is_one() -> None:
    listed = [{"name": "to-two", "properties": {"remoteVirtualNetwork": {"id": id_of("virtualNetworks", "two")}}}]
    found = read(vnet("one", "10.1.0.0/16", virtualNetworkPeerings=listed), TWO, peering("one", "two"))

    assert [item.code for item in found.understood] == ["vnet", "peering", "vnet"]
