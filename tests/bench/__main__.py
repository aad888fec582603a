"""`make bench`: how fast pages are beside an empty Django view, and what a first visit weighs."""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

from tests.bench.rates import ENTRY, fetch, on_core, rates, verdict
from tests.served import served

FIRST_VISIT_AIM = 30_000
UNDISTURBED = {"GATEWIJZER_API_PER_MINUTE": "100000000"}
"""No client is asked to wait."""


def main() -> None:
    """Measure and print, each figure with its aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="steady rounds, of which the median counts")
    parser.add_argument("--seconds", type=int, default=1, help="seconds for each measurement")
    parser.add_argument("--only", action="append", help="a kind of page to measure; may be given more than once")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), "tests.bench.asgi:application", before=on_core(0), settings=UNDISTURBED) as site,
    ):
        weigh(site.origin)
        rates(site.origin, Path(folder), chosen.rounds, chosen.seconds, chosen.only)


def weigh(origin: str) -> None:
    """The bytes of a first visit to an entry: the page and all that it loads, compressed, with headers left out."""
    page, _ = fetch(origin + ENTRY)
    plain, _ = fetch(origin + ENTRY, **{"Accept-Encoding": "identity"})
    loaded = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', plain.decode())))
    sizes = {ENTRY: len(page)} | {path: len(fetch(origin + path)[0]) for path in loaded}
    for path, size in sizes.items():
        print(f"  {size:7,} bytes  {path}")
    total = sum(sizes.values())
    told = verdict(total <= FIRST_VISIT_AIM)
    print(f"first visit to an entry: {total:,} bytes (aim: at most {FIRST_VISIT_AIM:,}){told}")


if __name__ == "__main__":
    main()
