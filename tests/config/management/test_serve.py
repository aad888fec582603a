"""`manage.py serve`: starting, loading a new release while visitors ask, and ending."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from faq.store import content_version
from tests.in_process import on_data_in
from tests.ports import free_port
from tests.served import ROOT, Site, served, with_few_entries

LONGEST_WAIT = 1.0
SLOW_MACHINE = 1.5
"""Seconds that a machine may add on which other tests run."""


@pytest.fixture(scope="module")
def of_its_own(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Iterator[Site]:
    """A served site that tests may reload, with an index of a few entries."""
    folder = tmp_path_factory.mktemp("reloaded")
    few = with_few_entries(prepared_on_sqlite, tmp_path_factory.mktemp("few"), "bgp")
    database = f"sqlite:///{folder}/gatewijzer.sqlite3"
    settings = {
        "DATABASE_URL": database,
        "GATEWIJZER_METRICS_FROM": "127.0.0.1",
        "GATEWIJZER_ACCESS_LOG": "yes",
        "GATEWIJZER_LOG_FORMAT": "json",
    }
    with served(folder, prepared=few, settings=settings) as site:
        wait_until_ready(site)
        yield site


def wait_until_ready(site: Site) -> None:
    """Wait until the index is of what is published; no longer than a while."""
    until = time.monotonic() + 30
    while json.loads(ask(f"{site.origin}/readyz"))["status"] != "ready" and time.monotonic() < until:
        time.sleep(0.1)


def ask(url: str) -> bytes:
    """What a site answers. Raises OSError."""
    with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 -- our own server
        return bytes(answer.read())


def status_of(url: str) -> int:
    """The status that a site answers with."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 -- our own server
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def children(process: int) -> dict[int, str]:
    """The processes that a process started and that run, with their commands."""
    told = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    return {int(pid): args for pid, _, args in (line.strip().partition(" ") for line in told.stdout.splitlines())}


def workers(process: int) -> set[int]:
    """Those that answer requests."""
    return {pid for pid, command in children(process).items() if "multiprocessing.spawn" in command}


