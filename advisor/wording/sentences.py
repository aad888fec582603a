"""The sentences of the advisor, filled in a reader's language. Pure: no Django.

Numbers, bandwidths and lists are shown as readers of the language write them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import localcontext
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from advisor.core.advice import Finding, Reason
from advisor.core.design import EXACT
from advisor.core.parameters import Code, Count, Mbps, Parameters, Value
from advisor.core.refusals import FieldError
from faq.knowledge.units import SYSTEMS, show_mbps

MOST_NAMED = 20
"""A longer list names the first so many in the order of the alphabet, and counts the others."""

TEXTS_OF: Mapping[str, str] = {
    "2016-12": "2016-12",
}
"""The file in texts/ of each edition that gives advice, by its code. Two editions may name the same file."""


class Texts:
    """The sentences of an edition. A code or language that it does not have raises KeyError."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw

    def finding(self, finding: Finding, language: str) -> str:
        """What a finding says."""
        return self._sentence("findings", finding.code, finding.variant, finding.parameters, language)

    def reason(self, reason: Reason, language: str) -> str:
        """Why a connection is chosen, or why not."""
        return self._sentence("rules", reason.rule, reason.variant, reason.parameters, language)

    def refusal(self, error: FieldError, language: str) -> str:
        """Why a field is refused."""
        return self._sentence("refusals", error.reason, "", error.parameters, language)

    def drawn(self, code: str, language: str, **parameters: Value) -> str:
        """What stands in a drawing, or tells what it shows."""
        return self._sentence("drawing", code, "", tuple(parameters.items()), language)

    def _sentence(self, kind: str, code: str, variant: str, parameters: Parameters, language: str) -> str:
        sentences = self._raw[kind][code]
        template: str = (sentences[variant] if variant else sentences)[language]
        return template.format_map({name: self._shown(value, language) for name, value in parameters})

    def _shown(self, value: Value, language: str) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return self._list(value, language)
        if isinstance(value, Code):
            return SYSTEMS[value.code] if value.code in SYSTEMS else str(self._raw["words"][value.code][language])
        with localcontext(prec=EXACT):
            if isinstance(value, Count):
                noun = self._raw["nouns"][value.noun][language]
                form = Locale.parse(language).plural_form(value.number)
                return f"{format_decimal(value.number, locale=language)} {noun[form]}"
            if isinstance(value, Mbps):
                return show_mbps(value.amount, language)  # type: ignore[arg-type]
            return format_decimal(value, locale=language)

    def _list(self, values: tuple[Value, ...], language: str) -> str:
        shown = [self._shown(value, language) for value in values]
        if len(shown) > MOST_NAMED:
            named = sorted(shown, key=lambda name: (name.casefold(), name))[:MOST_NAMED]
            more: str = self._raw["words"]["more"][language]
            shown = [*named, more.format(count=format_decimal(len(shown) - MOST_NAMED, locale=language))]
        return format_list(shown, locale=language)


@cache
def load_texts(edition: str) -> Texts:
    """The sentences of an edition: its own, and where it has none of its own those of all.

    Raises KeyError for an edition without sentences.
    """
    return Texts(merged(_table("common"), _table(TEXTS_OF[edition])))


@cache
def common_texts() -> Texts:
    """The sentences that hold in every edition: those of refusals, and all that an advice shares with the others."""
    return Texts(_table("common"))


def merged(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The sentences of two tables; where both have a code, the own one stands, with its variants and no others."""
    return {kind: {**common.get(kind, {}), **own.get(kind, {})} for kind in {**common, **own}}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "texts" / f"{name}.toml").read_text(encoding="utf-8"))
