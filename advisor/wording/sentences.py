"""The sentences of the advisor, filled in a reader's language. Pure: no Django.

Numbers, bandwidths and lists are shown as readers of the language write them. A placeholder can say how it is filled:

- `{sites}`: a list with *and*, `{sites:or}` with *or*, `{sites:comma}` with neither, for use between brackets;
- `{causes:sentences}`: a list of whole sentences, one after the other;
- `{requested:number}`: a count without its noun, where the next one says it: "31 of 30 tunnels";
- `{sites:has|have}`: nothing of the value itself, but the word that goes with its number, one form for each plural
  category of the language, in the order of Babel: for one and for more.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import localcontext
from functools import cache, partial
from pathlib import Path
from string import Formatter
from typing import Any

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from advisor.core.advice import Finding, Reason, Step
from advisor.core.design import EXACT
from advisor.core.parameters import AnyOf, Code, Count, Day, Exactly, Mbps, Names, Parameters, Phrase, Typed, Value
from advisor.core.refusals import FieldError
from advisor.core.rules.naming import natural_order
from faq.knowledge.units import SYSTEMS, show_mbps, show_number, show_value

MOST_NAMED = 20
"""A longer list names the first so many in the order of the alphabet, and counts the others."""

PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
"""The plural categories of Babel, in order; a language uses some of them."""

_FIRST_SENTENCE = re.compile(r"((?:[^.{]|\{[^}]*\}|\.(?! ))*\.?)(.*)", re.DOTALL)
"""The first sentence of a template, up to a full stop before a space, and what follows it."""

TEXTS_OF: Mapping[str, str] = {
    "2016-12": "2016-12",
    "2026": "2026",
}
"""The file in texts/ of each edition that gives advice, by its code. Two editions may name the same file."""


class Texts:
    """The sentences of an edition. A code or language that it does not have raises KeyError."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._filling = cache(partial(_Filling, raw))

    def finding(self, finding: Finding, language: str) -> str:
        """What a finding says."""
        return self._sentence("findings", finding.code, finding.variant, finding.parameters, language)

    def finding_in_two(self, finding: Finding, language: str) -> tuple[str, str]:
        """The first sentence of a finding, which says what is the matter, and the others, which say what to do."""
        template = self._template("findings", finding.code, finding.variant, language)
        first, rest = _FIRST_SENTENCE.findall(template)[0]
        filling = self._filling(language)
        said = _capital(filling.fill(first, finding.parameters)).strip()
        return said, _capital(filling.fill(rest.strip(), finding.parameters)).strip()

    def step(self, step: Step, language: str) -> str:
        """One thing to do."""
        return self._sentence("steps", step.code, step.variant, step.parameters, language)

    def verdict(self, code: str, language: str, **parameters: Value) -> str:
        """What the verdict on a design comes to."""
        return self._sentence("verdicts", code, "", tuple(parameters.items()), language)

    def reason(self, reason: Reason, language: str) -> str:
        """Why a connection is chosen, or why not."""
        return self._sentence("rules", reason.rule, reason.variant, reason.parameters, language)

    def refusal(self, error: FieldError, language: str) -> str:
        """Why a field is refused."""
        return self._sentence("refusals", error.reason, "", error.parameters, language)

    def drawn(self, code: str, language: str, **parameters: Value) -> str:
        """What stands in a drawing, or tells what it shows."""
        return self._sentence("drawing", code, "", tuple(parameters.items()), language)

    def deployable(self, table: str, code: str, language: str, parameters: Parameters = ()) -> str:
        """What a file to deploy with says in a comment, a description or a message: a sentence of one of the tables
        of `deployable_texts`.
        """
        return self._sentence(table, code, "", parameters, language)

    def line(self, part: str, code: str, subject: str, language: str) -> str:
        """What a line of the report on a setup says about a subject, or about the whole where it has none."""
        variant = "named" if subject else "whole"
        return self._sentence(part, code, variant, (("subject", subject),), language)

    def codes(self, table: str) -> tuple[str, ...]:
        """The codes of the sentences of a table."""
        return tuple(self._raw[table])

    def marks(self, code: str) -> bool:
        """Whether there is a label for what a drawing marks with a code."""
        return f"mark-{code}" in self._raw["drawing"]

    def _template(self, kind: str, code: str, variant: str, language: str) -> str:
        sentences = self._raw[kind][code]
        template: str = (sentences[variant] if variant else sentences)[language]
        return template

    def _sentence(self, kind: str, code: str, variant: str, parameters: Parameters, language: str) -> str:
        filled = self._filling(language).fill(self._template(kind, code, variant, language), parameters)
        return filled if kind == "drawing" else _capital(filled).rstrip()


