"""What holds for every need of edition 2026, and for its rules together."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.core.advice import SEVERITIES, Advice
from advisor.core.decide import decide
from advisor.core.editions.e2026 import BOOK, FINDINGS, RULES
from advisor.core.need import FIELDS, SYSTEM_CODES
from advisor.core.rules.bgp import default_route_not_over_bgp
from advisor.formats.as_json import to_json
from advisor.wording.sentences import load_texts
from faq.knowledge.limits import Catalogue, Limit
from tests.advisor.core.edition_2026 import test_findings_circuit as circuit
from tests.advisor.core.edition_2026 import test_findings_clients as clients
from tests.advisor.core.edition_2026 import test_findings_gateway as gateway
from tests.advisor.core.edition_2026 import test_findings_routing as routing
from tests.advisor.core.edition_2026 import test_findings_sites as sites_tests
from tests.advisor.core.edition_2026 import test_findings_vnets as vnets
from tests.advisor.core.edition_2026.builders import EDITION, TYPES, advise, catalogue, need, problems, sku
from tests.advisor.core.strategies import needs as needs_of_2016
from tests.advisor.core.test_decide_properties import texts, unordered, without_texts
from tests.builders import site, sites
from tests.every import examples

MODEST = settings(max_examples=examples(60), deadline=None)
TABLES = (circuit, clients, gateway, routing, sites_tests, vnets)
CASES = [case[1] for table in TABLES for case in table.CASES] + [case[2] for table in TABLES for case in table.INFOS]
"""The needs of all tables."""
RETIRED = ["Standard", "HighPerformance", "VpnGw1", "VpnGw2", "VpnGw3", "VpnGw4", "VpnGw5"]
LADDER = ["Basic", "VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"]
CIRCUIT_LADDER = ["ErGw1AZ", "ErGw2AZ", "ErGw3AZ", "ErGwScale"]
DAYS = ["2026-01-01", "2026-03-31", "2026-06-30", "2026-09-30", "2026-11-01", "2027-03-31", "2028-04-01"]


@st.composite
def needs(draw: st.DrawFn) -> dict[str, Any]:
    """Needs of every shape, with the fields that this edition adds."""
    raw = draw(needs_of_2016)
    found = raw["sites"]
    if draw(st.booleans()):
        found = [one | {"behind_nat": draw(st.booleans())} for one in found]
    return raw | {
        "as_of": draw(st.sampled_from(DAYS)),
        "sites": found,
        "clients": raw["clients"]
        | {
            "systems": draw(st.lists(st.sampled_from(SYSTEM_CODES), max_size=3)),
            "protocol": draw(st.sampled_from([None, None, "openvpn", "ikev2", "sstp"])),
            "authentication": draw(st.sampled_from([None, None, "certificate", "entra-id", "radius"])),
        },
        "gateway_sku": draw(st.sampled_from([None, None, *LADDER, *RETIRED])),
        "vnet_encryption": draw(st.booleans()),
        "dev_test": draw(st.booleans()),
        "expressroute_encryption": draw(st.booleans()),
        "endpoints": draw(st.sampled_from([None, 0, 200, 201, 5000, 9001, 20_001, 60_000])),
    }


ASKED_FOR = {"coexist.er_transit_needs_route_server"}
"""Of this limit it counts that it stands there."""

EXCEEDED_BY = {
    "tunnels": {"tunnel-limit-exceeded", "policy-based-single-tunnel"},
    "clients": {"client-limit-exceeded", "policy-based-single-tunnel"},
    "root_certificates": {"root-certificate-limit-exceeded"},
    "throughput_mbps": {"bandwidth-exceeds-gateway"},
    "expressroute_mbps": {"bandwidth-exceeds-expressroute"},
    "endpoints": {"endpoint-limit-exceeded"},
}


def place(path: str) -> tuple[int, list[int]]:
    """Where a path stands: by its field in the order of the contract, then by its indices."""
    return FIELDS.index(re.split(r"[.\[]", path)[0]), [int(index) for index in re.findall(r"\[(\d+)\]", path)]


@cache
def advised() -> list[Advice]:
    """What is advised for each need of the tables."""
    return [advise(**changes) for changes in CASES]


def test_every_code_fires_in_one_need_and_is_silent_in_another() -> None:
    """Today a default route is learned over BGP: that it is not waits for limits that say so."""
    found: list[set[str]] = [{one.code for one in advice.findings} for advice in advised()]
    assert set(FINDINGS) - set[str]().union(*found) == {"default-route-not-over-bgp"}
    assert set.intersection(*found) == set()


def test_every_code_has_its_rule_in_the_order_of_the_table() -> None:
    names = [rule.__name__.replace("_", "-").replace("peering-instead-of-vpn", "peering-possible") for rule in RULES]
    assert names == [code for code in FINDINGS if code != "more-overlaps"]
    assert default_route_not_over_bgp in RULES


class Watched(Catalogue):
    """Limits that remember which of them were read."""

    def __init__(self, limits: Catalogue) -> None:
        super().__init__(limits.edition, {limit.key: limit for limit in limits}, start=limits.start)
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Limit:
        self.read.add(key)
        return super().__getitem__(key)


def test_the_book_names_every_limit_that_it_reads_and_no_other() -> None:
    watched = Watched(catalogue())
    for changes in CASES:
        decide(need(**changes), watched)
    for existing in (*LADDER, *RETIRED):
        decide(need(sites=sites(3, bandwidth_mbps=60), gateway_sku=existing, bgp=True), watched)
        decide(need(sites=sites(101), clients={"count": 10_001, "protocol": "sstp"}, gateway_sku=existing), watched)
    for mbps in (900, 1900, 9000, 30_000):
        asked: dict[str, Any] = {"bandwidth_mbps": mbps, "tunnels": 99, "expressroute": True}
        decide(need(sites=[site(**asked)], endpoints=100, expressroute_encryption=True), watched)
    named = set(BOOK.limit_keys(catalogue()))
    assert watched.read - named == set()
    assert named - watched.read == ASKED_FOR


def test_findings_and_subjects_come_in_order_and_once() -> None:
    for changes, advice in zip(CASES, advised(), strict=True):
        findings = advice.findings
        places = [(SEVERITIES.index(found.severity), list(FINDINGS).index(found.code)) for found in findings]
        assert places == sorted(places), changes
        once = [found.code for found in findings if found.code != "overlapping-prefixes"]
        assert len(once) == len(set(once)), changes
        for found in findings:
            paths = [place(path) for path in found.subjects]
            assert paths == sorted(paths), found
            assert len(set(found.subjects)) == len(found.subjects), found


@given(raw=needs())
@MODEST
def test_an_advice_agrees_with_itself(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    severities = {found.severity for found in advice.findings}
    assert advice.verdict == (
        "does-not-fit" if "error" in severities else "fits-with-warnings" if "warning" in severities else "fits"
    )
    assert tuple(found.type for found in advice.alternatives) == TYPES
    chosen = tuple(found.type for found in advice.alternatives if found.chosen)
    assert chosen == tuple(found.type for found in advice.connections)
    assert all(found.reasons for found in advice.alternatives)
    assert (advice.gateway is None) == (not set(chosen) - {"expressroute", "vnet-peering"})
    assert (advice.expressroute is None) == ("expressroute" not in chosen)
    assert {"site-to-site", "multi-site"} - set(chosen)
    assert {"vnet-to-vnet", "vnet-peering"} - set(chosen)
    if advice.gateway:
        assert advice.gateway.tunnels == sum(found.tunnels for found in advice.connections)
        if advice.expressroute:
            assert advice.gateway.subnet == advice.expressroute.subnet


@given(raw=needs())
@MODEST
def test_errors_to_solve_first_are_told_of_only_where_there_are_errors(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    told = {(one.code, one.variant) for one in advice.findings}
    if told & {("existing-gateway", "not-enough"), ("existing-gateway", "beyond")}:
        assert advice.verdict == "does-not-fit"


@given(raw=needs())
@MODEST
def test_a_limit_is_exceeded_exactly_when_an_error_says_so(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    said = {found.code for found in advice.findings if found.severity == "error"}
    rows = {row.key: row for row in advice.limits}
    assert list(rows) == [key for key in EXCEEDED_BY if key in rows]
    for key, row in rows.items():
        assert (row.status == "exceeded") == (row.requested > row.allowed)
        if row.status == "exceeded":
            assert said & EXCEEDED_BY[key], (key, said)
    for key in EXCEEDED_BY.keys() - {"tunnels", "clients"}:
        if said & EXCEEDED_BY[key]:
            assert rows[key].status == "exceeded"


@given(raw=needs(), data=st.data())
@MODEST
def test_the_order_of_sites_and_vnets_changes_only_order_and_indices(raw: dict[str, Any], data: st.DataObject) -> None:
    hub, *others = raw["vnets"]
    shuffled = raw | {
        "vnets": [hub, *data.draw(st.permutations(others))],
        "sites": data.draw(st.permutations(raw["sites"])),
    }
    assert unordered(advise(**raw), need(**raw)) == unordered(advise(**shuffled), need(**shuffled))


@given(raw=needs())
@MODEST
def test_every_finding_and_reason_has_a_sentence_in_both_languages(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    dutch, english = (to_json(advice, load_texts(EDITION), language) for language in ("nl", "en"))
    for found in (dutch, english):
        for said in texts(found):
            assert re.fullmatch(r"\S.*[.]", said), said
            assert "{" not in said
    assert without_texts(dutch) == without_texts(english)


def test_every_need_of_the_tables_is_worded() -> None:
    for changes, advice in zip(CASES, advised(), strict=True):
        for language in ("nl", "en"):
            for said in texts(to_json(advice, load_texts(EDITION), language)):
                assert re.fullmatch(r"\S.*[.]", said), (changes, said)
                assert "  " not in said, (changes, said)


@given(raw=needs())
@MODEST
def test_a_finding_has_a_subject_unless_it_is_of_the_whole(raw: dict[str, Any]) -> None:
    without = {found.code for found in advise(**raw).findings if not found.subjects}
    assert without <= {"nothing-to-connect", "more-overlaps", "public-ip-addresses", "basic-sku-limits"}


@given(raw=needs())
@MODEST
def test_nothing_retired_is_advised_and_everything_retired_is_named(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    if advice.gateway:
        assert advice.gateway.sku in LADDER
        assert ("gateway-sku-retired" in problems(advice)) == (raw["gateway_sku"] in RETIRED)
    if advice.expressroute:
        assert advice.expressroute.gateway_sku in CIRCUIT_LADDER


@given(raw=needs())
@MODEST
def test_proposals_overlap_nothing(raw: dict[str, Any]) -> None:
    asked = need(**raw | {"gateway_subnet": None})
    advice = decide(asked, catalogue())
    gateway = advice.gateway or advice.expressroute
    if gateway is not None and gateway.subnet is not None:
        assert gateway.subnet.length == 27
        assert any(gateway.subnet.within(prefix) for prefix in asked.hub.prefixes)
        assert not any(gateway.subnet.overlaps(block) for block in asked.hub.subnets)
    pool = advice.client_pool
    if pool is not None:
        taken = [prefix for vnet in asked.vnets for prefix in vnet.prefixes]
        taken += [prefix for one in asked.sites for prefix in one.prefixes]
        assert not any(pool.overlaps(prefix) for prefix in taken)
        assert pool.size - 2 >= asked.clients.at_least


def rung(advice: Advice) -> int:
    """How large the VPN gateway is; -1 where there is none."""
    return LADDER.index(advice.gateway.sku) if advice.gateway else -1


def circuit_rung(advice: Advice) -> tuple[int, int]:
    """How large the ExpressRoute gateway is."""
    if advice.expressroute is None:
        return (-1, 0)
    return CIRCUIT_LADDER.index(advice.expressroute.gateway_sku), advice.expressroute.throughput_mbps


@given(raw=needs(), mbps=st.integers(0, 45_000), more=st.integers(1, 20_000), stay=st.booleans())
@MODEST
def test_more_bandwidth_never_gives_a_smaller_gateway(raw: dict[str, Any], mbps: int, more: int, stay: bool) -> None:
    fixed = raw | {
        "sites": [one | {"expressroute": not stay, "bandwidth_mbps": None} for one in raw["sites"]],
        "private_path": False,
        "expressroute_circuit": not stay,
        "expressroute_backup": False,
    }
    before, after = (advise(**fixed | {"bandwidth_mbps": total}) for total in (mbps, mbps + more))
    assert rung(before) <= rung(after)
    assert circuit_rung(before) <= circuit_rung(after)


@given(raw=needs(), more=st.integers(1, 60))
@MODEST
def test_more_tunnels_never_give_a_smaller_gateway(raw: dict[str, Any], more: int) -> None:
    doubled = [one | {"tunnels": one["tunnels"] + more} for one in raw["sites"]]
    assert rung(advise(**raw)) <= rung(advise(**raw | {"sites": doubled}))
    plain = [{"name": f"Extra {number}"} for number in range(more)]
    if raw["vnet_encryption"]:
        assert rung(advise(**raw)) <= rung(advise(**raw | {"vnets": raw["vnets"] + plain}))


@given(raw=needs(), more=st.integers(1, 10_000))
@MODEST
def test_more_clients_never_give_a_smaller_gateway(raw: dict[str, Any], more: int) -> None:
    asked = raw["clients"]
    if asked["count"]:
        crowd = raw | {"clients": asked | {"count": asked["count"] + more}}
        assert rung(advise(**raw)) <= rung(advise(**crowd))


@given(raw=needs(), more=st.integers(1, 30_000))
@MODEST
def test_more_endpoints_never_give_a_smaller_gateway(raw: dict[str, Any], more: int) -> None:
    before, after = advise(**raw), advise(**raw | {"endpoints": (raw["endpoints"] or 0) + more})
    assert rung(before) <= rung(after)
    assert circuit_rung(before) <= circuit_rung(after)


@pytest.mark.parametrize("retired", RETIRED)
def test_every_retired_sku_is_taken_and_named(retired: str) -> None:
    advice = advise(sites=[site()], gateway_sku=retired)
    assert "gateway-sku-retired" in problems(advice)
    assert sku(advice) in LADDER
