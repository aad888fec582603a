"""`python -m tests.bench.lighthouse`: the scores of the pages by Lighthouse, in the Chromium of this machine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.rates import ENTRY, verdict
from tests.designs import design_of
from tests.served import ROOT, served

ALL = ("performance", "accessibility", "best-practices", "seo")
NOT_INDEXED = ALL[:-1]
"""Search results and advice ask robots to stay away, which Lighthouse counts as a fault of `seo`."""

PAGES = {
    "/nl/": ALL,
    ENTRY: ALL,
    "/nl/limits/": ALL,
    "/nl/advice/": ALL,
    "/nl/search/?q=tunnels": NOT_INDEXED,
    f"/nl/advice/result/?{design_of(3, vnets=1)}": NOT_INDEXED,
}
"""The pages that are measured, with the categories in which each has to have 100."""

TOOLS = ROOT / "var" / "bench"
PACKAGE = "lighthouse@12"

TRIES = 4

VISITS = 8
"""So many requests come before a page is measured: each worker has kept it by then, as after its first visitor."""


def main() -> int:
    """Print the scores of each page; 1 where one is below 100."""
    chromium = shutil.which("chromium")
    if shutil.which("npm") is None or chromium is None:
        print("Lighthouse needs npm and chromium: left out")
        return 0
    _install()
    reached = True
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
        for path, categories in PAGES.items():
            for _ in range(VISITS):
                urllib.request.urlopen(site.origin + path).close()  # noqa: S310 -- our own server
            report = _report(chromium, site.origin + path)
            scores = {name: round(report["categories"][name]["score"] * 100) for name in categories}
            shown = ", ".join(f"{name} {score}" for name, score in scores.items())
            largest = report["audits"]["largest-contentful-paint"]["displayValue"]
            all_100 = set(scores.values()) == {100}
            print(f"Lighthouse of {path.partition('?')[0]}: {shown}{verdict(all_100)}; largest paint {largest}")
            print("".join(f"  {fault}\n" for fault in _faults(report, categories)), end="", flush=True)
            reached = reached and all_100
    return int(not reached)


def _install() -> None:
    TOOLS.mkdir(parents=True, exist_ok=True)
    if not (TOOLS / "node_modules" / "lighthouse").exists():
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", PACKAGE], cwd=TOOLS, check=True)


def _report(chromium: str, address: str) -> dict[str, Any]:
    report = TOOLS / "report.json"
    command = [str(TOOLS / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json"]
    command += [f"--output-path={report}", "--chrome-flags=--headless --no-sandbox --disable-gpu"]
    environment = {"CHROME_PATH": chromium, "PATH": "/usr/bin:/bin", "HOME": str(TOOLS)}
    for left in reversed(range(TRIES)):  # now and then Chromium tells nothing of a page that it loaded
        if subprocess.run(command, check=not left, env=environment).returncode == 0:
            break
    return dict(json.loads(report.read_text()))


def _faults(report: dict[str, Any], categories: tuple[str, ...]) -> Iterator[str]:
    """What keeps a page from 100."""
    for name in categories:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{name}: {audit['title']}"


if __name__ == "__main__":
    sys.exit(main())
