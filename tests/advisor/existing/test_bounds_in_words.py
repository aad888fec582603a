"""Each bound of the readers is told in what it counts, in both languages."""

from __future__ import annotations

import json

import pytest

from advisor.existing.reading import read_setup
from advisor.existing.report import SetupFile, SetupRefused
from advisor.wording.setups import refused_because

VNETS = "Microsoft.Network/virtualNetworks"


def template(**resource: object) -> bytes:
    """A template with one VNet."""
    return json.dumps({"contentVersion": "1", "resources": [{"type": VNETS, "name": "v", **resource}]}).encode()


@pytest.mark.parametrize(
    ("content", "en", "nl"),
    [
        (b"[" + b"{}," * 50_000 + b"{}]", "50,000 objects", "50.000 objecten"),
        (b"[" + b"[]," * 200_000 + b"[]]", "200,000 lists", "200.000 lijsten"),
        (b"[" + b"/**/" * 50_001 + b"]", "50,000 comments", "50.000 commentaren"),
        (b"Name\n" * 50_001, "50,000 lines", "50.000 regels"),
        (template(copy={"name": "a", "count": 10_001}), "10,000 copies", "10.000 kopieën"),
        (template(properties={"a": list(range(150_000))}), "150,000 values", "150.000 waarden"),
        (template(location=f"[{'a' * 24_576}]"), "24,576 characters", "24.576 tekens"),
        (template(location=f"[{'f(' * 33}]"), "32 levels", "32 niveaus"),
        (b"[" * 65 + b"]" * 65, "64 levels", "64 niveaus"),
        (b"Name;Prefixes\n" + b"A;10.0.0.0/8\n" * 6_000, "12,000 VNets, sites", "12.000 VNets, sites"),
    ],
)
def test_a_bound_is_told_in_what_it_counts(content: bytes, en: str, nl: str) -> None:
    with pytest.raises(SetupRefused) as raised:
        read_setup([SetupFile("a", content)], "2026")
    (error,) = raised.value.errors
    assert en in refused_because(error, "en")
    assert nl in refused_because(error, "nl")
