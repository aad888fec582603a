"""What a page shows of an advice, as plain values: made for a page now, or kept under a code to be shown again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.formats.drawing.layout import layouts_of
from advisor.formats.drawing.svg import to_svg
from advisor.formats.drawing.topology import topology_of
from advisor.formats.sheet import sheet_of
from advisor.wording.sentences import load_texts


def shown(
    need: Need, found: Advice, language: str, unknown: Sequence[str] = (), *, is_check: bool = False
) -> dict[str, Any]:
    """The sheet of an advice with its drawing in each layout, and the width from which a page has room for that.
    `unknown` names the questions that nobody could answer, `language` is the active one; `is_check` orders it as the
    check of a set-up that stands.
    """
    topology = topology_of(need, found, load_texts(found.edition), language)
    return sheet_of(need, found, topology, language, unknown, is_check=is_check) | {
        "drawings": [{"step": one.step, "svg": to_svg(one, topology.title)} for one in layouts_of(topology)],
    }