class _Filling:
    """Fills templates in one language."""

    def __init__(self, raw: Mapping[str, Any], language: str) -> None:
        self._raw = raw
        self._language = language
        self._locale = Locale.parse(language)

    def fill(self, template: str, parameters: Parameters) -> str:
        """A template with its placeholders filled. Raises KeyError for one without a value."""
        values = dict(parameters)
        return "".join(
            before if name is None else before + self._filled(values[name], how or "")
            for before, name, how, _ in _parts(template)
        )

    def _filled(self, value: Value, format_spec: str) -> str:
        """A value as its placeholder says."""
        if "|" in format_spec:
            return format_spec.split("|")[self._plural_place(_number_of(value))]
        if format_spec == "number":
            return self._number(_number_of(value))
        if format_spec == "sentences":
            return " ".join(_capital(self._shown(one)) for one in _several(value))
        if format_spec in {"or", "comma"}:
            return self._list(_several(value), format_spec)
        if format_spec:
            raise ValueError(f"no way to fill: {format_spec!r}")
        return self._shown(value)

    def _plural_place(self, number: int) -> int:
        """Which of the forms that a template gives goes with a number."""
        forms = [form for form in PLURAL_FORMS if form in {*self._locale.plural_form.tags, "other"}]
        return forms.index(self._locale.plural_form(number))

    def _shown(self, value: Value) -> str:
        match value:
            case str():
                return value
            case tuple():
                return self._list(tuple(_within_a_list(one) for one in value) if len(value) > 1 else value)
            case AnyOf():
                return self._list(value.values, "or")
            case Day():
                return show_value(value.day, "date", self._language)
            case Names() | _Bracketed():
                return self._named(value)
            case Phrase():
                return self.fill(self._raw["words"][value.code][self._language], value.parameters)
            case Code():
                return SYSTEMS[value.code] if value.code in SYSTEMS else self._raw["words"][value.code][self._language]
        return self._amount(value)

    def _amount(self, value: int | Count | Mbps | Exactly | Typed) -> str:
        """A number as a reader reads it."""
        with localcontext(prec=EXACT):
            match value:
                case Exactly():
                    return str(value.number)
                case Count():
                    noun = self._raw["nouns"][value.noun][self._language]
                    return f"{self._number(value.number)} {noun[self._locale.plural_form(value.number)]}"
                case Mbps():
                    return show_mbps(value.amount, self._language)
                case Typed():
                    return format_decimal(
                        value.number, locale=self._language, decimal_quantization=False, group_separator=False
                    )
            return self._number(value)

    def _number(self, number: int) -> str:
        return show_number(number, self._language)

    def _named(self, value: Names | _Bracketed) -> str:
        names = value.names
        nouns: Mapping[str, str] = self._raw["names"][value.kind][self._language]
        noun = nouns[self._locale.plural_form(len(names))]
        if len(names) == 1 and names[0].casefold() == noun.casefold():
            return nouns["unnamed"]  # the VNet that nobody named is called "vnet"
        if all(name.casefold().startswith(f"{nouns['one']} ".casefold()) for name in names):
            noun = ""  # "Site 1" says what it is
        if isinstance(value, Names) or len(names) == 1:
            return f"{noun} {self._list(names)}".lstrip()
        return f"{noun} ({self._list(names, 'comma')})".lstrip()

    def _list(self, values: tuple[Value, ...], style: str = "standard") -> str:
        shown = [self._shown(value) for value in values]
        if len(shown) > MOST_NAMED:
            named = sorted(shown, key=lambda name: (natural_order(name.casefold()), name))[:MOST_NAMED]
            more: str = self._raw["words"]["more"][self._language]
            shown = [*named, more.format(count=self._number(len(shown) - MOST_NAMED))]
        if style == "comma":
            return ", ".join(shown)
        return format_list(shown, style="or" if style == "or" else "standard", locale=self._language)


@cache
def _parts(template: str) -> tuple[tuple[str, str | None, str | None, str | None], ...]:
    """The parts of a template, remembered: a page fills some thirty, which are the same for all designs."""
    return tuple(Formatter().parse(template))


@dataclass(frozen=True, slots=True)
class _Bracketed:
    """Names inside a list of other things, where a second *and* would not be understood."""

    kind: str
    names: tuple[str, ...]


def _within_a_list(value: Value) -> Any:
    return _Bracketed(value.kind, value.names) if isinstance(value, Names) else value


def _several(value: Value) -> tuple[Value, ...]:
    """The parts of a value that reads as a list."""
    if isinstance(value, Names):
        return value.names
    return value if isinstance(value, tuple) else (value,)


def _number_of(value: Value) -> int:
    """The number that the words around a value go with."""
    if isinstance(value, Count):
        return value.number
    if isinstance(value, int):
        return value
    if isinstance(value, Names | tuple):
        return len(_several(value))
    raise ValueError(f"no number: {value!r}")


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


@cache
def load_texts(edition: str) -> Texts:
    """The sentences of an edition: its own, and where it has none of its own those of all.

    Raises KeyError for an edition without sentences.
    """
    return Texts(text_table("common", TEXTS_OF[edition]))


@cache
def common_texts() -> Texts:
    """The sentences that hold in every edition: those of refusals, and all that an advice shares with the others."""
    return Texts(_table("common"))


@cache
def form_texts() -> Texts:
    """The same where a person typed into a form, which speaks to people as JSON does not."""
    return Texts(text_table("common", "forms"))


@cache
def deployable_texts() -> Texts:
    """The same with what files to deploy with say."""
    return Texts(merged(_table("common"), _table("deployables")))


def merged(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The sentences of two tables; where both have a code, the own one stands, with its variants and no others."""
    return {kind: {**common.get(kind, {}), **own.get(kind, {})} for kind in {**common, **own}}


def text_table(*names: str) -> dict[str, Any]:
    """The sentences of files in texts/ together: where several have a code, the later file counts."""
    together: dict[str, Any] = {}
    for name in names:
        together = merged(together, _table(name))
    return together


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "texts" / f"{name}.toml").read_text(encoding="utf-8"))
