"""What a rule book is: all that differs between the advice of one edition and that of another, but for words.

A book holds codes, orders, keys of numbers and functions. Sentences, questions and labels are tables in their own
rooms, looked up by the edition's code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from advisor.core.advice import Connection, ExpressRoute, Gateway, LimitRow, Reason
from advisor.core.design import Design
from advisor.core.need import Need
from advisor.core.observations import Observation
from faq.knowledge.limits import Catalogue

Rule = Callable[[Need, Catalogue, Design], Iterator[Observation]]
"""One thing to look at; its docstring is one sentence and the address of its authority."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """How an edition gives advice.

    What it knows: `connection_types` in order; `findings`, the severity of each finding code, in order; `reasons`, the
    codes of why a connection is chosen and why not; `causes`, the codes beside those that have an entry of their own;
    `entries`, the slug of the entry that says each of these codes, None where no entry does. `limit_keys` names every
    key of the catalogue that the book reads; `unused_fields` the paths of the fields of a need that it has no use for.

    What it does: `make_design` makes the design that answers a need. Of that design, `rules` say in reading order what
    they see, `connections` has the chosen ones by type and `why_not` the reasons against the other types,
    `vpn_gateway` and `expressroute_gateway` are the gateways, `limit_rows` sets what is asked beside what is allowed,
    and `steps` say what to do, in the order of the work.
    """

    connection_types: tuple[str, ...]
    findings: Mapping[str, str]
    reasons: tuple[str, ...]
    causes: tuple[str, ...]
    entries: Mapping[str, str | None]
    limit_keys: Callable[[Catalogue], Iterator[str]]
    make_design: Callable[[Need, Catalogue], Design]
    rules: tuple[Rule, ...]
    connections: Callable[[Need, Catalogue, Design], Mapping[str, Connection]]
    why_not: Callable[[Need, Catalogue, Design], Mapping[str, tuple[Reason, ...]]]
    vpn_gateway: Callable[[Need, Catalogue, Design], Gateway | None]
    expressroute_gateway: Callable[[Need, Catalogue, Design], ExpressRoute | None]
    limit_rows: Callable[[Need, Catalogue, Design, ExpressRoute | None], Iterator[LimitRow]]
    steps: tuple[Rule, ...]
    unused_fields: tuple[str, ...] = ()

    def missing_limits(self, catalogue: Catalogue) -> tuple[str, ...]:
        """The keys that the book reads and the catalogue lacks. What hangs on a missing list goes unnamed."""
        return tuple(dict.fromkeys(key for key in self.limit_keys(catalogue) if key not in catalogue))


def keys_of_members(catalogue: Catalogue, list_key: str, *patterns: str) -> Iterator[str]:
    """The key of a list, and for each of its members the keys that have its name in place of `{}`."""
    yield list_key
    if list_key in catalogue:
        for member in catalogue.members(list_key):
            yield from (pattern.format(member) for pattern in patterns)


def entries_of(edition: str) -> dict[str, str | None]:
    """The entry of each code, from the file of an edition beside this module, of which the tables are for readers only.

    Raises ValueError for a code that stands twice, or that has neither a slug nor false.
    """
    raw = tomllib.loads(Path(__file__).with_name(f"{edition}.toml").read_text(encoding="utf-8"))
    entries: dict[str, str | None] = {}
    for table in raw.values():
        for code, slug in table.items():
            if code in entries or not (isinstance(slug, str) or slug is False):
                raise ValueError(f"{edition}.toml: {code}: one slug, or false where no entry says it")
            entries[code] = slug or None
    return entries
