"""Small documents for tests of search; each test changes one thing."""

from __future__ import annotations

from typing import Any

from faq.search.engine import SearchDocument
from faq.search.terms import Term

TERMS = [
    Term("throughput", {"nl": ("doorvoer", "bandbreedte"), "en": ("throughput", "bandwidth")}),
    Term("preshared-key", {"nl": ("psk", "vooraf gedeelde sleutel"), "en": ("psk", "preshared key")}),
]


def document(slug: str, question: str, **changed: Any) -> SearchDocument:
    """A Dutch document of edition `e`."""
    given = {
        "edition": "e",
        "language": "nl",
        "section": "s",
        "section_title": "Sectie",
        "asked_as": (),
        "answer": "",
        "summary": "",
    }
    return SearchDocument(slug=slug, question=question, **given | changed)


DOCUMENTS = [
    document("tunnel", "Wat is een tunnel?", asked_as=("buis",), answer="Een versleutelde verbinding."),
    document("tunnel", "What is a tunnel?", language="en", asked_as=("pipe",), answer="An encrypted connection."),
    document(
        "gateway",
        "Wat is een gateway?",
        answer="Daar eindigt een tunnel; VpnGw2AZ, /27, 10.0.0.0/16.",
        connection_types=("site-to-site",),
    ),
    document("space", "Welke adresruimte krijgt het VNet?", answer="Een adresruimte is een reeks IP-adressen."),
    document("speed", "Hoeveel doorvoer haalt een verbinding?", answer="Dat hangt af van de lijn.", section="t"),
    document("key", "Waar staat de vooraf gedeelde sleutel?", answer="In de portal."),
    document("only-english", "Is there a handshake?", language="en", answer="Yes, a handshake of throughput."),
    document("other", "Tunnel in een andere editie", edition="f", answer="Ja."),
]
