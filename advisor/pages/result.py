"""What a page shows of an advice, as plain values: made for a page now, or kept under a code to be shown again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advisor.core.advice import Advice
from advisor.core.need import Need
from advisor.formats.drawing import draw, draw_narrow
from advisor.formats.sheet import sheet_of
from advisor.wording.sentences import load_texts


def shown(need: Need, found: Advice, language: str, unknown: Sequence[str] = ()) -> dict[str, Any]:
    """The sheet of an advice with its drawing. `unknown` names the questions that nobody could answer, `language` is
    the active one.
    """
    texts = load_texts(found.edition)
    return sheet_of(need, found, language, unknown) | {
        "drawing": draw(need, found, texts, language),
        "narrow_drawing": draw_narrow(need, found, texts, language),
    }
