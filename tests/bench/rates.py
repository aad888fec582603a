"""How many requests a second each kind of page is answered for, beside an empty Django view."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from faq.search.judging import judged_editions, judged_queries
from tests.designs import design_of

ENTRY = "/nl/faq/what-is-the-gateway-subnet-and-why-is-it-needed/"
GZIP = ("-H", "Accept-Encoding: gzip")

COSTS = {
    "entry page": 1 / 0.6,
    "304": 1 / 0.7,
    "API entry": 1 / 0.35,
    "API advice": 1 / 0.2,
    "API search": 5.0,
    "search page": 8.0,
    "advice page": 8.0,
    "search fragment": 6.0,
    "suggestions": 4.0,
    "404": 3.0,
}
"""What a request may cost at most, in requests for the empty view."""

MOST_APART = 0.1
"""The part by which the figures of the empty view before and after may differ; with more the round is repeated."""

SETTLING = 1.0
"""Seconds between two measurements: requests that were under way when the generator stopped are worked off."""

CONNECTIONS = 6
"""At the same time: enough to keep the core of the server at work, and so few that no worker turns one away."""

TRIES = 4
"""Rounds at most for each that counts."""

WARM_UP = {"API search": 30}
"""Seconds in which a kind of page is asked for beforehand, where that is more than one: till every query was asked."""

TYPED = (3, 8, 15)
"""Characters of a question that were typed when suggestions are asked for."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests per second of a kind of page, and of the empty view just before and just after."""

    before: float
    rate: float
    after: float

    @property
    def is_steady(self) -> bool:
        """Whether the machine was as fast after as before."""
        return abs(self.before - self.after) <= MOST_APART * max(self.before, self.after)

    @property
    def cost(self) -> float:
        """What a request costs, in requests for the empty view."""
        return (self.before + self.after) / 2 / self.rate


def rates(origin: str, folder: Path, rounds: int, seconds: int, only: Collection[str] | None = None) -> None:
    """Print what each kind of page costs, or only these: the median of its steady rounds, the least and the most, and
    the aim.

    The server has one core and the generator another, so that neither takes from the other.
    """
    if shutil.which("wrk") is None:
        sys.exit("the rates need wrk: apt-get install wrk")
    subjects = {name: asked for name, asked in _subjects(origin, folder).items() if not only or name in only}
    empty = [*GZIP, f"{origin}/empty"]
    for name, arguments in (("", empty), *subjects.items()):
        _rate(arguments, WARM_UP.get(name, 1))
    steady: dict[str, list[Measured]] = {name: [] for name in subjects}
    for _ in range(rounds * TRIES):
        wanted = [name for name, measured in steady.items() if len(measured) < rounds]
        for name, one in _round(empty, {name: subjects[name] for name in wanted}, seconds):
            steady[name] += [one] if one.is_steady else []
    for name, measured in steady.items():
        if len(measured) < rounds:
            print(f"{name:16} {len(measured)} steady rounds of {rounds}: the machine does other work")
            continue
        costs = sorted(one.cost for one in measured)
        cost = statistics.median(costs)
        told = f"a cost of {cost:.2f} ({costs[0]:.2f} to {costs[-1]:.2f})"
        if name in COSTS:
            told += f", aim: at most {COSTS[name]:.2f}{verdict(cost <= COSTS[name])}"
        print(f"{name:16} {statistics.median(one.rate for one in measured):7,.0f} requests/s   {told}")


def _round(empty: Sequence[str], subjects: Mapping[str, Sequence[str]], seconds: int) -> Iterator[tuple[str, Measured]]:
    """Each kind of page in turn, with the empty view between them."""
    before = _rate(empty, seconds) if subjects else 0.0
    for name, arguments in subjects.items():
        rate = _rate(arguments, seconds)
        time.sleep(SETTLING)
        after = _rate(empty, seconds)
        yield name, Measured(before, rate, after)
        before = after


