"""What a page shows of an advice, as plain values: made for a page now, or kept under a code to be shown again."""

from __future__ import annotations

from typing import Any

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.formats.as_json import limit_notes, to_json
from advisor.formats.drawing import draw, draw_narrow, tell
from advisor.wording.labels import next_steps
from advisor.wording.sentences import load_texts


def shown(need: Need, found: Advice, language: str) -> dict[str, Any]:
    """The advice as JSON, its limits with their notes, its drawing and the words for that, the gateway subnet, and what
    to do next.

    `language` is the active one.
    """
    texts = load_texts(found.edition)
    advice = to_json(found, texts, language)
    notes = limit_notes(found, language)
    gateways = [gateway for gateway in (advice["gateway"], advice["expressroute"]) if gateway]
    return {
        "advice": advice,
        "limits": [row | {"note": note} for row, note in zip(advice["limits"], notes, strict=True)],
        "gateway_subnet": gateways[0]["subnet"] if gateways else None,
        "next_steps": next_steps(found.edition, tuple(connection.type for connection in found.connections)),
        "drawing": draw(need, found, texts, language),
        "narrow_drawing": draw_narrow(need, found, texts, language),
        "told": list(tell(need, found, texts, language)),
    }
