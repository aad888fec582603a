"""Needs of edition 2026 and what is advised for them, on a day after the SKUs without zones ended."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import pytest

from advisor.core.advice import Advice, Finding, LimitRow
from advisor.core.decide import decide
from advisor.core.need import Need, parse_need
from advisor.wording.sentences import load_texts
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue
from tests.builders import CONTENT, site, vnet

EDITION = "2026"
TODAY = "2026-11-01"
TYPES = ("site-to-site", "multi-site", "point-to-site", "vnet-to-vnet", "expressroute", "vnet-peering")

HUB = vnet("hub", "10.20.0.0/16")
SPOKE = vnet("spoke", "10.30.0.0/16")
THIRD = vnet("third", "10.40.0.0/16")
OFFICE = site("Tilburg", "192.168.10.0/24")
BY_POLICY = site("Tilburg", "192.168.10.0/24", device_routing="policy-based")
BY_CIRCUIT = site("Breda", "192.168.20.0/24", expressroute=True)
BY_VPN = site("Tilburg", "192.168.10.0/24", expressroute=False)

Case = tuple[str, dict[str, Any], set[str]]
"""A name, a need, and the exact set of codes of its errors and warnings."""
Info = tuple[str, str, dict[str, Any], bool]
"""A code, a name, a need, and whether it finds the code."""


@cache
def catalogue() -> Catalogue:
    """The limits of the edition, as the site has them."""
    raw = tomllib.loads((CONTENT / EDITION / "limits.toml").read_text(encoding="utf-8"))
    return read_catalogue(EDITION, raw, date(2026, 1, 1))


def need(**fields: Any) -> Need:
    """A need with these fields, of a hub with room, as of today."""
    return parse_need({"vnets": [HUB], "as_of": TODAY} | fields, EDITION, {EDITION: catalogue()})


def advise(**fields: Any) -> Advice:
    """The advice for a need with these fields."""
    return decide(need(**fields), catalogue())


def problems(advice: Advice) -> set[str]:
    """The codes of the errors and warnings."""
    return {found.code for found in advice.findings if found.severity != "info"}


def infos(advice: Advice) -> set[str]:
    """The codes of the findings that only inform."""
    return {found.code for found in advice.findings if found.severity == "info"}


def finding(advice: Advice, code: str) -> Finding:
    """The one finding with this code."""
    (found,) = (found for found in advice.findings if found.code == code)
    return found


def text(advice: Advice, code: str, language: str = "en") -> str:
    """What the one finding with this code says."""
    return load_texts(EDITION).finding(finding(advice, code), language)


def row(advice: Advice, key: str) -> LimitRow:
    """The row of a limit."""
    (found,) = (found for found in advice.limits if found.key == key)
    return found


def sku(advice: Advice) -> str:
    """The SKU of the VPN gateway."""
    assert advice.gateway is not None
    return advice.gateway.sku


def circuit_sku(advice: Advice) -> str:
    """The SKU of the ExpressRoute gateway."""
    assert advice.expressroute is not None
    return advice.expressroute.gateway_sku


def types(advice: Advice) -> list[str]:
    """The types of the connections."""
    return [connection.type for connection in advice.connections]


def hosts(count: int, start: str = "10.1") -> list[str]:
    """So many prefixes of one address, which overlap no other of these builders."""
    return [f"{start}.{number >> 8}.{number & 255}/32" for number in range(count)]


def spokes(count: int) -> list[dict[str, Any]]:
    """The hub and so many VNets beside it."""
    return [HUB, *(vnet(f"Spoke {number}") for number in range(1, count + 1))]


def some_clients(**fields: Any) -> dict[str, Any]:
    """Clients that fit."""
    return {"count": 5, **fields}


def each_of(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """Run a test for each case, with its need as `changes` and its codes as `expected`."""
    return pytest.mark.parametrize(
        ("changes", "expected"), [case[1:] for case in cases], ids=[case[0] for case in cases]
    )


def each_info(cases: Sequence[Info]) -> pytest.MarkDecorator:
    """Run a test for each case of a finding, with its code, its need, and whether it is found."""
    return pytest.mark.parametrize(
        ("code", "changes", "fires"),
        [(code, changes, fires) for code, _, changes, fires in cases],
        ids=[f"{code}: {name}" for code, name, _, _ in cases],
    )
