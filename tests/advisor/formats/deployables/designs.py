"""Designs of today with a file for the device of a site."""

from __future__ import annotations

from datetime import date
from typing import Any

from advisor.core.decide import decide
from advisor.core.deployment import Deployment, Options, deployment_of
from advisor.core.need import parse_need
from advisor.formats.deployables.header import Header
from advisor.wording.sentences import load_texts
from tests.builders import catalogue, site, vnet

TODAY = "2026"
LINK = "https://gatewijzer.example.org/en/advice/result/?site=Tilburg"
PUBLIC = "52.166.10.20"


def tilburg(**fields: Any) -> dict[str, Any]:
    """A site with a public address that is known."""
    return site("Tilburg", "192.168.10.0/24", public_ipv4=PUBLIC) | fields


def deployed(
    language: str = "en", *, chosen: str | None = None, gateway_ips: tuple[str, ...] = (), **fields: Any
) -> tuple[Deployment, Header]:
    """The deployment of a design of today with what stands above its files: of one site, where no other is given."""
    limits = catalogue(TODAY)
    given = {"edition": TODAY, "vnets": [vnet("hub", "10.20.0.0/16")], "sites": [tilburg()]} | fields
    need = parse_need(given, TODAY, {TODAY: limits})
    advice, texts = decide(need, limits), load_texts(TODAY)
    found = tuple((one.severity, one.code, texts.finding(one, language)) for one in advice.findings)
    header = Header(
        LINK, found, date(2026, 9, 10), lambda slug: f"https://gatewijzer.example.org/{language}/faq/{slug}"
    )
    return deployment_of(need, advice, limits, Options(site=chosen, gateway_ips=gateway_ips)), header
