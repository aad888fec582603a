"""`make bench`: how fast pages are beside an empty Django view, what a first visit weighs, and what Lighthouse says."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.bench.rates import ENTRY, fetch, on_core, rates, verdict
from tests.served import ROOT, served

FIRST_VISIT_AIM = 30_000
UNDISTURBED = {"GATEWIJZER_API_PER_MINUTE": "100000000", "GUNICORN_CMD_ARGS": "--max-requests 0"}
"""No client is asked to wait, and no worker is renewed while it is measured."""

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    """Measure and print, each figure with its aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="steady rounds, of which the median counts")
    parser.add_argument("--seconds", type=int, default=1, help="seconds for each measurement")
    parser.add_argument("--no-lighthouse", action="store_true")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), "tests.bench.wsgi", before=on_core(0), settings=UNDISTURBED) as site,
    ):
        weigh(site.origin)
        rates(site.origin, Path(folder), chosen.rounds, chosen.seconds)
        if not chosen.no_lighthouse:
            lighthouse(site.origin)


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


def lighthouse(origin: str) -> None:
    """The four scores of an entry page, by Lighthouse in Chromium."""
    chromium = shutil.which("chromium")
    if shutil.which("npm") is None or chromium is None:
        print("Lighthouse needs npm and chromium: left out")
        return
    tools = ROOT / "var" / "bench"
    tools.mkdir(parents=True, exist_ok=True)
    if not (tools / "node_modules" / "lighthouse").exists():
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "lighthouse@12"], cwd=tools, check=True
        )
    report = tools / "report.json"
    command = [str(tools / "node_modules/.bin/lighthouse"), origin + ENTRY, "--quiet", "--output=json"]
    command += [f"--output-path={report}", "--chrome-flags=--headless --no-sandbox --disable-gpu"]
    subprocess.run(command, check=True, env={"CHROME_PATH": chromium, "PATH": "/usr/bin:/bin", "HOME": str(tools)})
    said = json.loads(report.read_text())
    scores = {name: round(said["categories"][name]["score"] * 100) for name in CATEGORIES}
    largest = said["audits"]["largest-contentful-paint"]["displayValue"]
    shown = ", ".join(f"{name} {score}" for name, score in scores.items())
    print(f"Lighthouse: {shown} (aim: 100 each){verdict(set(scores.values()) == {100})}; largest paint {largest}")
    for name in CATEGORIES:
        for part in said["categories"][name]["auditRefs"]:
            audit = said["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {name}: {audit['title']}")


if __name__ == "__main__":
    main()
