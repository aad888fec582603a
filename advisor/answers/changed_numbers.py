"""A design with other numbers than those that were typed: what if there were more of something?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisor.answers.query_string import Query
from advisor.answers.typed import Row, Typed, whole_parameters
from advisor.core.field_parameters import rows_of

CHANGEABLE = ("clients", "roots", "mbps")
"""The numbers that stand once in a design."""

OF_A_SITE = ("mbps", "tunnels")
"""The columns of a site that hold a number."""

MOST_MORE = 100
"""Sites that can be added at once."""


def with_numbers(said: Typed, given: Query) -> Typed:
    """A design with other numbers: `clients`, `roots` and `mbps`, a `site_mbps` and `site_tunnels` for each site in
    order, and `more` sites that are like the last one but for name and prefixes. What is not given stays, and so does a
    number that is not known where none is given for it.
    """
    sites = list(said.sites)
    for column in OF_A_SITE:
        for number, value in enumerate(given.getlist(f"site_{column}")[: len(sites)]):
            sites[number] = sites[number].having(**{column: value.strip()})
    more = given.get("more", "").strip()
    count = min(int(more), MOST_MORE) if more.isascii() and more.isdecimal() and len(more) < 5 else 0
    whole = {name: given.get(name, said.whole[name]).strip() for name in CHANGEABLE}
    for one in whole_parameters(said.table):
        unknown = one.field.notation.unknown
        if unknown and said.whole[one.name] == unknown and not whole.get(one.name):
            whole[one.name] = unknown
    return replace(said.with_rows(site=(*sites, *_more_sites(said, sites, count))), whole={**said.whole, **whole})


def _more_sites(said: Typed, sites: Sequence[Row], count: int) -> Iterator[Row]:
    """So many sites like the last, with names that none has."""
    names = {row["name"].casefold() for row in sites}
    like = sites[-1].having(prefixes="", ip="") if sites else Row.of(rows_of(said.table)["site"])
    number = len(sites)
    for _site in range(count):
        number += 1
        while f"site {number}" in names:
            number += 1
        yield like.having(name=f"Site {number}")
