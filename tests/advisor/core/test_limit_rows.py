"""One below each limit, at it and one beyond. The numbers are those of the documents of 2016."""

from __future__ import annotations

import pytest

from advisor.core.advice import Advice, LimitRow
from tests.builders import advise, codes, site, sites


def row(advice: Advice, key: str) -> LimitRow:
    (found,) = (row for row in advice.limits if row.key == key)
    return found


@pytest.mark.parametrize(
    ("count", "status"), [(102, "ok"), (103, "near"), (127, "near"), (128, "near"), (129, "exceeded")]
)
def test_a_vnet_takes_128_clients(count: int, status: str) -> None:
    advice = advise(clients={"count": count})
    found = row(advice, "clients")
    assert (found.requested, found.allowed, found.unit, found.status) == (count, 128, "client", status)
    assert ("client-limit-exceeded" in codes(advice)) == (count > 128)


@pytest.mark.parametrize(("count", "status"), [(15, "ok"), (16, "near"), (19, "near"), (20, "near"), (21, "exceeded")])
def test_a_gateway_trusts_20_roots(count: int, status: str) -> None:
    advice = advise(clients={"count": 1, "root_certificates": count})
    found = row(advice, "root_certificates")
    assert (found.requested, found.allowed, found.unit, found.status) == (count, 20, "certificate", status)
    assert ("root-certificate-limit-exceeded" in codes(advice)) == (count > 20)


@pytest.mark.parametrize(("tunnels", "status"), [(1, "ok"), (2, "exceeded")])
def test_a_policy_based_gateway_takes_one_tunnel(tunnels: int, status: str) -> None:
    advice = advise(sites=[site(device_routing="policy-based", tunnels=tunnels)])
    found = row(advice, "tunnels")
    assert (found.requested, found.allowed, found.status) == (tunnels, 1, status)
    assert ("policy-based-single-tunnel" in codes(advice)) == (tunnels > 1)


def test_a_row_stands_only_where_something_is_asked() -> None:
    assert advise().limits == ()
    assert advise(sites=[site(bandwidth_mbps=0)], private_path=True).limits == ()
    rows = advise(
        sites=[site("a", bandwidth_mbps=10, expressroute=False), site("b", bandwidth_mbps=20, expressroute=True)],
        clients={"count": 3, "root_certificates": 1},
    ).limits
    assert [(row.key, row.requested) for row in rows] == [
        ("tunnels", 1),
        ("clients", 3),
        ("root_certificates", 1),
        ("throughput_mbps", 10),
        ("expressroute_mbps", 30),
    ]


def test_a_row_names_the_document_that_it_comes_from() -> None:
    found = row(advise(sites=sites(2)), "tunnels")
    assert found.source is not None
    assert (found.source.document, found.source.date) == ("vpn-gateway-vpn-faq.md", "2016-12")
    assert found.entry == "how-many-on-premises-sites-and-virtual-networks-can-one-virtual-network-connect-to"
