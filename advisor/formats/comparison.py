"""A number of a design changed, and what of the advice changes with it. The words are those of the active language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from advisor.answers.query_string import Row, Typed
from advisor.wording.labels import amount, named_as
from faq.pages.labels import CONNECTION_TYPE_NAMES

CHANGEABLE = ("clients", "roots", "mbps")
"""The numbers that stand once in a design."""

MOST_MORE = 100
"""Sites that can be added at once."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise now: empty `before` is new, empty `after` is gone."""

    what: str
    before: str
    after: str


def with_numbers(said: Typed, given: QueryDict) -> Typed:
    """A design with other numbers: `clients`, `roots` and `mbps`, a `site_mbps` and `site_tunnels` for each site in
    order, and `more` sites that are like the last one but for name and prefixes.
    """
    rows = list(said.sites)
    for column in ("mbps", "tunnels"):
        for number, value in enumerate(given.getlist(f"site_{column}")[: len(rows)]):
            told: dict[str, Any] = {column: value.strip()}
            rows[number] = replace(rows[number], **told)
    more = given.get("more", "").strip()
    count = min(int(more), MOST_MORE) if more.isascii() and more.isdecimal() and len(more) < 5 else 0
    whole = {name: given.get(name, "").strip() for name in CHANGEABLE if name in given}
    return replace(said, sites=(*rows, *_more_sites(rows, count)), whole={**said.whole, **whole})


def _more_sites(rows: list[Row], count: int) -> Iterator[Row]:
    """So many sites like the last, with names that none has."""
    names = {row.name.casefold() for row in rows}
    like = replace(rows[-1], prefixes="", ip="", errors={}) if rows else Row()
    number = len(rows)
    for _site in range(count):
        number += 1
        while f"site {number}" in names:
            number += 1
        yield replace(like, name=f"Site {number}")


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every difference between two advices, as JSON in one language, that an engineer would want to know."""
    return [change for change in _compared(before, after) if change.before != change.after]


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    yield Change(_("Verdict"), named_as(before["verdict"], "verdict"), named_as(after["verdict"], "verdict"))
    yield Change(_("Connections"), _types(before), _types(after))
    yield Change(_("VPN gateway"), _vpn(before), _vpn(after))
    yield Change(_("ExpressRoute gateway"), _expressroute(before), _expressroute(after))
    rows, now = ({row["key"]: row for row in advice["limits"]} for advice in (before, after))
    for key in [*now, *(key for key in rows if key not in now)]:
        yield Change(named_as(key, "limit"), _asked(rows.get(key)), _asked(now.get(key)))
    said, says = ({one["text"] for one in advice["findings"]} for advice in (before, after))
    for one in after["findings"]:
        if one["text"] not in said:
            yield Change(named_as(one["severity"], "severity"), "", one["text"])
    for one in before["findings"]:
        if one["text"] not in says:
            yield Change(named_as(one["severity"], "severity"), one["text"], "")


def _asked(row: Mapping[str, Any] | None) -> str:
    return f"{amount(row['requested'], row['unit'])} / {amount(row['allowed'], row['unit'])}" if row else ""


def _types(advice: Mapping[str, Any]) -> str:
    return ", ".join(str(CONNECTION_TYPE_NAMES[one["type"]]) for one in advice["connections"])


def _vpn(advice: Mapping[str, Any]) -> str:
    gateway = advice["gateway"]
    return f"{gateway['sku']}, {amount(gateway['throughput_mbps'], 'Mbps')}" if gateway else "–"


def _expressroute(advice: Mapping[str, Any]) -> str:
    return str(advice["expressroute"]["gateway_sku"]) if advice["expressroute"] else "–"
