"""What edition 2026 finds of point-to-site: protocols, sign-in, systems, pools, routes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.advisor.core.edition_2026.builders import (
    BY_CIRCUIT,
    HUB,
    OFFICE,
    SPOKE,
    Case,
    Info,
    advise,
    each_info,
    each_of,
    finding,
    hosts,
    infos,
    problems,
    some_clients,
    text,
)
from tests.builders import site, vnet

EXISTING: dict[str, Any] = {"gateway_sku": "VpnGw1AZ"}
WINDOWS = ["windows-10", "windows-11", "windows-server-2016", "windows-server-2019", "windows-server-2022"]
SERVERS = ["windows-server-2016", "windows-server-2019", "windows-server-2022", "windows-server-2025"]
GONE = ["windows-7", "windows-8", "windows-8.1", "windows-server-2008-r2", "windows-server-2012"]
GONE += ["windows-server-2012-r2", "other"]
SUPPORTED = ["windows-11", *SERVERS, "macos", "linux", "ios", "android"]


def of(**fields: Any) -> dict[str, Any]:
    """A need of clients alone."""
    return {"clients": some_clients(**fields)}


CASES: list[Case] = [
    ("clients", of(), set()),
    ("openvpn", of(protocol="openvpn"), set()),
    ("ikev2", of(protocol="ikev2"), set()),
    # protocol-retired, protocol-retiring
    ("sstp on a new gateway", of(protocol="sstp"), {"protocol-retired"}),
    ("sstp on an existing sku", of(protocol="sstp") | EXISTING, {"protocol-retiring"}),
    (
        "sstp on an existing route-based",
        of(protocol="sstp") | {"gateway_routing": "route-based"},
        {"protocol-retiring"},
    ),
    ("sstp without clients", {"clients": {"count": 0, "protocol": "sstp"}, "sites": [OFFICE]}, set()),
    # protocol-does-not-fit-system
    (
        "sstp on macos",
        of(protocol="sstp", systems=["windows-11", "macos"]) | EXISTING,
        {"protocol-retiring", "protocol-does-not-fit-system"},
    ),
    ("sstp on windows", of(protocol="sstp", systems=["windows-11"]) | EXISTING, {"protocol-retiring"}),
    ("openvpn on macos", of(protocol="openvpn", systems=["macos"]), set()),
    (
        "sstp on other systems",
        of(protocol="sstp", systems=["other"]) | EXISTING,
        {"protocol-retiring", "protocol-does-not-fit-system", "client-system-unsupported"},
    ),
    # authentication-needs-openvpn
    ("entra over openvpn", of(protocol="openvpn", authentication="entra-id"), set()),
    ("entra over the default", of(authentication="entra-id"), set()),
    ("entra over ikev2", of(protocol="ikev2", authentication="entra-id"), {"authentication-needs-openvpn"}),
    (
        "entra over sstp",
        of(protocol="sstp", authentication="entra-id") | EXISTING,
        {"authentication-needs-openvpn", "protocol-retiring"},
    ),
    ("radius over ikev2", of(protocol="ikev2", authentication="radius"), set()),
    # authentication-not-on-basic
    (
        "radius on basic",
        of(authentication="radius") | {"gateway_sku": "Basic"},
        {"authentication-not-on-basic", "gateway-sku-too-small"},
    ),
    (
        "entra on basic",
        of(authentication="entra-id") | {"gateway_sku": "Basic"},
        {"authentication-not-on-basic", "gateway-sku-too-small"},
    ),
    (
        "certificates over sstp on basic",
        of(authentication="certificate", protocol="sstp") | {"gateway_sku": "Basic"},
        {"protocol-retiring"},
    ),
    ("radius on an az", of(authentication="radius") | EXISTING, set()),
    # authentication-does-not-fit-system
    ("entra on windows and macos", of(authentication="entra-id", systems=["windows-11", "macos"]), set()),
    ("entra on linux", of(authentication="entra-id", systems=["linux"]), {"authentication-does-not-fit-system"}),
    ("certificates on linux", of(authentication="certificate", systems=["linux"]), set()),
    # client-system-unsupported, client-system-out-of-support
    ("windows 7", of(systems=["windows-7"]), {"client-system-unsupported"}),
    ("windows 10", of(systems=["windows-10"]), {"client-system-out-of-support"}),
    ("windows 11", of(systems=["windows-11"]), set()),
    ("windows 10 without clients", {"clients": {"count": 0, "systems": ["windows-10"]}, "sites": [OFFICE]}, set()),
    # client-route-limit-exceeded
    ("255 routes over ikev2", of(protocol="ikev2") | {"sites": [site("a", *hosts(254))]}, set()),
    (
        "256 routes over ikev2",
        of(protocol="ikev2") | {"sites": [site("a", *hosts(255))]},
        {"client-route-limit-exceeded"},
    ),
    ("256 routes over openvpn", of(protocol="openvpn") | {"sites": [site("a", *hosts(255))]}, set()),
    # client-limit-exceeded
    ("10000 clients", of(count=10_000), set()),
    ("10001 clients", of(count=10_001), {"client-limit-exceeded"}),
    # client-pool-too-small
    ("a pool that holds them", of(count=5, pool="172.16.0.0/29"), set()),
    ("a pool that does not", of(count=7, pool="172.16.0.0/29"), {"client-pool-too-small"}),
    ("a pool smaller than a gateway takes", of(count=1, pool="172.16.0.0/30"), {"client-pool-too-small"}),
    (
        "a pool smaller than two instances take",
        of(count=1, pool="172.16.0.0/29") | {"active_active": True},
        {"client-pool-too-small"},
    ),
    ("a pool for two instances", of(count=1, pool="172.16.0.0/28") | {"active_active": True}, set()),
    # root-certificate-limit-exceeded
    ("20 roots", of(root_certificates=20), set()),
    ("21 roots", of(root_certificates=21), {"root-certificate-limit-exceeded"}),
    (
        "21 roots and certificates",
        of(root_certificates=21, authentication="certificate"),
        {"root-certificate-limit-exceeded"},
    ),
    ("21 roots and radius", of(root_certificates=21, authentication="radius"), set()),
    ("21 roots and entra", of(root_certificates=21, authentication="entra-id"), set()),
    # private-path-not-for-clients
    (
        "a private path and clients",
        {"clients": some_clients(), "sites": [OFFICE], "private_path": True},
        {"private-path-not-for-clients"},
    ),
    # overlapping-prefixes
    ("a pool over the hub", of(pool="10.20.1.0/24"), {"overlapping-prefixes"}),
]

INFOS: list[Info] = [
    ("radius-needs-site-to-site", "radius alone", of(authentication="radius"), True),
    ("radius-needs-site-to-site", "radius beside a tunnel", of(authentication="radius") | {"sites": [OFFICE]}, False),
    (
        "radius-needs-site-to-site",
        "radius beside a circuit",
        of(authentication="radius") | {"sites": [BY_CIRCUIT]},
        True,
    ),
    ("radius-needs-site-to-site", "certificates", of(authentication="certificate"), False),
    ("one-client-connection", "two vnets", of(vnets=2), True),
    ("one-client-connection", "one vnet", of(vnets=1), False),
    ("client-count-unknown", "unknown", of(count=None), True),
    ("client-count-unknown", "known", of(count=1), False),
    ("clients-reach", "clients and a site", of() | {"sites": [OFFICE]}, True),
    ("clients-reach", "clients alone", of(), False),
]


@each_of(CASES)
def test_a_need_finds_exactly_these_problems(changes: dict[str, Any], expected: set[str]) -> None:
    assert problems(advise(**changes)) == expected


@each_info(INFOS)
def test_a_need_is_told_this_or_not(code: str, changes: dict[str, Any], fires: bool) -> None:
    assert (code in infos(advise(**changes))) == fires


@pytest.mark.parametrize("code", ["no-auto-reconnect", "client-pools-must-differ"])
def test_what_2016_told_of_clients_falls_away(code: str) -> None:
    assert code not in infos(advise(**of(vnets=2)))


@pytest.mark.parametrize("system", GONE)
def test_these_systems_connect_no_more(system: str) -> None:
    assert problems(advise(**of(systems=[system]))) == {"client-system-unsupported"}


@pytest.mark.parametrize("system", SUPPORTED)
def test_these_systems_connect(system: str) -> None:
    assert problems(advise(**of(systems=[system]))) == set()


@pytest.mark.parametrize("system", [*WINDOWS, "windows-server-2025"])
def test_sstp_fits_every_windows(system: str) -> None:
    advice = advise(**of(protocol="sstp", systems=[system]), **EXISTING)
    assert problems(advice) == {
        "protocol-retiring",
        *(["client-system-out-of-support"] if system == "windows-10" else []),
    }


@pytest.mark.parametrize("system", ["macos", "linux", "ios", "android"])
def test_sstp_fits_no_other_system(system: str) -> None:
    advice = advise(**of(protocol="sstp", systems=[system]), **EXISTING)
    assert problems(advice) == {"protocol-retiring", "protocol-does-not-fit-system"}


@pytest.mark.parametrize(
    ("system", "fits"),
    [
        *((system, False) for system in ("linux", "ios", "android", *SERVERS)),
        ("windows-11", True),
        ("macos", True),
    ],
)
def test_entra_id_is_for_windows_and_macos(system: str, fits: bool) -> None:
    advice = advise(**of(authentication="entra-id", systems=[system]))
    assert problems(advice) == (set() if fits else {"authentication-does-not-fit-system"})


def test_only_the_systems_that_do_not_fit_are_named() -> None:
    advice = advise(**of(authentication="entra-id", systems=["windows-11", "linux", "macos", "ios"]))
    found = finding(advice, "authentication-does-not-fit-system")
    assert found.subjects == ("clients.systems[1]", "clients.systems[3]")
    assert "Linux or iOS" in text(advice, "authentication-does-not-fit-system")


def test_the_row_of_root_certificates_stands_only_where_they_are_used() -> None:
    asked = {"root_certificates": 3}
    assert "root_certificates" in [row.key for row in advise(**of(**asked)).limits]
    for authentication in ("radius", "entra-id"):
        assert "root_certificates" not in [
            row.key for row in advise(**of(**asked, authentication=authentication)).limits
        ]


def test_clients_reach_the_peered_vnets_too() -> None:
    advice = advise(vnets=[HUB, SPOKE], sites=[OFFICE], clients=some_clients())
    assert "The clients reach VNets hub and spoke only" in text(advice, "clients-reach")
    with_bgp = advise(vnets=[HUB, SPOKE], sites=[OFFICE], clients=some_clients(), bgp=True)
    assert "The clients of VNet hub also reach site Tilburg" in text(with_bgp, "clients-reach")


def test_ikev2_runs_beside_sstp_and_the_text_says_so() -> None:
    assert "IKEv2 alongside SSTP" in text(advise(**of(protocol="sstp"), **EXISTING), "protocol-retiring")


def test_routes_of_all_vnets_and_sites_count() -> None:
    prefixes = [f"172.16.{number}.0/24" for number in range(200)]
    advice = advise(
        vnets=[HUB, vnet("spoke", *[f"10.30.{number}.0/24" for number in range(55)])],
        sites=[site("Tilburg", *prefixes)],
        clients=some_clients(protocol="ikev2"),
    )
    found = finding(advice, "client-route-limit-exceeded")
    assert found.subjects == ("vnets[0].prefixes", "vnets[1].prefixes", "sites[0].prefixes", "clients.count")
    assert "256 prefixes" in text(advice, "client-route-limit-exceeded")
