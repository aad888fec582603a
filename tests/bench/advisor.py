"""How fast an advice is made and drawn, for few and many sites, and overlaps beside netaddr over all pairs."""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from netaddr import IPNetwork

from advisor.core.addressing import find_overlaps
from advisor.core.advice import Advice
from advisor.core.decide import decide
from advisor.core.need import Need
from advisor.formats.drawing.layout import layouts_of
from advisor.formats.drawing.svg import to_svg
from advisor.formats.drawing.topology import topology_of
from advisor.wording.sentences import load_texts
from tests.builders import EDITION, catalogue, need, site, vnet

P50_AIM = 1.0
"""Milliseconds of `decide` for ten sites."""
CHECK_AIM = 1.0
"""Seconds to check 10,000 prefixes."""
NAIVE = 1_000
"""Prefixes that all pairs are compared of; ten times as many would take a hundred times as long."""


def main() -> int:
    """Measure, print each figure, and return 1 where an aim was missed."""
    limits = catalogue()
    print("decide: milliseconds")
    figures = {}
    for count in (1, 10, 30, 1_000, 2_000, 4_000):
        asked = network(count, 1)
        figures[count] = timed(lambda asked=asked: decide(asked, limits), 300 if count < 100 else 15)  # type: ignore[misc]
        print(f"  {count:6,} sites          p50 {figures[count][0]:9.3f}  p99 {figures[count][1]:9.3f}")
    wide = network(1_000, 8)
    p50, p99 = timed(lambda: decide(wide, limits), 10)
    print(f"   8,000 prefixes of 1,000 sites: p50 {p50:.1f}, p99 {p99:.1f}")
    print(f"  from 2,000 to 4,000 sites: {figures[4_000][0] / figures[2_000][0]:.1f} times the time")
    members = [site.prefixes for site in network(NAIVE, 1).sites]
    ours, _ = timed(lambda: find_overlaps(members, 100), 20)
    networks = [IPNetwork(str(prefix)) for prefixes in members for prefix in prefixes]
    naive, _ = timed(lambda: [pair for pair in itertools.combinations(networks, 2) if pair[0] in pair[1]], 1)
    print(
        f"overlaps of {NAIVE:,} prefixes: {ours:.2f} ms, {ours / naive:.5f} of netaddr over all pairs ({naive:,.0f} ms)"
    )
    many = [site.prefixes for site in network(1_110, 8).sites]
    check, _ = timed(lambda: find_overlaps(many, 100), 5)
    for count in (3, 30):
        asked = network(count, 1)
        advice = decide(asked, limits)
        drawn, _ = timed(lambda asked=asked, advice=advice: drawings(asked, advice), 100)  # type: ignore[misc]
        print(f"drawing of {count} sites, at every width: {drawn:.2f} ms")
    missed = [
        aim
        for aim, fails in {
            f"decide for 10 sites, p50 at most {P50_AIM} ms": figures[10][0] > P50_AIM,
            f"10,000 prefixes within {CHECK_AIM} s": check > CHECK_AIM * 1000,
        }.items()
        if fails
    ]
    print(f"overlaps of 8,880 prefixes: {check:.1f} ms")
    print("\n".join(f"MISSED: {aim}" for aim in missed) or "every aim measured was met")
    return int(bool(missed))


def network(sites: int, prefixes: int) -> Need:
    """A need with so many sites of so many prefixes each, none of which overlap."""
    blocks = (f"{10 + number // 65_536}.{number // 256 % 256}.{number % 256}.0/24" for number in itertools.count())
    listed: list[dict[str, Any]] = [
        site(f"Site {number}", *itertools.islice(blocks, prefixes)) for number in range(sites)
    ]
    return need(vnets=[vnet("hub", "172.16.0.0/16")], sites=listed)


def drawings(asked: Need, advice: Advice) -> list[str]:
    """The drawing of a design at each width, as a page of advice has it."""
    topology = topology_of(asked, advice, load_texts(EDITION), "nl")
    return [to_svg(layout, "Tekening") for layout in layouts_of(topology)]


def timed(measured: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The p50 and p99 of a call, in milliseconds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter_ns()
        measured()
        times.append((time.perf_counter_ns() - started) / 1e6)
    return statistics.median(times), sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


if __name__ == "__main__":
    sys.exit(main())
