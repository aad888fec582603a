"""Good inputs, and what they are made of, for the targets that need no site."""

from __future__ import annotations

import hashlib

from tests.builders import CONTENT

MARKDOWN = (
    '# Titel\n\nInleiding.\n\n## <a name="een"></a>Wat is een tunnel?\n\nEen **buis**, zie [hier](#twee).\n\n'
    '## <a name="twee"></a>En [!INCLUDE [x](y.md)]?\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> [!NOTE]\n> Let op.\n'
)
YAML = (
    "### YamlMime:FAQ\nmetadata:\n  title: T\ntitle: T\nsummary: |\n  Intro.\nsections:\n  - name: Een\n"
    "    questions:\n      - question: Wat?\n        answer: |\n          Ja **zo**.\n"
    "      - question: En?\n        answer: &a Nee.\n"
)
LINK = (
    "edition=2026&site=Tilburg&site=Goes&site_prefixes=192.168.10.0/24&site_mbps=25,5&vnet=hub"
    "&vnet_prefixes=10.20.0.0/16&clients=300&pool=10.9.0.0/24&mbps=1.000&bgp=1&want=zone&gateway_subnet=10.20.255.0/27&as_of=2026-11-01"
)
NEED = (
    b'{"edition":"2026","name":"x","vnets":[{"name":"hub","prefixes":["10.20.0.0/16"],"subnets":["10.20.1.0/24"]}],'
    b'"sites":[{"name":"Tilburg","prefixes":["192.168.10.0/24"],"bandwidth_mbps":25.5,"tunnels":2,"asn":65010}],'
    b'"clients":{"count":4,"pool":"10.9.0.0/24"},"bgp":true,"expressroute_circuit":false,"as_of":"2026-11-01"}'
)
TICKET = (
    "Subject: RE: VPN\n\nHoi Jan,\n\nKan een VNet twee gateways hebben? En:\n- hoeveel sites mogen er\n"
    "- werkt BGP (10.0.0.1)?\n\nMvg,\nPiet\n> On 1 Jan a@b.nl wrote:\n> can I?\n"
)
TABLE = 'Naam;Netwerk;Masker;Mbps\nDelft;192.168.1.0;255.255.255.0;1.000,5\n"Den; Haag";10.0.0.0/8;;25 Mb\n'
SEAL = b'1-abcd\n{"form": 1, "content_version": 3, "documents": 2, "files": {"a": "%s"}}' % (
    hashlib.sha256(b"a").hexdigest().encode()
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h1" style="fill:#fff"/></svg>'

NUMBERS = [b"0", b"-1", b"9" * 28, b"9" * 400, b"1e400", b"NaN", b"1.000,5", b"0x10", "٣".encode(), b"1_000"]
ADDRESSES = [
    *[
        b"010.0.0.1",
        b"0x0a.0.0.1",
        b"10.1",
        b"::ffff:10.0.0.1",
        b"/33",
        b"/-1",
        b"/0",
        b"%eth0",
        "１０.0.0.0/8".encode(),
    ],
    *[b"10.0.0.0/255.0.0.0", b"10.0.0.0 255.0.0.0", b"10.0.0.0 - 10.0.0.255", b"10.0.0.0/8 ", b"256.1.1.1", b"/08"],
]


def encoded(texts: list[str]) -> list[bytes]:
    """Texts as bytes."""
    return [text.encode("utf-8", "replace") for text in texts]


def example(name: str) -> bytes:
    """A shipped content file."""
    return (CONTENT / "2016-12" / name).read_bytes()
