"""What becomes of an existing gateway is the same in every sentence: it stays, goes up or over, or is made again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    BY_VPN,
    HUB,
    OFFICE,
    SPOKE,
    advise,
    finding,
    infos,
    problems,
    some_clients,
    text,
)
from tests.builders import sites

BY_SSTP = {"clients": some_clients(protocol="sstp")}
TOO_SMALL = {"gateway_subnet": "10.20.0.0/30"}
POLICY_BASED = {"gateway_routing": "policy-based"}

FATES: list[tuple[str, dict[str, Any], str, str]] = [
    ("an az sku", {"gateway_sku": "VpnGw2AZ"}, "stays", "existing"),
    ("its type alone", {"gateway_routing": "route-based"}, "routing", "existing"),
    ("a sku without zones", {"gateway_sku": "VpnGw2"}, "migrates", "existing"),
    ("an old sku", {"gateway_sku": "Standard"}, "migrates", "migrated"),
    ("more tunnels", {"sites": sites(31), "gateway_sku": "VpnGw1AZ"}, "resize", "existing"),
    ("more tunnels on an old sku", {"sites": sites(31), "gateway_sku": "Standard"}, "resize", "migrated"),
    ("more tunnels on basic", {"sites": sites(11), "gateway_sku": "Basic"}, "remade", "new"),
    ("bgp on basic", {"bgp": True, "gateway_sku": "Basic"}, "remade", "new"),
    ("a subnet too small", {"gateway_sku": "VpnGw2AZ", **TOO_SMALL}, "recreate", "new"),
    ("an old sku in a /28", {"gateway_sku": "Standard", "gateway_subnet": "10.20.0.0/28"}, "recreate", "new"),
    ("policy-based", POLICY_BASED, "stays", "existing"),
    ("policy-based and active-active", {"active_active": True, **POLICY_BASED}, "not-enough", "undecided"),
    ("policy-based and peered", {"vnets": [HUB, SPOKE], **POLICY_BASED}, "not-enough", "undecided"),
    ("more tunnels than any", {"sites": sites(101), "gateway_sku": "VpnGw2AZ"}, "beyond", "undecided"),
    ("more clients than any", {"clients": {"count": 10_001}, "gateway_sku": "VpnGw2AZ"}, "beyond", "undecided"),
    (
        "more clients than any in a subnet too small",
        {"clients": {"count": 10_001}, "gateway_sku": "VpnGw2AZ", **TOO_SMALL},
        "not-enough",
        "undecided",
    ),
    (
        "more sstp clients on basic",
        {"gateway_sku": "Basic", "clients": {"count": 129, "protocol": "sstp"}},
        "beyond",
        "undecided",
    ),
    (
        "those and a peered vnet",
        {"vnets": [HUB, SPOKE], "gateway_sku": "Basic", "clients": {"count": 129, "protocol": "sstp"}},
        "not-enough",
        "undecided",
    ),
]


@pytest.mark.parametrize(
    ("changes", "fate", "addresses"), [case[1:] for case in FATES], ids=[case[0] for case in FATES]
)
def test_its_addresses_are_those_of_its_fate(changes: dict[str, Any], fate: str, addresses: str) -> None:
    advice = advise(**{"sites": [OFFICE]} | changes)
    assert finding(advice, "existing-gateway").variant == fate
    assert finding(advice, "public-ip-addresses").variant == addresses


SSTP: list[tuple[str, dict[str, Any], set[str], str]] = [
    ("2026-03-30", {}, {"protocol-retiring"}, "new"),
    ("2026-03-31", {}, {"protocol-retired"}, "new"),
    (
        "2026-03-30",
        {"gateway_sku": "Basic", "bandwidth_mbps": 200},
        {"gateway-sku-too-small", "protocol-retiring"},
        "new",
    ),
    ("2026-11-01", {"gateway_sku": "Basic"}, {"protocol-retiring"}, "basic"),
    ("2026-11-01", {"gateway_sku": "VpnGw1AZ"}, {"protocol-retiring"}, "others"),
    (
        "2026-11-01",
        {"gateway_sku": "Basic", "bandwidth_mbps": 200},
        {"gateway-sku-too-small", "protocol-retired"},
        "remade",
    ),
    (
        "2026-11-01",
        {"gateway_sku": "VpnGw1AZ", **TOO_SMALL},
        {"gateway-subnet-too-small", "protocol-retired"},
        "remade",
    ),
    ("2026-11-01", POLICY_BASED, {"policy-based-single-tunnel", "protocol-retired"}, "remade"),
    ("2027-03-31", {"gateway_sku": "VpnGw1AZ"}, {"protocol-retired"}, "existing"),
    (
        "2027-03-31",
        {"gateway_sku": "VpnGw1AZ", **TOO_SMALL},
        {"gateway-subnet-too-small", "protocol-retired"},
        "existing",
    ),
]


@pytest.mark.parametrize(("day", "changes", "expected", "variant"), SSTP)
def test_sstp_does_not_outlive_a_gateway_that_is_made_again(
    day: str, changes: dict[str, Any], expected: set[str], variant: str
) -> None:
    advice = advise(**BY_SSTP, **changes, as_of=day)
    assert problems(advice) == expected
    (code,) = expected & {"protocol-retiring", "protocol-retired"}
    assert finding(advice, code).variant == variant


WORDS: list[tuple[str, dict[str, Any], str]] = [
    (
        "protocol-retired",
        {**BY_SSTP, "gateway_sku": "Basic", "bandwidth_mbps": 200},
        "Since March 31, 2026, SSTP can no longer be enabled on a gateway, and so not on the gateway that you "
        "re-create by this advice: choose OpenVPN or IKEv2 for it, and give the clients a new profile right away.",
    ),
    (
        "protocol-retiring",
        {**BY_SSTP, "as_of": "2026-03-01"},
        "SSTP can be enabled on a gateway only before March 31, 2026, and it stops altogether on March 31, 2027: "
        "choose OpenVPN or IKEv2 right away.",
    ),
    (
        "existing-gateway",
        {"clients": {"count": 10_001}, "gateway_sku": "VpnGw1"},
        "The existing gateway of VNet hub (VpnGw1) is not enough for this design, and neither is a larger one: solve "
        "the errors in this advice first.",
    ),
    (
        "public-ip-addresses",
        {"sites": [OFFICE], "gateway_sku": "Standard", "active_active": True},
        "The VPN gateway of VNet hub needs 2 public IP addresses with the Standard SKU: the existing address (Basic "
        "SKU) becomes one during the migration; in addition, create 1 public IP address beforehand.",
    ),
    (
        "public-ip-addresses",
        {"sites": [OFFICE], "gateway_sku": "Standard"},
        "The VPN gateway of VNet hub needs 1 public IP address with the Standard SKU: the existing address (Basic SKU) "
        "becomes one during the migration.",
    ),
    (
        "public-ip-addresses",
        {"sites": [OFFICE], "gateway_sku": "Basic", "bgp": True},
        "The VPN gateway of VNet hub needs 1 public IP address with the Standard SKU: create it beforehand.",
    ),
    (
        "kept-gateway-subnet",
        {"sites": [OFFICE], "gateway_sku": "HighPerformance", "gateway_subnet": "10.20.255.224/27"},
        "The gateway subnet 10.20.255.224/27 of VNet hub is usable: make sure that it has exactly the name "
        "GatewaySubnet, without VMs and without a network security group (NSG) on it.",
    ),
    (
        "kept-gateway-subnet",
        {"sites": [OFFICE], "gateway_subnet": "10.20.255.224/27"},
        "The block 10.20.255.224/27 that you entered is usable: create it in VNet hub as a subnet with exactly the "
        "name GatewaySubnet, without VMs and without a network security group (NSG) on it.",
    ),
    (
        "side-by-side",
        {"sites": [BY_CIRCUIT, BY_VPN], "gateway_sku": "VpnGw2AZ"},
        "In VNet hub, create the ExpressRoute gateway (ErGw1AZ) alongside the existing VPN gateway (VpnGw2AZ), in the "
        "same GatewaySubnet 10.20.255.224/27.",
    ),
    (
        "side-by-side",
        {"sites": [BY_CIRCUIT, BY_VPN], "gateway_sku": "Basic"},
        "In VNet hub, create the ExpressRoute gateway (ErGw1AZ) and the VPN gateway (VpnGw1AZ), in either order, both "
        "in the GatewaySubnet 10.20.255.224/27.",
    ),
    (
        "side-by-side",
        {"vnets": [{"name": "hub"}], "sites": [BY_CIRCUIT, BY_VPN], "gateway_sku": "VpnGw2AZ"},
        "In VNet hub, create the ExpressRoute gateway (ErGw1AZ) alongside the existing VPN gateway (VpnGw2AZ), in the "
        "same GatewaySubnet: check that it is a /27 or larger.",
    ),
]


@pytest.mark.parametrize(("code", "changes", "said"), WORDS)
def test_each_sentence_goes_by_what_becomes_of_the_gateway(code: str, changes: dict[str, Any], said: str) -> None:
    assert text(advise(**changes), code) == said


def test_a_subnet_that_will_not_do_is_not_called_usable() -> None:
    assert "kept-gateway-subnet" not in infos(advise(sites=[OFFICE], gateway_sku="VpnGw2AZ", **TOO_SMALL))
