"""`make bench`: how fast pages are beside an empty Django view, what a first visit weighs, and what Lighthouse says."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

from faq.search.judging import judged_editions, judged_files, read_judged
from tests.served import ROOT, served

ENTRY = "/nl/faq/what-is-the-gateway-subnet-and-why-is-it-needed/"
AIMS = {"entry page": 0.6, "304": 0.7, "API entry": 0.35, "API advice": 0.2, "search": 1 / 3}
FIRST_VISIT_AIM = 30_000
UNDISTURBED = {"GATEWIJZER_API_PER_MINUTE": "100000000", "GUNICORN_CMD_ARGS": "--max-requests 0"}
"""No client is asked to wait, and no worker is renewed while it is measured."""

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    """Measure and print, each figure with its aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12, help="rounds, of which the median counts")
    parser.add_argument("--seconds", type=int, default=1, help="seconds for each measurement")
    parser.add_argument("--no-lighthouse", action="store_true")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), "tests.bench.wsgi", before=on_core(0), **UNDISTURBED) as site,
    ):
        weigh(site.origin)
        rates(site.origin, searching(Path(folder)), advising(Path(folder)), chosen.rounds, chosen.seconds)
        if not chosen.no_lighthouse:
            lighthouse(site.origin)


def fetch(address: str, **headers: str) -> tuple[bytes, dict[str, str]]:
    """The bytes of an answer as sent, and its headers."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br, gzip", **headers})  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 -- our own server
        return answer.read(), dict(answer.headers)


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


def searching(folder: Path) -> Path:
    """A script for wrk that asks every judged query in turn, each time at an address of its own (by spaces behind the
    words), so that no answer is one that was kept."""
    files = [path for edition in judged_editions() for path in judged_files(edition)]
    queries = sorted({urllib.parse.quote(judged.query) for path in files for judged in read_judged(path)})
    listed = ", ".join(f'"{query}"' for query in queries)
    script = folder / "search.lua"
    script.write_text(f"""local queries, number = {{{listed}}}, os.time() * 10000
function request()
  number = number + 1
  local spaces = string.rep("+", math.floor(number / #queries) % 300)
  return wrk.format("GET", "/api/v1/search?lang=nl&q=" .. queries[number % #queries + 1] .. spaces)
end
""")
    return script


def advising(folder: Path) -> Path:
    """A script for wrk that posts the need of one office and forty home workers."""
    need = {
        "vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}],
        "sites": [{"name": "Tilburg", "prefixes": ["192.168.10.0/24"], "bandwidth_mbps": 25}],
        "clients": {"count": 40},
    }
    script = folder / "advice.lua"
    script.write_text(f"wrk.method, wrk.body = 'POST', [[{json.dumps(need)}]]")
    return script


def rates(origin: str, search: Path, advice: Path, rounds: int, seconds: int) -> None:
    """Requests per second of an entry page, a 304, a search and so on, in turns with an empty view.

    The server has one core and wrk the other, so that neither takes from the other. What counts is the ratio to the
    empty view of the same round; the median of the rounds stands, with the least and the most.
    """
    if shutil.which("wrk") is None:
        sys.exit("the rates need wrk: apt-get install wrk")
    etag = fetch(origin + ENTRY, **{"Accept-Encoding": "gzip"})[1]["ETag"]
    subjects = {
        "empty view": ["-H", "Accept-Encoding: gzip", f"{origin}/empty"],
        "entry page": ["-H", "Accept-Encoding: gzip", origin + ENTRY],
        "304": ["-H", "Accept-Encoding: gzip", "-H", f"If-None-Match: {etag}", origin + ENTRY],
        "API entry": ["-H", "Accept-Encoding: gzip", f"{origin}/api/v1/entries/what-is-expressroute?lang=nl"],
        "API advice": ["-s", str(advice), f"{origin}/api/v1/advice"],
        "search": ["-s", str(search), origin],
    }
    measured: dict[str, list[float]] = {name: [] for name in subjects}
    for arguments in subjects.values():
        rate(arguments, 1)
    for _ in range(rounds):
        for name, arguments in subjects.items():
            measured[name].append(rate(arguments, seconds))
    for name, values in measured.items():
        ratios = sorted(value / empty for value, empty in zip(values, measured["empty view"], strict=True))
        ratio = statistics.median(ratios)
        aim = f" (aim: {AIMS[name]:.2f}){verdict(ratio >= AIMS[name])}" if name in AIMS else ""
        told = f"{ratio:.2f} of the empty view ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        print(f"{name:11} {statistics.median(values):7,.0f} requests/s   {told}{aim}")


def on_core(number: int) -> list[str]:
    """What binds a command to one core of several, where the system can."""
    return ["taskset", "-c", str(number)] if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else []


def rate(arguments: list[str], seconds: int) -> float:
    """Requests per second that wrk gets answered."""
    command = [*on_core(1), "wrk", "-t1", "-c32", f"-d{seconds}s", *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said and "If-None-Match" not in " ".join(arguments):
        raise RuntimeError(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None:
        raise RuntimeError(said)
    return float(found[1])


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


def verdict(reached: bool) -> str:
    """How a figure stands to its aim."""
    return "" if reached else "  NOT REACHED"


if __name__ == "__main__":
    main()
