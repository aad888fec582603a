"""What a page shows of an advice, as plain values: made for a page now, or kept under a code to be shown again."""

from __future__ import annotations

from typing import Any

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.formats.as_json import limit_notes, to_json
from advisor.formats.drawing.layout import layouts_of
from advisor.formats.drawing.svg import to_svg
from advisor.formats.drawing.told import tell
from advisor.formats.drawing.topology import topology_of
from advisor.wording.labels import next_steps
from advisor.wording.sentences import load_texts


def shown(need: Need, found: Advice, language: str) -> dict[str, Any]:
    """The advice as JSON, its limits with their notes, its drawing in each layout, with the width from which a page has
    room for that, the words for the drawing, the gateway subnet, and what to do next.

    `language` is the active one.
    """
    texts = load_texts(found.edition)
    advice = to_json(found, texts, language)
    topology = topology_of(need, found, texts, language)
    notes = limit_notes(found, language)
    gateways = [gateway for gateway in (advice["gateway"], advice["expressroute"]) if gateway]
    return {
        "advice": advice,
        "limits": [row | {"note": note} for row, note in zip(advice["limits"], notes, strict=True)],
        "gateway_subnet": gateways[0]["subnet"] if gateways else None,
        "next_steps": next_steps(found.edition, tuple(connection.type for connection in found.connections)),
        "drawings": [{"step": one.step, "svg": to_svg(one, topology.title)} for one in layouts_of(topology)],
        "told": list(tell(topology)),
    }
