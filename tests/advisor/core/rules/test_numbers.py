"""The numbers at which rules begin to speak, typed from the sources."""

from __future__ import annotations

import pytest

from tests.builders import advise, codes, site, vnet

ON_BOTH = [site("a", expressroute=False), site("b", expressroute=True)]


@pytest.mark.parametrize(
    ("length", "code"),
    [(27, None), (28, None), (29, "gateway-subnet-below-recommended"), (30, "gateway-subnet-too-small")],
)
def test_a_gateway_subnet_is_a_29_or_better_a_28(length: int, code: str | None) -> None:
    found = codes(advise(sites=[site()], gateway_subnet=f"10.0.0.0/{length}"))
    assert {code for code in found if code.startswith("gateway-subnet")} == ({code} if code else set())


@pytest.mark.parametrize(("length", "code"), [(26, None), (27, None), (28, "gateway-subnet-too-small")])
def test_beside_expressroute_a_gateway_subnet_is_a_27(length: int, code: str | None) -> None:
    found = codes(advise(sites=ON_BOTH, gateway_subnet=f"10.0.0.0/{length}"))
    assert {code for code in found if code.startswith("gateway-subnet")} == ({code} if code else set())


@pytest.mark.parametrize(("count", "variant"), [(9, ""), (10, ""), (11, "more")])
def test_a_circuit_serves_ten_vnets(count: int, variant: str) -> None:
    vnets = [vnet(f"VNet {number}") for number in range(count)]
    findings = advise(sites=[site(expressroute=True)], vnets=vnets).findings
    assert [found.variant for found in findings if found.code == "vnets-can-share-circuit"] == [variant]


@pytest.mark.parametrize(
    ("system", "supported"),
    [
        ("windows-7", True),
        ("windows-8", True),
        ("windows-8.1", True),
        ("windows-10", True),
        ("windows-11", False),
        ("windows-server-2008-r2", True),
        ("windows-server-2012", True),
        ("windows-server-2012-r2", True),
        ("windows-server-2016", False),
        ("windows-server-2019", False),
        ("windows-server-2022", False),
        ("windows-server-2025", False),
        ("macos", False),
        ("linux", False),
        ("ios", False),
        ("android", False),
        ("other", False),
    ],
)
def test_point_to_site_runs_on_seven_versions_of_windows(system: str, supported: bool) -> None:
    found = codes(advise(clients={"count": 1, "systems": [system]}))
    assert ("client-system-unsupported" not in found) == supported


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("9.255.255.255", True),
        ("10.0.0.0", False),
        ("10.255.255.255", False),
        ("11.0.0.0", True),
        ("100.63.255.255", True),
        ("100.64.0.0", False),
        ("100.127.255.255", False),
        ("100.128.0.0", True),
        ("126.255.255.255", True),
        ("127.0.0.1", False),
        ("169.254.1.1", False),
        ("172.15.255.255", True),
        ("172.16.0.0", False),
        ("172.31.255.255", False),
        ("172.32.0.0", True),
        ("192.0.2.1", False),
        ("192.167.255.255", True),
        ("192.168.0.0", False),
        ("192.169.0.0", True),
        ("198.17.255.255", True),
        ("198.18.0.1", False),
        ("198.51.100.7", False),
        ("203.0.113.7", False),
        ("223.255.255.255", True),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
    ],
)
def test_an_address_of_a_reserved_block_is_not_public(address: str, public: bool) -> None:
    assert ("public-ipv4-not-public" not in codes(advise(sites=[site(public_ipv4=address)]))) == public


@pytest.mark.parametrize(
    ("count", "length"), [(1, 30), (2, 30), (3, 29), (6, 29), (7, 28), (126, 25), (127, 24), (128, 24), (1000, 24)]
)
def test_the_pool_to_take_holds_every_client(count: int, length: int) -> None:
    findings = advise(clients={"count": count, "pool": "172.16.0.1/32"}).findings
    (found,) = (found for found in findings if found.code == "client-pool-too-small")
    assert dict(found.parameters)["length"] == length