def test_a_new_release_is_loaded_without_a_request_that_fails(of_its_own: Site) -> None:
    waits: list[float] = []
    failed: list[str] = []
    stop = threading.Event()

    def visit() -> None:
        while not stop.is_set():
            began = time.monotonic()
            try:
                ask(f"{of_its_own.origin}/nl/search/?q=bgp+{began}")
            except OSError as error:
                failed.append(repr(error))
            waits.append(time.monotonic() - began)
            time.sleep(0.1)  # so that the machine has time for the new workers

    before = workers(of_its_own.process)
    visitors = [threading.Thread(target=visit) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    os.kill(of_its_own.process, signal.SIGHUP)
    until = time.monotonic() + 60
    while workers(of_its_own.process) & before and time.monotonic() < until:
        time.sleep(0.1)
    stop.set()
    for visitor in visitors:
        visitor.join()
    assert failed == []
    assert len(workers(of_its_own.process)) == 2
    assert max(waits) < LONGEST_WAIT + SLOW_MACHINE
    assert len(waits) > 20


def test_a_worker_that_dies_is_replaced(of_its_own: Site) -> None:
    before = workers(of_its_own.process)
    os.kill(max(before), signal.SIGKILL)
    until = time.monotonic() + 40
    while not workers(of_its_own.process) - before and time.monotonic() < until:
        time.sleep(0.1)
    assert len(workers(of_its_own.process)) == len(before)
    assert ask(f"{of_its_own.origin}/healthz") == b"ok\n"


def test_a_port_in_use_is_one_sentence_with_what_to_do(of_its_own: Site) -> None:
    port = of_its_own.origin.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", port],
        cwd=ROOT,
        env=of_its_own.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"port {port} of 127.0.0.1 is in use" in done.stderr
    assert f"PORT={int(port) + 1}" in done.stderr


@pytest.mark.parametrize(("ending", "more"), [(signal.SIGINT, ()), (signal.SIGTERM, ("--when-ready",))])
def test_it_ends_quietly(of_its_own: Site, ending: signal.Signals, more: tuple[str, ...]) -> None:
    """With `--when-ready` nobody waits for it while it starts: it refuses connections."""
    port, refused, waited = free_port(), 0, 0.0
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1", *more],
        cwd=ROOT,
        env=of_its_own.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 40
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            ask(f"http://127.0.0.1:{port}/healthz")
            waited = time.monotonic() - began
            break
        except OSError:
            refused += 1
            time.sleep(0.1)
    if more:
        assert refused > 5
        assert waited < LONGEST_WAIT + SLOW_MACHINE
    os.killpg(server.pid, ending)
    said, _ = server.communicate(timeout=30)
    assert said == ""
    assert server.returncode in (0, -ending)


def test_the_index_is_built_by_a_process_of_its_own(of_its_own: Site, django_db_blocker: Any) -> None:
    commands = list(children(of_its_own.process).values())
    assert sum("manage.py indexer" in command for command in commands) == 1
    with django_db_blocker.unblock(), on_data_in(Path(of_its_own.environment["GATEWIJZER_DATA"])):
        content_version.advance()
    wait_until_ready(of_its_own)
    assert json.loads(ask(f"{of_its_own.origin}/readyz"))["parts"]["index"] == "ok"


def test_an_index_that_is_damaged_while_the_site_serves_is_built_again(of_its_own: Site) -> None:
    folder = Path(of_its_own.environment["GATEWIJZER_DATA"]) / "index"
    damaged = (folder / "current").read_text()
    for path in (folder / damaged).glob("*.bin"):
        path.write_bytes(path.read_bytes()[:-1])
    until = time.monotonic() + 30
    while (folder / "current").read_text() == damaged and time.monotonic() < until:
        assert json.loads(ask(f"{of_its_own.origin}/api/v1/search?q=bgp&lang=nl"))["results"]
        time.sleep(0.1)
    old = workers(of_its_own.process)
    os.kill(of_its_own.process, signal.SIGHUP)
    while workers(of_its_own.process) & old and time.monotonic() < until:
        time.sleep(0.1)
    assert json.loads(ask(f"{of_its_own.origin}/readyz"))["parts"]["index"] == "ok"
    answers = [json.loads(ask(f"{of_its_own.origin}/api/v1/search?q=bgp+{word}&lang=nl")) for word in "abcdefgh"]
    assert all(answer["results"] and not answer["plain"] for answer in answers)


def test_all_workers_are_counted_together(of_its_own: Site) -> None:
    def asked() -> float:
        told = ask(f"{of_its_own.origin}/metrics").decode()
        found = re.findall(r'^gatewijzer_requests_total{kind="pages",status="404"} (\S+)', told, re.MULTILINE)
        return float(found[0]) if found else 0.0

    before = asked()
    with ThreadPoolExecutor(8) as visitors:
        list(visitors.map(lambda number: status_of(f"{of_its_own.origin}/nl/faq/none-{number}/"), range(40)))
    assert asked() == before + 40
    assert 'gatewijzer_part_well{part="database"} 1.0' in ask(f"{of_its_own.origin}/metrics").decode()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_watches_the_site_may_ask_by_any_name(of_its_own: Site, path: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(of_its_own.origin).netloc, timeout=20)
    connection.request("GET", path, headers={"Host": "10.0.0.7:8481"})
    assert connection.getresponse().status == 200
    connection.close()


def test_the_log_has_each_request_without_personal_data(of_its_own: Site) -> None:
    connection = http.client.HTTPConnection(urlsplit(of_its_own.origin).netloc, timeout=20)
    connection.request("GET", "/nl/search/?q=janssen+10.9.8.7")
    identifier = connection.getresponse().headers["X-Request-ID"]
    connection.close()
    file, until = Path(of_its_own.environment["GATEWIJZER_DATA"]) / "server.log", time.monotonic() + 10
    while str(identifier) not in (log := file.read_text()) or not log.endswith("\n"):
        assert time.monotonic() < until, "the log has no line of the request"
        time.sleep(0.02)
    lines = [json.loads(line) for line in log.splitlines()]
    (told,) = [line for line in lines if line.get("request_id") == identifier]
    assert told["message"] == "GET /nl/search/ 200"
    assert (told["kind"], told["status"], told["level"]) == ("costly", 200, "INFO")
    assert told["time"].endswith("Z")
    assert "janssen" not in log
    assert "10.9.8.7" not in log
    assert "127.0.0.1" not in log
