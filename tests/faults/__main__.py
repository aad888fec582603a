"""`make faults KILLS=100`: kill the site and its commands at random moments, and count what is lost or half done.

The counts of all runs are kept in `var/faults.json`; its table is printed at the end. `--only publish,sync` runs some
kinds, `--seed 7` gives other moments.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.faults.killing import Counted
from tests.faults.running import EVERY_KIND, added, kills_of, table
from tests.served import ROOT, prepared_once

KEPT = ROOT / "var" / "faults.json"


def main() -> None:
    """Run the kinds that were asked for; the status is 1 where something was lost, half done or damaged."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))  # noqa: S311 -- moments, not secrets
    parser.add_argument("--only", default=",".join(EVERY_KIND))
    asked = parser.parse_args()
    told = json.loads(KEPT.read_text()) if KEPT.exists() else []
    counted = [Counted(**one) for one in told]
    is_clean = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared = prepared_once(folder / "prepared")
        for kind in asked.only.split(","):
            found = kills_of(kind, asked.kills, asked.seed, folder / kind, prepared)
            is_clean = is_clean and all(one.is_clean for one in found)
            print(f"seed {asked.seed}: {kind}", *(note for one in found for note in one.notes), sep="\n  ", flush=True)
            counted = added(counted, found)
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text(json.dumps([asdict(one) for one in counted], indent=1))
    print(table(counted))
    sys.exit(0 if is_clean else 1)


if __name__ == "__main__":
    main()
