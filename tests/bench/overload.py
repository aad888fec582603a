"""`make overload`: what the site does when ten times as much is asked of it as it can do.

An open-loop generator asks at a fixed rate, each time on a new connection for a page that was not asked for before, and
leaves after a second, as people do. The capacity is measured just before and just after; a round in which the two
differ by more than 10 % is repeated. The server has one core and the generator the other.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from faq.search.judging import judged_editions, judged_queries
from tests.bench.rates import MOST_APART, TRIES, on_core, verdict
from tests.designs import design_of
from tests.served import served

PATIENCE = 1.0
"""Seconds after which a client leaves."""

CLIENTS = 8
"""Connections that measure the capacity: enough to keep both workers at work, and few enough that all are let in."""

SURPLUS_SECONDS, ALIVE_SECONDS, NORMAL_SECONDS, GOODPUT = 0.25, 1.0, 5.0, 0.9
"""The aims: of 99 in 100 that are turned away, of `/healthz`, until all is as before, and the part of the capacity."""


@dataclass
class Counted:
    """What clients saw: seconds of each answer by its status, and how many left or found nobody."""

    seconds: dict[int, list[float]] = field(default_factory=dict)
    left: int = 0
    refused: int = 0
    without_retry: int = 0

    def of(self, status: int) -> list[float]:
        """The seconds of the answers with a status."""
        return self.seconds.get(status, [])


async def ask(host: str, port: int, path: str, counted: Counted, patience: float = PATIENCE) -> int:
    """Ask for a page on a connection of its own; the status, 0 where the client left or found nobody."""
    began = time.monotonic()
    writer = None
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection(host, port)
            head = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
            writer.write(head.encode())
            answer = await reader.read(-1)
        status = int(answer[9:12] or 0)
        counted.seconds.setdefault(status, []).append(time.monotonic() - began)
        counted.without_retry += status == 503 and b"\r\nretry-after:" not in answer.lower()
        return status
    except TimeoutError:
        counted.left += 1
    except (OSError, ValueError):
        counted.refused += 1
    finally:
        if writer is not None:
            writer.transport.abort()
    return 0


async def capacity(one: Callable[[Counted], Awaitable[int]], seconds: float) -> float:
    """Answers a second for clients that each ask again as soon as they were answered."""
    counted, until = Counted(), time.monotonic() + seconds

    async def client() -> None:
        while time.monotonic() < until:
            await one(counted)

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return len(counted.of(200)) / seconds


async def flood(one: Callable[[Counted], Awaitable[int]], rate: float, seconds: float) -> Counted:
    """Ask at a rate for so long, whatever is answered."""
    counted, began, tasks = Counted(), time.monotonic(), set()
    for turn in itertools.count():
        due = began + turn / rate
        if due > began + seconds:
            break
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        task = asyncio.ensure_future(one(counted))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    return counted


async def probed(path: str, host: str, port: int, stop: asyncio.Event, every: float = 0.1) -> list[float]:
    """The seconds of each answer of a page that is asked for all the while."""
    seconds = []
    while not stop.is_set():
        began = time.monotonic()
        await ask(host, port, path, Counted(), patience=60)
        seconds.append(time.monotonic() - began)
        await asyncio.sleep(every)
    return seconds


async def normal_again(one: Callable[[Counted], Awaitable[int]], usual: float) -> float:
    """Seconds until five pages in a row are answered within three times what is usual."""
    began, in_a_row = time.monotonic(), 0
    while in_a_row < 5 and time.monotonic() < began + 60:
        counted = Counted()
        await one(counted)
        in_a_row = in_a_row + 1 if counted.of(200) and counted.of(200)[0] < 3 * usual else 0
    return time.monotonic() - began


async def measure(origin: str, name: str, paths: Iterator[str], times: Sequence[int], seconds: float) -> bool:
    """Print what happens at each multiple of the capacity; whether all aims are reached."""
    host, port = str(urlsplit(origin).hostname), int(urlsplit(origin).port or 80)

    async def one(counted: Counted) -> int:
        return await ask(host, port, next(paths), counted)

    await capacity(one, 3)
    counted = Counted()
    for _ in range(20):
        await one(counted)
    usual = statistics.median(counted.of(200))
    print(f"{name}: one page alone takes {usual * 1000:.0f} ms")
    is_well = True
    for multiple in times:
        for _ in range(TRIES):
            before = await capacity(one, seconds / 2)
            stop = asyncio.Event()
            alive = asyncio.ensure_future(probed("/healthz", host, port, stop))
            seen = await flood(one, multiple * before, seconds)
            normal = await normal_again(one, usual)
            stop.set()
            slowest = max(await alive)
            after = await capacity(one, seconds / 2)
            if abs(before - after) <= MOST_APART * max(before, after):
                break
        else:
            print(f"  {multiple:2} times: no steady round in {TRIES}: the machine does other work")
            continue
        most = (before + after) / 2
        good, turned = len(seen.of(200)) / seconds, sorted(seen.of(503))
        p99 = turned[int(len(turned) * 0.99)] if turned else 0.0
        fits = [good >= GOODPUT * most, p99 <= SURPLUS_SECONDS, slowest <= ALIVE_SECONDS, normal <= NORMAL_SECONDS]
        is_well &= all(fits) and not seen.without_retry
        others = {status: len(each) for status, each in seen.seconds.items() if status not in (200, 503)}
        print(
            f"  {multiple:2} times: goodput {good / most:.0%} of {most:.0f} a second{verdict(fits[0])}, "
            f"{len(turned)} turned away, p99 {p99 * 1000:.0f} ms{verdict(fits[1])}, "
            f"/healthz at most {slowest:.2f} s{verdict(fits[2])}, normal after {normal:.1f} s{verdict(fits[3])}, "
            f"{seen.left} left, {seen.refused} refused{f', others {others}' if others else ''}"
        )
    return is_well


def subjects() -> dict[str, Iterator[str]]:
    """Addresses of pages that cost, of which none comes twice."""
    queries = sorted({judged.query for edition in judged_editions() for judged in judged_queries(edition)})
    return {
        "search": (f"/nl/search/?q={quote(query)}+{turn}" for turn in itertools.count() for query in queries),
        "advice": (f"/nl/advice/result/?{design_of(3, vnets=1)}&name={turn}" for turn in itertools.count()),
    }


def main() -> None:
    """Measure and print; a missed aim is an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="seconds at each rate")
    parser.add_argument("--times", type=int, nargs="+", default=[2, 5, 10], help="multiples of the capacity")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), before=on_core(0)) as site:
        well = [
            asyncio.run(measure(site.origin, name, paths, chosen.times, chosen.seconds))
            for name, paths in subjects().items()
        ]
    raise SystemExit(not all(well))


if __name__ == "__main__":
    main()