def _subjects(origin: str, folder: Path) -> dict[str, list[str]]:
    """What the generator is told to ask for, for each kind of page."""
    etag = fetch(origin + ENTRY, **{"Accept-Encoding": "gzip"})[1]["ETag"]
    queries = sorted({judged.query for edition in judged_editions() for judged in judged_queries(edition)})
    typed = sorted({query[:length] for query in queries for length in TYPED})

    def asking(name: str, path: str, listed: Sequence[str], headers: str = "") -> list[str]:
        script = folder / f"{name}.lua"
        script.write_text(_script(path, listed, headers))
        return ["-s", str(script), origin]

    return {
        "entry page": [*GZIP, origin + ENTRY],
        "304": [*GZIP, "-H", f"If-None-Match: {etag}", origin + ENTRY],
        "API entry": [*GZIP, f"{origin}/api/v1/entries/what-is-expressroute?lang=nl"],
        "API advice": ["-s", str(_advising(folder)), f"{origin}/api/v1/advice"],
        "advice page": ["-s", str(_asking_for_advice(folder)), origin],
        "API search": asking("search", "/api/v1/search?lang=nl&q=", queries),
        "search page": asking("page", "/nl/search/?q=", queries),
        "search fragment": asking("fragment", "/nl/search/?q=", queries, 'wrk.headers["HX-Request"] = "true"'),
        "suggestions": asking("suggest", "/api/v1/suggest?lang=nl&q=", typed),
        "404": [f"{origin}/nl/faq/nothing/"],
        "404, first time": asking("nothing", "/nl/faq/nothing/?q=", queries),
    }


def _script(path: str, listed: Sequence[str], headers: str) -> str:
    """A script that asks every query in turn, each time at an address of its own (by spaces behind the words), so that
    no answer is one that was kept."""
    quoted = ", ".join(f'"{urllib.parse.quote(query)}"' for query in listed)
    return f"""local queries, number = {{{quoted}}}, os.time() * 10000
{headers}
function request()
  number = number + 1
  local spaces = string.rep("+", math.floor(number / #queries) % 300)
  return wrk.format("GET", "{path}" .. queries[number % #queries + 1] .. spaces)
end
"""


def _advising(folder: Path) -> Path:
    """A script that posts the need of one office and forty home workers."""
    need = {
        "vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}],
        "sites": [{"name": "Tilburg", "prefixes": ["192.168.10.0/24"], "bandwidth_mbps": 25}],
        "clients": {"count": 40},
    }
    script = folder / "advice.lua"
    script.write_text(f"wrk.method, wrk.body = 'POST', [[{json.dumps(need)}]]")
    return script


def _asking_for_advice(folder: Path) -> Path:
    """A script that asks for the result page of one VNet and three sites, of another name each time, so that
    no page is one that was kept."""
    script = folder / "result.lua"
    script.write_text(f"""local number = os.time() % 100000 * 1000
wrk.headers["Accept-Encoding"] = "gzip"
function request()
  number = number + 1
  return wrk.format("GET", "/nl/advice/result/?{design_of(3, vnets=1)}&name=" .. number)
end
""")
    return script


def fetch(address: str, **headers: str) -> tuple[bytes, Message]:
    """The bytes of an answer as sent, and its headers."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br, gzip", **headers})  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 -- our own server
        return answer.read(), answer.headers


def on_core(number: int) -> list[str]:
    """What binds a command to one core of several, where the system can."""
    return ["taskset", "-c", str(number)] if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else []


def _rate(arguments: Sequence[str], seconds: int) -> float:
    """Requests per second that wrk gets answered. Raises RuntimeError where they are answered otherwise than meant."""
    command = [*on_core(1), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    refused = "Non-2xx" in said and not any(word in " ".join(arguments) for word in ("If-None-Match", "nothing"))
    if refused or found is None:
        raise RuntimeError(said)
    return float(found[1])


def verdict(reached: bool) -> str:
    """How a figure stands to its aim."""
    return "" if reached else "  NOT REACHED"
