"""What is drawn of an advice, and where that what does not fit is marked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.editions import EDITIONS
from advisor.core.need import Need
from advisor.formats.drawing.boxes import Box
from advisor.formats.drawing.marks import PLACES
from advisor.formats.drawing.names import writable
from advisor.formats.drawing.topology import KINDS, MOST_MARKS, MOST_SITES, MOST_VNETS, topology_of
from advisor.wording.sentences import load_texts
from faq.knowledge.connection_types import CONNECTION_TYPES
from tests import builders as of_2016
from tests.advisor.core.edition_2026 import builders as of_2026
from tests.advisor.core.edition_2026 import test_properties as of_all_2026
from tests.advisor.core.rules.test_rules import CASES
from tests.advisor.core.strategies import needs
from tests.advisor.formats.drawing.designs import LANGUAGES, boxes_of, topology
from tests.builders import advise, need, site, sites, vnet
from tests.every import examples


@cache
def failing() -> list[tuple[Need, Advice]]:
    """What the rules of each edition are tried with, each with its advice."""
    return [
        *((of_2016.need(**case[1]), of_2016.advise(**case[1])) for case in CASES),
        *((of_2026.need(**case), of_2026.advise(**case)) for case in of_all_2026.CASES),
    ]


HUB = vnet("hub", "10.0.0.0/16")
OVERLAPPING: dict[str, Any] = {"vnets": [HUB], "sites": [site("Breda", "10.0.1.0/24")]}


def drawn(**fields: Any) -> Any:
    return topology_of(need(**fields), advise(**fields), load_texts(of_2016.EDITION), "nl")


def is_crossed(box: Box) -> bool:
    return box.crossed or any(link.crossed for link in box.links)


def test_every_type_is_drawn_as_a_kind_of_line() -> None:
    assert set(KINDS) == set(CONNECTION_TYPES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_of_every_edition_is_crossed_and_labeled_where_it_is(language: str) -> None:
    seen = set()
    for asked, advice in failing():
        texts = load_texts(advice.edition)
        for finding in advice.findings:
            if finding.severity != "error":
                continue
            shown = topology_of(asked, replace(advice, findings=(finding,)), texts, language)
            marked = [box for box in boxes_of(shown) if box.marks]
            assert marked, finding.code
            assert all(is_crossed(box) for box in marked), finding.code
            assert texts.drawn("mark-unknown", language) not in {mark for box in marked for mark in box.marks}
            seen.add((advice.edition, finding.code))
    errors = {
        (edition, code) for edition, book in EDITIONS.items() for code, how in book.findings.items() if how == "error"
    }
    assert seen == errors
    assert set(PLACES) <= {code for _, code in errors}


def test_only_errors_are_marked() -> None:
    for asked, advice in failing():
        fitting = replace(advice, findings=tuple(one for one in advice.findings if one.severity != "error"))
        shown = topology_of(asked, fitting, load_texts(advice.edition), "nl")
        assert not any(box.marks or is_crossed(box) for box in boxes_of(shown))


def test_an_error_without_a_label_of_its_own_is_marked_all_the_same() -> None:
    asked, advice = need(sites=sites(1)), advise(sites=[site(public_ipv4=False)])
    unknown = replace(advice, findings=tuple(replace(one, code="new") for one in advice.findings))
    shown = topology_of(asked, unknown, load_texts(of_2016.EDITION), "nl")
    assert "zie hieronder" in shown.sites[0].marks


@pytest.mark.parametrize(
    ("fields", "where", "label", "in_box"),
    [
        ({"sites": [site(public_ipv4=False)]}, "sites", "geen publiek IP-adres", False),
        ({"sites": [site(public_ipv4="10.1.2.3")]}, "sites", "IP-adres niet publiek", False),
        ({"sites": [site(device="none")]}, "sites", "geen VPN-apparaat", True),
        ({"sites": sites(31)}, "vpn", "31 van 30 tunnels", True),
        ({"clients": {"count": 200}}, "clients", "200 van 128 clients", False),
        ({"clients": {"count": 20, "pool": "172.16.0.0/29"}}, "clients", "adrespool te klein", True),
        (OVERLAPPING, "sites", "overlapt met VNet hub", True),
        (OVERLAPPING, "hub", "overlapt met site Breda", True),
        ({"vnets": [HUB], "sites": sites(1), "gateway_subnet": "10.9.0.0/27"}, "subnet", "buiten het VNet", True),
        ({"sites": [site(bandwidth_mbps=300, expressroute=False)]}, "vpn", "300 Mbit/s van 200 Mbit/s", True),
    ],
)
def test_what_does_not_fit_is_marked_at_the_line_or_the_box(
    fields: dict[str, Any], where: str, label: str, in_box: bool
) -> None:
    found = getattr(drawn(**fields), where)
    box = found[0] if not isinstance(found, Box) else found
    assert label in box.marks
    assert box.crossed == in_box
    assert any(link.crossed for link in box.links) != in_box


def test_a_site_on_two_lines_has_the_one_crossed_that_is_at_fault() -> None:
    fields = {"sites": [site(public_ipv4=False, bandwidth_mbps=50)], "private_path": True, "expressroute_backup": True}
    assert {link.kind: link.crossed for link in drawn(**fields).sites[0].links} == {"circuit": False, "tunnel": True}


def test_a_box_says_so_many_marks_and_counts_the_others() -> None:
    prefixes = [f"10.0.{number}.0/24" for number in range(9)]
    fields = {"vnets": [vnet("hub", "10.0.0.0/16")], "sites": [site(f"S{n}", one) for n, one in enumerate(prefixes)]}
    shown = drawn(**fields)
    assert shown.hub.marks == ("overlapt met site S0 en nog 8",)
    assert all(len(box.marks) <= MOST_MARKS for box in boxes_of(topology("everything")))


def test_each_tunnel_says_which_it_is_and_what_it_carries() -> None:
    shown = drawn(sites=[site("A", bandwidth_mbps=25), site("B", tunnels=2, bandwidth_mbps=1.5), site("C")], bgp=True)
    assert [(box.links[0].number, box.links[0].amount) for box in shown.sites] == [
        ("tunnel 1", "25 Mbit/s"),
        ("2 tunnels", "1,5 Mbit/s"),
        ("tunnel 4", ""),
    ]


@given(needs)
@settings(deadline=None, max_examples=examples(60))
def test_the_last_tunnel_has_the_number_of_all(raw: dict[str, Any]) -> None:
    asked = need(**raw)
    advice = decide(asked, of_2016.catalogue())
    shown = topology_of(asked, advice, load_texts(of_2016.EDITION), "en")
    last = 0
    for box in (*shown.sites, *shown.vnets):
        for number in (link.number.split() for link in box.links if link.number):
            last = int(number[1]) if number[0] == "tunnel" else last + int(number[0])
    assert last == (advice.gateway.tunnels if advice.gateway else 0)


@pytest.mark.parametrize(("count", "boxes"), [(1, 1), (MOST_SITES, MOST_SITES), (MOST_SITES + 1, 1)])
def test_so_many_sites_stand_one_by_one(count: int, boxes: int) -> None:
    assert len(drawn(sites=sites(count)).sites) == boxes


def test_sites_that_are_too_many_are_grouped_with_what_they_need_together() -> None:
    many = [site(f"Site {number}", bandwidth_mbps=1) for number in range(1, 41)]
    shown = drawn(sites=[*many, site("Breda", public_ipv4=False, bandwidth_mbps=2), site("Goes", device="none")])
    assert [box.name for box in shown.sites] == ["40 sites", "Breda", "Goes"]
    assert (shown.sites[0].links[0].number, shown.sites[0].links[0].amount) == ("40 tunnels", "40 Mbit/s")
    assert is_crossed(shown.sites[1])


def test_vnets_that_are_too_many_are_grouped() -> None:
    many = [vnet(f"VNet {number}", f"10.{number}.0.0/16") for number in range(MOST_VNETS + 2)]
    assert [box.name for box in drawn(vnets=many).vnets] == [f"{MOST_VNETS + 1} VNets"]


def test_however_different_ten_thousand_sites_are_they_have_few_boxes() -> None:
    many = [
        site(f"S{n}", device=("validated", "none")[n % 2], public_ipv4=n % 3 > 0, tunnels=1 + n % 2, expressroute=None)
        for n in range(9_000)
    ]
    assert len(drawn(sites=many).sites) <= MOST_SITES


def test_what_is_not_joined_says_so() -> None:
    assert "niet aangesloten" in drawn(sites=[site("Kiosk", device="none")]).sites[0].facts


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ({"device": "unlisted"}, "apparaat niet op de lijst"),
        ({"device": "software"}, "RRAS of andere software"),
        ({"device_routing": "policy-based"}, "policy-based"),
    ],
)
def test_a_device_that_is_not_a_plain_one_is_told(fields: dict[str, Any], fact: str) -> None:
    assert drawn(sites=[site()]).sites[0].facts == ()
    assert drawn(sites=[site(**fields)]).sites[0].facts == (fact,)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Breda", "Breda"),
        ("a\u0000b", "a\ufffdb"),
        ("a\tb", "a b"),
        ("\u202eABC\u200f", "ABC"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("a\ufffeb\ud800", "a\ufffdb\ufffd"),
    ],
)
def test_a_name_keeps_no_sign_that_cannot_be_written(said: str, written: str) -> None:
    assert writable(said) == written
