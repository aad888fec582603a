"""Valid things for tests, each with what a test changes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.need import Need, parse_need
from faq.knowledge.limits import Catalogue
from faq.knowledge.limits_file import read_catalogue

EDITION = "2016-12"
CONTENT = Path(__file__).parents[1] / "faq" / "content"


@cache
def catalogue(edition: str = EDITION) -> Catalogue:
    """The limits of an edition, as the site has them."""
    return read_catalogue(edition, tomllib.loads((CONTENT / edition / "limits.toml").read_text(encoding="utf-8")))


def vnet(name: str = "hub", *prefixes: str, **fields: Any) -> dict[str, Any]:
    """A VNet of a need."""
    return {"name": name, "prefixes": list(prefixes), **fields}


def site(name: str = "Tilburg", *prefixes: str, **fields: Any) -> dict[str, Any]:
    """A site of a need, by default one with a validated, route-based device."""
    return {"name": name, "prefixes": list(prefixes), **fields}


def sites(count: int, **fields: Any) -> list[dict[str, Any]]:
    """So many sites that differ only in their name."""
    return [site(f"Site {number}", **fields) for number in range(1, count + 1)]


def need(**fields: Any) -> Need:
    """A need with these fields and the defaults of the contract."""
    return parse_need(fields, EDITION, {EDITION: catalogue()})


def advise(**fields: Any) -> Advice:
    """The advice for a need with these fields."""
    return decide(need(**fields), catalogue())


def codes(advice: Advice) -> set[str]:
    """The codes of all that an advice finds."""
    return {finding.code for finding in advice.findings}
