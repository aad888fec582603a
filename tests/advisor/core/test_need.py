"""A need is read whole, or refused whole with every fault at its field."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.core.need import Clients, Need, NeedRefused, VNet, parse_need, read_need
from advisor.core.refusals import FieldError
from tests.builders import EDITION, catalogue, need, site, sites, vnet
from tests.cpu_time import takes_at_most
from tests.every import examples

CATALOGUES = {EDITION: catalogue(), "2017-06": catalogue()}


def refused(raw: object, read: Callable[..., Need] = parse_need) -> tuple[FieldError, ...]:
    with pytest.raises(NeedRefused) as caught:
        read(raw, EDITION, CATALOGUES)
    return caught.value.errors


def faults(raw: object) -> list[tuple[str, str, str | None]]:
    return [(error.path, error.reason, error.suggestion) for error in refused(raw)]


def test_an_empty_need_has_the_defaults() -> None:
    assert need() == Need(EDITION, (VNet("vnet"),), (), Clients())


def test_every_field_is_read() -> None:
    read = parse_need(
        {
            "edition": "2017-06",
            "vnets": [
                {
                    "name": "hub",
                    "prefixes": ["10.0.0.0/16"],
                    "subnets": ["10.0.1.0/24"],
                    "region": "West Europe",
                    "subscription": "abc",
                    "model": "classic",
                }
            ],
            "sites": [
                {
                    "name": "a",
                    "prefixes": ["10.1.0.0/16"],
                    "device": "unlisted",
                    "device_routing": "policy-based",
                    "public_ipv4": "52.166.10.20",
                    "bandwidth_mbps": 12.5,
                    "tunnels": 2,
                    "expressroute": False,
                }
            ],
            "clients": {
                "count": 3,
                "systems": ["windows-10", "other"],
                "pool": "172.16.0.0/24",
                "root_certificates": 0,
                "vnets": 2,
            },
            "bandwidth_mbps": 0,
            "private_path": True,
            "expressroute_circuit": True,
            "expressroute_backup": True,
            "transit": True,
            "bgp": True,
            "forced_tunneling": True,
            "gateway_subnet": "10.0.255.0/27",
            "gateway_routing": "policy-based",
            "gateway_sku": "Standard",
        },
        EDITION,
        CATALOGUES,
    )
    assert read.edition == "2017-06"
    hub, office = read.hub, read.sites[0]
    assert ([*map(str, hub.prefixes)], [*map(str, hub.subnets)]) == (["10.0.0.0/16"], ["10.0.1.0/24"])
    assert (hub.region, hub.subscription, hub.model) == ("West Europe", "abc", "classic")
    assert [*map(str, office.prefixes)] == ["10.1.0.0/16"]
    assert (office.device, office.device_routing, office.public_ipv4) == ("unlisted", "policy-based", "52.166.10.20")
    assert (office.bandwidth_mbps, office.tunnels, office.expressroute) == (Decimal("12.5"), 2, False)
    assert (read.clients.count, read.clients.systems) == (3, ("windows-10", "other"))
    assert (str(read.clients.pool), read.clients.root_certificates, read.clients.vnets) == ("172.16.0.0/24", 0, 2)
    assert read.bandwidth_mbps == 0
    assert all((read.private_path, read.expressroute_circuit, read.expressroute_backup))
    assert all((read.transit, read.bgp, read.forced_tunneling))
    assert (str(read.gateway_subnet), read.gateway_routing, read.gateway_sku) == (
        "10.0.255.0/27",
        "policy-based",
        "Standard",
    )


def test_null_is_absent_where_the_default_is_null() -> None:
    empty = {"bandwidth_mbps": None, "expressroute": None}
    raw = {
        "vnets": [vnet("hub", region=None, subscription=None)],
        "sites": [site("a", **empty)],
        "clients": {"pool": None, "root_certificates": None},
        "bandwidth_mbps": None,
        "gateway_subnet": None,
        "gateway_routing": None,
        "gateway_sku": None,
    }
    assert need(**raw) == need(vnets=[vnet("hub")], sites=[site("a")])


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("edition", "unknown-code"),
        ("vnets", "expected-list"),
        ("sites", "expected-list"),
        ("clients", "expected-object"),
        ("private_path", "expected-yes-no"),
        ("expressroute_circuit", "expected-yes-no"),
        ("expressroute_backup", "expected-yes-no"),
        ("transit", "expected-yes-no"),
        ("bgp", "expected-yes-no"),
        ("forced_tunneling", "expected-yes-no"),
    ],
)
def test_null_is_refused_where_there_is_another_default(field: str, reason: str) -> None:
    assert faults({field: None}) == [(field, reason, None)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ([], [("", "expected-object", None)]),
        ("need", [("", "expected-object", None)]),
        (None, [("", "expected-object", None)]),
        ({"edition": "2016-11"}, [("edition", "unknown-code", "2016-12")]),
        ({"edition": 2016}, [("edition", "unknown-code", None)]),
        ({"edition": []}, [("edition", "unknown-code", None)]),
        ({"vnets": []}, [("vnets", "at-least-one", None)]),
        ({"vnets": {}}, [("vnets", "expected-list", None)]),
        ({"vnets": ["hub"]}, [("vnets[0]", "expected-object", None)]),
        ({"vnets": [{}]}, [("vnets[0].name", "missing-field", None)]),
        ({"sites": [{}]}, [("sites[0].name", "missing-field", None)]),
        ({"sites": [{"name": None}]}, [("sites[0].name", "expected-text", None)]),
        ({"sites": [{"name": ""}]}, [("sites[0].name", "name-empty", None)]),
        ({"sites": [{"name": " "}]}, [("sites[0].name", "name-empty", None)]),
        ({"sites": [{"name": " a"}]}, [("sites[0].name", "name-spaces", None)]),
        ({"sites": [{"name": "a\n"}]}, [("sites[0].name", "name-spaces", None)]),
        ({"sites": [{"name": "a" * 81}]}, [("sites[0].name", "name-too-long", None)]),
        ({"sites": [{"name": "\ud800"}]}, [("sites[0].name", "not-unicode", None)]),
        ({"sites": [site("a"), site("A")]}, [("sites[1].name", "name-taken", None)]),
        ({"vnets": [vnet("a"), vnet("b")], "sites": [site("B")]}, [("sites[0].name", "name-taken", None)]),
        ({"vnets": [vnet("a", "10.0.0.1/8")]}, [("vnets[0].prefixes[0]", "host-bits", "10.0.0.0/8")]),
        ({"vnets": [vnet("a", prefixes="10.0.0.0/8")]}, [("vnets[0].prefixes", "expected-list", None)]),
        ({"vnets": [vnet("a", prefixes=[10])]}, [("vnets[0].prefixes[0]", "expected-text", None)]),
        (
            {"vnets": [vnet("a", "10.0.0.0/24", "10.0.1.0/24", subnets=["10.0.0.0/23"])]},
            [("vnets[0].subnets[0]", "subnet-outside-vnet", None)],
        ),
        (
            {"vnets": [vnet("a", subnets=["10.0.0.0/24"])]},
            [("vnets[0].subnets[0]", "subnet-outside-vnet", None)],
        ),
        (
            {"vnets": [vnet("a", "10.0.0.1/16", subnets=["10.0.0.0/24"])]},
            [("vnets[0].prefixes[0]", "host-bits", "10.0.0.0/16")],
        ),
        ({"vnets": [vnet("a", model="clasic")]}, [("vnets[0].model", "unknown-code", "classic")]),
        ({"vnets": [vnet("a", region=3)]}, [("vnets[0].region", "expected-text", None)]),
        ({"sites": [site(device="Validated")]}, [("sites[0].device", "unknown-code", "validated")]),
        ({"sites": [site(device="firewall")]}, [("sites[0].device", "unknown-code", None)]),
        ({"sites": [site(device=None)]}, [("sites[0].device", "unknown-code", None)]),
        (
            {"sites": [site(device_routing="route based")]},
            [("sites[0].device_routing", "unknown-code", "route-based")],
        ),
        ({"sites": [site(public_ipv4=None)]}, [("sites[0].public_ipv4", "expected-address-or-yes-no", None)]),
        ({"sites": [site(public_ipv4=1)]}, [("sites[0].public_ipv4", "expected-address-or-yes-no", None)]),
        ({"sites": [site(public_ipv4="::1")]}, [("sites[0].public_ipv4", "ipv6", None)]),
        ({"sites": [site(bandwidth_mbps=-1)]}, [("sites[0].bandwidth_mbps", "number-too-small", None)]),
        ({"sites": [site(bandwidth_mbps="20")]}, [("sites[0].bandwidth_mbps", "expected-number", "20")]),
        ({"sites": [site(bandwidth_mbps="2,5 Gbit/s")]}, [("sites[0].bandwidth_mbps", "expected-number", "2500")]),
        ({"sites": [site(bandwidth_mbps="1.000")]}, [("sites[0].bandwidth_mbps", "two-readings-mbps", None)]),
        ({"sites": [site(tunnels="2")]}, [("sites[0].tunnels", "expected-whole-number", "2")]),
        ({"sites": [site(bandwidth_mbps="much")]}, [("sites[0].bandwidth_mbps", "expected-number", None)]),
        ({"sites": [site(bandwidth_mbps=True)]}, [("sites[0].bandwidth_mbps", "expected-number", None)]),
        ({"sites": [site(bandwidth_mbps=float("inf"))]}, [("sites[0].bandwidth_mbps", "not-finite", None)]),
        ({"sites": [site(bandwidth_mbps=float("nan"))]}, [("sites[0].bandwidth_mbps", "not-finite", None)]),
        ({"sites": [site(bandwidth_mbps=10**400)]}, [("sites[0].bandwidth_mbps", "not-finite", None)]),
        ({"sites": [site(tunnels=0)]}, [("sites[0].tunnels", "number-too-small", None)]),
        ({"sites": [site(tunnels=1.0)]}, [("sites[0].tunnels", "expected-whole-number", None)]),
        ({"sites": [site(tunnels=True)]}, [("sites[0].tunnels", "expected-whole-number", None)]),
        ({"sites": [site(tunnels=10**400)]}, [("sites[0].tunnels", "number-too-large", None)]),
        ({"sites": [site(expressroute="yes")]}, [("sites[0].expressroute", "expected-yes-no", None)]),
        ({"clients": {"count": -1}}, [("clients.count", "number-too-small", None)]),
        ({"clients": {"systems": ["Windows 10"]}}, [("clients.systems[0]", "unknown-code", "windows-10")]),
        ({"clients": {"pool": "10.0.0.0"}}, [("clients.pool", "no-length", None)]),
        ({"clients": {"root_certificates": -1}}, [("clients.root_certificates", "number-too-small", None)]),
        ({"clients": {"vnets": 0}}, [("clients.vnets", "number-too-small", None)]),
        ({"private_path": 1}, [("private_path", "expected-yes-no", None)]),
        ({"gateway_sku": "highperformance"}, [("gateway_sku", "unknown-code", "HighPerformance")]),
        ({"gateway_sku": "VpnGw1"}, [("gateway_sku", "unknown-code", None)]),
        ({"bandwith_mbps": 20}, [("bandwith_mbps", "unknown-field", "bandwidth_mbps")]),
        ({"zzz": 20}, [("zzz", "unknown-field", None)]),
        ({"sites": [site(prefix=[])]}, [("sites[0].prefix", "unknown-field", "prefixes")]),
        ({"clients": {"counts": 1}}, [("clients.counts", "unknown-field", "count")]),
    ],
)
def test_a_fault_is_named_at_its_field(raw: object, expected: list[tuple[str, str, str | None]]) -> None:
    assert faults(raw) == expected


def test_every_fault_comes_at_once_and_in_field_order() -> None:
    raw = {
        "colour": "blue",
        "gateway_sku": "Premium",
        "transit": "yes",
        "clients": {"vnets": 0, "count": -1},
        "sites": [site("a"), {"tunnels": 0, "prefixes": ["10.1.2.3/16", "10.2.0.0/16", "x"]}],
        "vnets": [vnet("hub", model="new"), vnet("Hub")],
        "edition": "2026-13",
    }
    assert [error.path for error in refused(raw)] == [
        "edition",
        "vnets[0].model",
        "vnets[1].name",
        "sites[1].name",
        "sites[1].prefixes[0]",
        "sites[1].prefixes[2]",
        "sites[1].tunnels",
        "clients.count",
        "clients.vnets",
        "transit",
        "colour",
    ]


def test_an_error_repeats_the_value() -> None:
    (error,) = refused({"sites": [site("a", "10.1.2.3/16")]})
    assert (error.path, error.value, error.suggestion) == ("sites[0].prefixes[0]", "10.1.2.3/16", "10.1.0.0/16")
    (error,) = refused({"clients": {"pool": "x" * 1000}})
    assert error.value == "x" * 200 + "…"


@pytest.mark.parametrize("name", ["a", "a" * 80, "Den Haag", "s-Gravenhage", "日本", "vnet", "Straße"])
def test_names_of_1_to_80_characters_are_taken(name: str) -> None:
    assert need(sites=[site(name)]).sites[0].name == name


def test_the_default_vnet_takes_no_name_away() -> None:
    assert need(sites=[site("VNET")]).hub.name == "vnet"


def test_ten_thousand_items_are_taken_and_one_more_is_not() -> None:
    prefix = "10.0.0.0/8"
    raw = {"vnets": [vnet("hub", prefix, subnets=[prefix] * 4998)], "sites": [site("a", *[prefix] * 4999)]}
    assert len(need(**raw).sites[0].prefixes) == 4999
    raw["sites"].append(site("b"))
    takes_at_most(0.05, lambda: refused(raw))
    (error,) = refused(raw)
    assert (error.path, error.reason, error.value) == ("", "too-many-items", 10_001)


def test_too_many_items_do_not_hide_the_other_faults() -> None:
    raw = {"sites": sites(10_001), "bgp": 1}
    assert [(error.path, error.reason) for error in refused(raw)] == [
        ("", "too-many-items"),
        ("bgp", "expected-yes-no"),
    ]


def test_more_than_a_mebibyte_is_refused() -> None:
    spaces = " " * ((1 << 20) - 2)
    assert read_need(spaces + "{}", EDITION, CATALOGUES) == need()
    (error,) = refused(spaces + " {}", read_need)
    assert (error.path, error.reason) == ("", "too-long")
    (error,) = refused({"vnets": [vnet("hub", region="é" * (1 << 19))]})
    assert (error.path, error.reason) == ("", "too-long")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, '{"a": 1}}', b"\xff\xfe\xfa", '{"sites": [01]}', "\ud800", "NaN1"],
)
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    (error,) = refused(text, read_need)
    assert error.path == ""
    assert error.reason in {"not-json", "not-json-at"}


def test_where_json_goes_wrong_is_told() -> None:
    (error,) = refused('{"bandwidth_mbps":\n 1,000}', read_need)
    assert (error.reason, error.parameters) == ("not-json-at", (("line", 2), ("column", 4)))


def test_json_numbers_that_no_reader_holds_are_refused() -> None:
    text = (
        f'{{"bandwidth_mbps": 1e999, "clients": {{"count": {"9" * 5000}}}, "sites": [{{"name": "a", "tunnels": NaN}}]}}'
    )
    assert [(error.path, error.reason) for error in refused(text, read_need)] == [
        ("sites[0].tunnels", "expected-whole-number"),
        ("clients.count", "expected-whole-number"),
        ("bandwidth_mbps", "not-finite"),
    ]


def test_hostile_lists_are_refused_in_time() -> None:
    raw = {f"field {number}": 0 for number in range(60_000)}
    takes_at_most(2, lambda: refused(raw))
    errors = refused(raw)
    assert len(errors) == 10_001
    assert (errors[-1].reason, errors[-1].value) == ("more-errors", 50_000)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELD_NAMES = ["edition", "vnets", "sites", "clients", "bandwidth_mbps", "bgp", "gateway_subnet", "gateway_sku"]
INNER_NAMES = ["name", "prefixes", "subnets", "device", "public_ipv4", "tunnels", "count", "systems", "pool"]
inner = st.dictionaries(st.sampled_from(INNER_NAMES), values | st.just(["10.0.0.0/8"]), max_size=5)


@given(
    raw=values | st.dictionaries(st.sampled_from(FIELD_NAMES), values | inner | st.lists(inner, max_size=3), max_size=6)
)
@settings(max_examples=examples(300), deadline=None)
def test_anything_becomes_a_need_or_a_list_of_errors(raw: object) -> None:
    errors: tuple[FieldError, ...] | None = None
    try:
        parse_need(raw, EDITION, CATALOGUES)
    except NeedRefused as caught:
        errors = caught.errors
    assert errors != ()
    paths = [error.path for error in errors or ()]
    assert len(set(paths)) == len(paths)
    json.dumps([error.value for error in errors or ()], allow_nan=False, ensure_ascii=False).encode()
