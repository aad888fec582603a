"""What holds for every need, across the whole core."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from advisor.core.advice import Advice, Finding
from advisor.core.decide import decide
from advisor.core.editions.e2016_12 import BOOK, FINDINGS
from advisor.core.need import Need
from advisor.core.parameters import Names, Parameters, Phrase, Value
from advisor.formats.as_json import to_json
from advisor.wording.sentences import load_texts
from tests.advisor.core.strategies import needs
from tests.builders import EDITION, advise, catalogue, codes, need, site
from tests.every import examples

MODEST = settings(max_examples=examples(80), deadline=None)

OVERLAPS = "overlapping-prefixes"
EXCEEDED_BY = {
    "tunnels": {"tunnel-limit-exceeded", "policy-based-single-tunnel"},
    "clients": {"client-limit-exceeded"},
    "root_certificates": {"root-certificate-limit-exceeded"},
    "throughput_mbps": {"bandwidth-exceeds-gateway"},
    "expressroute_mbps": {"bandwidth-exceeds-expressroute"},
}


@given(raw=needs)
@MODEST
def test_an_advice_agrees_with_itself(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    severities = {found.severity for found in advice.findings}
    assert advice.verdict == (
        "does-not-fit" if "error" in severities else "fits-with-warnings" if "warning" in severities else "fits"
    )
    assert tuple(found.type for found in advice.alternatives) == BOOK.connection_types
    chosen = tuple(found.type for found in advice.alternatives if found.chosen)
    assert chosen == tuple(found.type for found in advice.connections)
    assert all(found.reasons for found in advice.alternatives)
    assert (advice.gateway is None) == (not set(chosen) - {"expressroute"})
    assert (advice.expressroute is None) == ("expressroute" not in chosen)
    assert {"site-to-site", "multi-site"} - set(chosen)
    if advice.gateway:
        assert advice.gateway.tunnels == sum(found.tunnels for found in advice.connections)
        if advice.expressroute:
            assert advice.gateway.subnet == advice.expressroute.subnet
    if advice.gateway and raw["gateway_subnet"]:
        assert str(advice.gateway.subnet) == raw["gateway_subnet"]


@given(raw=needs)
@MODEST
def test_a_limit_is_exceeded_exactly_when_an_error_says_so(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    said = {found.code for found in advice.findings if found.severity == "error"}
    rows = {row.key: row for row in advice.limits}
    assert list(rows) == [key for key in EXCEEDED_BY if key in rows]
    for key, row in rows.items():
        assert (row.status == "exceeded") == (row.requested > row.allowed)
        if row.status == "exceeded":
            assert said & EXCEEDED_BY[key]
    for key in EXCEEDED_BY.keys() - {"tunnels"}:
        if said & EXCEEDED_BY[key]:
            assert rows[key].status == "exceeded"
    if "tunnel-limit-exceeded" in said:
        assert rows["tunnels"].status == "exceeded"


@given(raw=needs)
@MODEST
def test_a_proposal_is_inside_the_hub_and_overlaps_nothing_in_use(raw: dict[str, Any]) -> None:
    advice = advise(**raw | {"gateway_subnet": None})
    hub = need(**raw).hub
    gateway = advice.gateway or advice.expressroute
    assume(gateway is not None)
    assert gateway is not None
    length = 27 if advice.gateway and advice.expressroute else 28
    if gateway.subnet is None:
        assert not hub.prefixes or "gateway-subnet-no-room" in codes(advice)
        return
    assert gateway.subnet.length == length
    assert any(gateway.subnet.within(prefix) for prefix in hub.prefixes)
    assert not any(gateway.subnet.overlaps(block) for block in hub.subnets)
    of_the_hub = {
        found.code
        for found in advice.findings
        if found.code.startswith("gateway-subnet")
        and (found.code != "gateway-subnet-no-room" or "vnets[0].prefixes" in found.subjects)
    }
    assert not of_the_hub


@given(raw=needs, data=st.data())
@MODEST
def test_the_order_of_sites_and_vnets_changes_only_order_and_indices(raw: dict[str, Any], data: st.DataObject) -> None:
    hub, *others = raw["vnets"]
    shuffled = raw | {
        "vnets": [hub, *data.draw(st.permutations(others))],
        "sites": data.draw(st.permutations(raw["sites"])),
    }
    one, other = advise(**raw), advise(**shuffled)
    assert unordered(one, need(**raw)) == unordered(other, need(**shuffled))


def unordered(advice: Advice, asked: Need) -> Any:
    """An advice with names instead of indices, and what has an order sorted."""
    return {
        "whole": (advice.verdict, advice.gateway, advice.expressroute, advice.limits, advice.entries),
        "connections": [
            (found.type, sorted(found.members), found.tunnels, [settled(reason) for reason in found.reasons])
            for found in advice.connections
        ],
        "alternatives": [
            (found.type, found.chosen, [settled(reason) for reason in found.reasons]) for found in advice.alternatives
        ],
        "findings": sorted(
            (
                found.code,
                found.severity,
                found.variant,
                found.entry or "",
                sorted(named(path, asked) for path in found.subjects),
                "" if found.code == "overlapping-prefixes" else settled(found),
            )
            for found in advice.findings
        ),
    }


def settled(found: Any) -> str:
    """The parameters of a reason or finding, with lists sorted."""
    return settled_parameters(found.parameters)


def settled_parameters(parameters: Parameters) -> str:
    """What fills a sentence, with lists and names sorted, also those within phrases."""
    return str([(name, settled_value(value)) for name, value in parameters])


def settled_value(value: Value) -> str:
    if isinstance(value, tuple):
        return str(sorted(settled_value(one) for one in value))
    if isinstance(value, Names):
        return f"{value.kind} {sorted(value.names)}"
    if isinstance(value, Phrase):
        return f"{value.code} {settled_parameters(value.parameters)}"
    return str(value)


def named(path: str, asked: Need) -> str:
    """A path with the name of its site or VNet instead of the index."""
    path = re.sub(r"^sites\[(\d+)\]", lambda found: asked.sites[int(found[1])].name, path)
    return re.sub(r"^vnets\[(\d+)\]", lambda found: asked.vnets[int(found[1])].name, path)


@given(raw=needs, more=st.integers(1, 500))
@MODEST
def test_more_never_removes_an_error_for_too_much(raw: dict[str, Any], more: int) -> None:
    before = codes(advise(**raw))
    clients = raw["clients"]
    crowd = clients | {
        "count": (clients["count"] or 0) + more,
        "root_certificates": (clients["root_certificates"] or 0) + more,
    }
    for_clients = {"client-limit-exceeded", "client-pool-too-small", "root-certificate-limit-exceeded"}
    assert before & for_clients <= codes(advise(**raw | {"clients": crowd}))
    plain = [{"name": f"Extra {number}"} for number in range(1 + more % 40)]
    for_tunnels = {"tunnel-limit-exceeded", "overlapping-prefixes", "more-overlaps", "policy-based-single-tunnel"}
    if raw["sites"]:
        assert before & for_tunnels <= codes(advise(**raw | {"sites": raw["sites"] + plain}))
    assert before & for_tunnels <= codes(advise(**raw | {"vnets": raw["vnets"] + plain}))
    doubled = [site | {"tunnels": site["tunnels"] + more} for site in raw["sites"]]
    for_more = for_tunnels | {"redundant-tunnels-need-bgp"}
    assert before & for_more <= codes(advise(**raw | {"sites": doubled}))


@given(raw=needs, mbps=st.integers(0, 20_000), more=st.integers(1, 20_000))
@MODEST
def test_more_bandwidth_never_fits_where_less_did_not(raw: dict[str, Any], mbps: int, more: int) -> None:
    """Sites that may move to ExpressRoute are told to stay, or are there already."""
    for stay in (True, False):
        sites = [site | {"expressroute": not stay, "bandwidth_mbps": None} for site in raw["sites"]]
        fixed = raw | {
            "sites": sites,
            "private_path": False,
            "expressroute_circuit": not stay,
            "expressroute_backup": False,
        }
        before, after = (codes(advise(**fixed | {"bandwidth_mbps": total})) for total in (mbps, mbps + more))
        assert before & {"bandwidth-exceeds-gateway", "bandwidth-exceeds-expressroute"} <= after


@given(raw=needs)
@MODEST
def test_every_finding_and_reason_has_a_sentence_in_both_languages(raw: dict[str, Any]) -> None:
    advice = advise(**raw)
    dutch, english = (to_json(advice, load_texts(EDITION), language) for language in ("nl", "en"))
    for found in (dutch, english):
        for text in texts(found):
            assert re.fullmatch(r"\S.*[.]", text), text
            assert "{" not in text
    assert without_texts(dutch) == without_texts(english)


def texts(shown: Any) -> list[str]:
    """Every text of a JSON document."""
    if isinstance(shown, list):
        return [text for item in shown for text in texts(item)]
    if isinstance(shown, dict):
        return ([shown["text"]] if "text" in shown else []) + [text for item in shown.values() for text in texts(item)]
    return []


def without_texts(shown: Any) -> Any:
    """A JSON document without its texts."""
    if isinstance(shown, list):
        return [without_texts(item) for item in shown]
    if isinstance(shown, dict):
        return {key: without_texts(value) for key, value in shown.items() if key != "text"}
    return shown


@given(raw=needs)
@MODEST
def test_the_same_need_gives_the_same_bytes(raw: dict[str, Any]) -> None:
    one, other = (json.dumps(to_json(advise(**raw), load_texts(EDITION), "nl"), ensure_ascii=False) for _ in range(2))
    assert one.encode() == other.encode()
    assert json.loads(one) == json.loads(other)


@given(raw=needs)
@MODEST
def test_subjects_are_paths_of_the_need(raw: dict[str, Any]) -> None:
    for found in advise(**raw).findings:
        assert found.code in FINDINGS
        for path in found.subjects:
            assert reached(raw, path), (found.code, path)
        assert_in_path_order(found)


def reached(raw: dict[str, Any], path: str) -> bool:
    """Whether a path leads to a field of a need, given or by default."""
    steps = re.findall(r"\w+", path)
    here: Any = raw
    for step in steps:
        if isinstance(here, list):
            if int(step) >= len(here):
                return False
            here = here[int(step)]
        elif step not in here:
            return False
        else:
            here = here[step]
    return True


def assert_in_path_order(found: Finding) -> None:
    tops = [path.split("[")[0].split(".")[0] for path in found.subjects]
    order = ["vnets", "sites", "clients"]
    ranks = [order.index(top) if top in order else len(order) for top in tops]
    assert ranks == sorted(ranks), found


@given(needs)
def test_a_proposed_client_pool_holds_the_clients_and_overlaps_nothing(raw: dict[str, Any]) -> None:
    asked = need(**raw)
    advice = decide(asked, catalogue())
    pool = advice.client_pool
    overlaps = any("clients.pool" in found.subjects for found in advice.findings if found.code == OVERLAPS)
    more = any(found.code == "more-overlaps" for found in advice.findings)
    if pool is None:
        assert not overlaps
        assert not asked.clients.some or asked.clients.pool is not None
        return
    assert overlaps or more or asked.clients.pool is None
    assert pool.size - 2 >= asked.clients.at_least
    assert pool.length <= 24
    taken = [prefix for vnet in asked.vnets for prefix in vnet.prefixes]
    taken += [prefix for one in asked.sites for prefix in one.prefixes]
    assert not any(pool.overlaps(prefix) for prefix in taken)
    again = need(**raw | {"clients": raw["clients"] | {"pool": str(pool)}})
    found = decide(again, catalogue()).findings
    assert not [one for one in found if one.code == "client-pool-too-small" or "clients.pool" in one.subjects]


@pytest.mark.parametrize(
    ("count", "sites", "pool"),
    [
        (40, [], "172.31.255.0/24"),
        (40, [site("A", "172.16.0.0/12")], "192.168.255.0/24"),
        (254, [], "172.31.255.0/24"),
        (255, [], "172.31.254.0/23"),
        (40, [site("A", "172.16.0.0/12"), site("B", "192.168.0.0/16"), site("C", "10.0.0.0/8")], "None"),
    ],
)
def test_the_highest_free_private_block_is_proposed(count: int, sites: list[Any], pool: str) -> None:
    assert str(advise(clients={"count": count}, sites=sites).client_pool) == pool
