"""The catalogue of limits: what it holds, how it shows a value, and what it refuses."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from faq.knowledge.limits import UnknownLimit
from faq.knowledge.limits_file import LimitError, read_catalogue
from tests.faq.builders import LIMITS

SHIPPED = tomllib.loads((Path(__file__).parents[3] / "faq/content/2016-12/limits.toml").read_text())


def limits(**fields: Any) -> dict[str, Any]:
    """A catalogue of one limit with some fields changed."""
    raw = deepcopy(LIMITS)
    raw["p2s"]["max_clients"] |= fields
    return raw


@pytest.mark.parametrize(
    ("fields", "nl", "en"),
    [
        ({"value": 128}, "128", "128"),
        ({"value": 4000, "unit": "route"}, "4.000", "4,000"),
        ({"value": 100, "unit": "Mbps"}, "100 Mbit/s", "100 Mbps"),
        ({"value": 1000, "unit": "Mbps"}, "1 Gbit/s", "1 Gbps"),
        ({"value": 1250, "unit": "Mbps"}, "1,25 Gbit/s", "1.25 Gbps"),
        ({"value": 28, "unit": "prefix-length"}, "/28", "/28"),
        ({"value": 5, "unit": "minute"}, "5 minuten", "5 minutes"),
        ({"value": 1, "unit": "minute"}, "1 minuut", "1 minute"),
        ({"value": 28800, "unit": "second"}, "28.800 seconden", "28,800 seconds"),
        ({"value": 1350, "unit": "byte"}, "1.350 byte", "1,350 bytes"),
        ({"value": 65515, "unit": "asn"}, "65515", "65515"),
        ({"value": [8075, 8076, 12076], "unit": "asn"}, "8075, 8076 en 12076", "8075, 8076, and 12076"),
        ({"value": True, "unit": "yes-no"}, "ja", "yes"),
        ({"value": "GatewaySubnet", "unit": "name"}, "GatewaySubnet", "GatewaySubnet"),
        (
            {"value": ["windows-7", "windows-10"], "unit": "system"},
            "Windows 7 en Windows 10",
            "Windows 7 and Windows 10",
        ),
        ({"value": {"nl": "geen", "en": "none"}, "unit": "text"}, "geen", "none"),
    ],
)
def test_a_value_is_shown_in_the_readers_notation(fields: dict[str, Any], nl: str, en: str) -> None:
    limit = read_catalogue("x", limits(**fields))["p2s.max_clients"]
    assert (limit.shown("nl"), limit.shown("en")) == (nl, en)


def test_a_range_is_shown_with_one_unit() -> None:
    raw = limits(unit="second")
    del raw["p2s"]["max_clients"]["value"]
    raw["p2s"]["max_clients"]["range"] = [60, 90]
    assert read_catalogue("x", raw)["p2s.max_clients"].shown("nl") == "60–90 seconden"


def test_a_number_that_stands_elsewhere_is_read_from_there() -> None:
    raw = limits()
    raw["sku"] = {"Basic": {"clients": {"same_as": "p2s.max_clients", "source": "DOC", "name": {"nl": "a", "en": "b"}}}}
    assert read_catalogue("x", raw).number("sku.Basic.clients") == 128


def test_an_unknown_key_raises_and_never_answers_with_another_number() -> None:
    with pytest.raises(UnknownLimit, match=r"p2s\.max_client'"):
        read_catalogue("x", limits()).number("p2s.max_client")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"unit": "furlong"}, "unknown unit 'furlong'"),
        ({"value": 10**28}, "a value must be a number from 0 to 1000000000000"),
        ({"value": float("inf")}, "a value must be a number from 0 to 1000000000000"),
        ({"value": float("nan")}, "a value must be a number from 0 to 1000000000000"),
        ({"value": -5}, "a value must be a number from 0 to 1000000000000"),
        ({"checked": "18-10-2016"}, "checked: '18-10-2016' is not a date such as 2016-12-05"),
        ({"source": "NOWHERE"}, "unknown source 'NOWHERE'"),
        ({"name": {"nl": "alleen"}}, "name needs nl and en"),
        ({"colour": "blue"}, "unknown field 'colour'"),
        ({"same_as": "p2s.other"}, "needs exactly one of value, range and same_as"),
        ({"value": "los", "unit": "text"}, "a text needs nl and en"),
    ],
)
def test_a_faulty_limit_is_refused_with_its_key_and_the_reason(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(LimitError) as refused:
        read_catalogue("x", limits(**fields))
    assert ("p2s.max_clients", reason) in refused.value.problems


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("p2s.max_clients", 128),
        ("p2s.max_root_certificates", 20),
        ("sku.Basic.s2s_tunnels", 10),
        ("sku.Standard.s2s_tunnels", 10),
        ("sku.HighPerformance.s2s_tunnels", 30),
        ("sku.Basic.throughput", 100),
        ("sku.Standard.throughput", 100),
        ("sku.HighPerformance.throughput", 200),
        ("sku.Standard.er_gateway_throughput", 1000),
        ("sku.HighPerformance.er_gateway_throughput", 2000),
        ("sku.UltraPerformance.er_gateway_throughput", 10000),
        ("multisite.max_sites_and_vnets.HighPerformance", 30),
        ("bgp.redundant_tunnel_quota.Standard", 10),
        ("bgp.default_asn", 65515),
        ("gateway.subnet_min_prefix", 29),
        ("gateway.subnet_recommended_prefix", 28),
        ("gateway.subnet_prefix_er_coexist", 27),
        ("s2s.idle_timeout_policy_based", 5),
        ("s2s.psk_max_length", 128),
        ("s2s.mss_clamp", 1350),
        ("s2s.ike_phase1_lifetime.policy", 28800),
        ("s2s.ike_phase1_lifetime.route", 10800),
        ("expressroute.circuit_bandwidths", (50, 100, 200, 500, 1000, 2000, 5000, 10000)),
        ("expressroute.vnets_per_circuit", 10),
        ("bgp.reserved_private_asn", (65515, 65517, 65518, 65519, 65520)),
        ("bgp.reserved_public_asn", (8075, 8076, 12076)),
        ("s2s.redundant_tunnels_same_site", False),
    ],
)
def test_the_shipped_catalogue_says_what_the_documents_of_2016_say(key: str, value: Any) -> None:
    assert read_catalogue("2016-12", SHIPPED)[key].value == value


def test_the_shipped_catalogue_shows_where_sources_differ() -> None:
    catalogue = read_catalogue("2016-12", SHIPPED)
    differing = {limit.key for limit in catalogue if limit.conflicts}
    assert {"s2s.redundant_tunnels_same_site", "gateway.subnet_prefix_er_coexist", "sku.Standard.bgp"} <= differing


@pytest.mark.parametrize(
    ("written", "day", "changed_in"),
    [
        ("2016-10", date(2016, 12, 1), None),
        ("2016-12", date(2016, 12, 1), None),
        ("2016", date(2016, 12, 1), None),
        ("2016-12-02", date(2016, 12, 1), "2016"),
        ("2017", date(2016, 12, 1), "2017"),
        ("2017-03-09", date(2016, 12, 1), "2017"),
        ("2017", None, None),
    ],
)
def test_what_a_later_source_says_has_changed_since(written: str, day: date | None, changed_in: str | None) -> None:
    raw = limits(conflicts=[{"source": "LATER", "text": {"nl": "anders", "en": "other"}}])
    raw["sources"] |= {"LATER": {"document": "later.md", "date": written}}
    [conflict] = read_catalogue("x", raw, day)["p2s.max_clients"].conflicts
    assert conflict.changed_in == changed_in


def test_a_value_that_a_bare_word_would_misstate_is_shown_in_words() -> None:
    limit = read_catalogue("x", limits(value=False, unit="yes-no", shown={"nl": "met BGP wel", "en": "yes with BGP"}))[
        "p2s.max_clients"
    ]
    assert (limit.value, limit.shown("nl"), limit.shown("en")) == (False, "met BGP wel", "yes with BGP")


def test_a_document_has_its_title_and_url_where_it_is_listed() -> None:
    catalogue = read_catalogue("2016-12", SHIPPED)
    assert catalogue.document("expressroute-faqs.md", "2016-10-10").name == "ExpressRoute FAQ"
    unlisted = catalogue.document("expressroute-faqs.md", "2017")
    assert (unlisted.name, unlisted.url) == ("expressroute-faqs.md", None)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ({"document": "a.md"}, "a source needs a document and a date"),
        ({"document": "a.md", "date": "2016", "ulr": "https://a.example"}, "unknown field 'ulr'"),
        ({"document": "a.md", "date": "2016", "url": "http://a.example"}, "does not begin with https://"),
    ],
)
def test_a_source_that_does_not_hold_is_refused(source: dict[str, str], reason: str) -> None:
    with pytest.raises(LimitError, match=reason):
        read_catalogue("x", {"sources": {"A": source}})


def test_no_number_of_the_shipped_catalogue_stands_twice_within_a_family() -> None:
    """The same number by SKU or table is written once and referred to with same_as."""
    assert "same_as" in SHIPPED["multisite"]["max_sites_and_vnets"]["Basic"]
    assert "same_as" in SHIPPED["sku"]["Basic"]["p2s_sstp"]
    assert "same_as" in SHIPPED["expressroute"]["gateway"]["ErGw1Az_Standard"]


def test_dates_of_the_file_and_of_its_copies_are_dates() -> None:
    raw = limits() | {"checked": "oktober"}
    raw["sources"] = {"DOC": {"document": "guide.md", "date": "2016-12", "copy_date": "2016-13-45"}}
    with pytest.raises(LimitError) as refused:
        read_catalogue("2020-01", raw)
    assert refused.value.problems == [
        ("sources.DOC", "copy_date: '2016-13-45' is not a date such as 2016-12-05"),
        ("checked", "'oktober' is not a date such as 2016-12-05"),
    ]
