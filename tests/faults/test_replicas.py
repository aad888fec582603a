"""A site on a PostgreSQL with a replica, while one of them is stopped, or the replica falls behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from faq.search.engines.whoosh.engine import WhooshEngine
from faq.store.replica_health import SILENT_AFTER
from tests.faults.publishing import SLUG
from tests.faults.replicated import LAG_SECONDS, NOTICED, Editor, Replicated, replicated
from tests.faults.visitor import Browser, readiness
from tests.served import ROOT

SLOW_MACHINE = 1.5
"""Seconds that a busy machine may take longer than the waits that are set."""

ASK = "/nl/search/ask/"
QUESTION = {"question": ["Wat kost een tunnel naar Eindhoven, en wie betaalt hem?"]}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Iterator[Replicated]:
    """The site of these tests."""
    with replicated(tmp_path_factory.mktemp("replicas") / "site", prepared_on_sqlite) as running:
        yield running


@pytest.fixture(autouse=True)
def _well(made: Replicated) -> Iterator[None]:
    """Whatever a test stops runs again after it."""
    yield
    made.start_all()


ASKED_LATELY = """SELECT count(*) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND query_start > now() - interval '3 s'
AND query NOT LIKE '%pg_is_in_recovery%' AND query NOT LIKE '%pg_control_system%'"""
"""Counts the connections on which something was asked, apart from those of the watch."""


class Reader(threading.Thread):
    """Asks for pages that nobody asked for before, until told to stop."""

    def __init__(self, origin: str) -> None:
        super().__init__()
        self.browser, self.ended = Browser(origin), threading.Event()
        self.statuses: Counter[int] = Counter()
        self.longest = 0.0

    def run(self) -> None:
        """Ask, page after page."""
        while not self.ended.is_set():
            began = time.monotonic()
            self.statuses[self.browser.ask(f"/en/faq/{SLUG}/?read={id(self)}-{self.statuses.total()}")[0]] += 1
            self.longest = max(self.longest, time.monotonic() - began)


def read_during(origin: str, seconds: float, happens: object) -> list[Reader]:
    """Three readers who ask while something happens, and for seconds after it."""
    readers = [Reader(origin) for _ in range(3)]
    for one in readers:
        one.start()
    time.sleep(1)
    happens()  # type: ignore[operator]
    time.sleep(seconds)
    for one in readers:
        one.ended.set()
    for one in readers:
        one.join()
    return readers


def test_readers_are_served_by_the_replica(made: Replicated) -> None:
    reader = Browser(made.site.origin)
    for number in range(5):
        assert reader.ask(f"/en/faq/{SLUG}/?own={number}")[0] == 200
    assert made.replica.asked(ASKED_LATELY) > [(0,)]


def test_an_editor_sees_a_change_at_once_and_readers_after_the_bound(made: Replicated) -> None:
    editor, reader = Editor(made), Browser(made.site.origin)
    page = f"/en/faq/{SLUG}/"
    reader.ask(page)
    made.replica.asked("SELECT pg_wal_replay_pause()")
    assert editor.publish("kwxlate") == 302
    assert "kwxlate" in editor.browser.ask(page)[1]
    until = time.monotonic() + LAG_SECONDS + 1 + SLOW_MACHINE
    while "kwxlate" not in reader.ask(page)[1] and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(1)  # the other worker as well
    assert all("kwxlate" in reader.ask(f"{page}?own={number}")[1] for number in range(6))
    told = readiness(made.site.origin)
    assert told["status"] == "degraded"
    assert "replica1: it has been behind the primary for" in told["parts"]["replicas"]
    assert told["parts"]["writing"] == "ok"


def test_readers_notice_nothing_of_a_replica_that_stops(made: Replicated) -> None:
    readers = read_during(made.site.origin, 3, made.replica.stop)
    assert [set(one.statuses) for one in readers] == [{200}] * 3
    assert max(one.longest for one in readers) < 1 + SLOW_MACHINE
    told = readiness(made.site.origin)
    assert told["status"] == "degraded"
    assert told["parts"]["replicas"].startswith("replica1: ")


def test_a_replica_that_hangs_holds_up_readers_once(made: Replicated) -> None:
    """It takes connections and questions, and answers none."""
    ((pids,),) = made.replica.asked("SELECT array_agg(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    stopped = [int((made.replica.data / "postmaster.pid").read_text().split()[0]), *pids]

    def hang() -> None:
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)

    try:
        readers = read_during(made.site.origin, 6, hang)
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    assert [set(one.statuses) for one in readers] == [{200}] * 3
    assert max(one.longest for one in readers) < SILENT_AFTER + 1 + SLOW_MACHINE
    assert min(one.statuses.total() for one in readers) > 3  # they read on


def test_without_the_primary_readers_are_served_and_a_form_is_refused_at_once(made: Replicated) -> None:
    reader, editor = Browser(made.site.origin), Editor(made)
    readers = read_during(made.site.origin, 2, made.primary.stop)
    assert [set(one.statuses) for one in readers] == [{200}] * 3
    assert reader.ask("/en/search/?q=what+is+expressroute")[0] == 200
    status, advice = reader.ask("/en/advice/result/?clients=17")
    assert (status, "clients" in advice) == (200, True)
    began = time.monotonic()
    status, page = reader.ask(ASK, QUESTION)
    assert time.monotonic() - began < 2
    assert status == 503
    assert QUESTION["question"][0] in page
    paths = (f"/en/faq/{SLUG}/?own=1", "/admin/")  # with a session that only reads
    assert {path: editor.browser.ask(path)[0] for path in paths} == dict.fromkeys(paths, 200)
    told = readiness(made.site.origin)
    assert told["status"] == "degraded"
    assert told["parts"]["database"] == "ok"
    assert told["parts"]["writing"] != "ok"

    made.primary.start()
    until = time.monotonic() + 20
    while (status := reader.ask(ASK, QUESTION)[0]) != 302 and time.monotonic() < until:
        time.sleep(0.2)
    assert status == 302
    time.sleep(NOTICED)  # the other worker as well
    assert editor.publish("kwxback") == 302


def test_a_design_that_was_just_saved_opens_while_the_replica_lacks_it(made: Replicated) -> None:
    reader = Browser(made.site.origin)
    made.replica.asked("SELECT pg_wal_replay_pause()")
    status, page = reader.ask("/en/advice/case/", {"address": ["clients=23"]})
    assert status in (302, 303), page[:300]
    ((code,),) = made.primary.asked("SELECT code FROM advisor_keptdesign ORDER BY kept_at DESC LIMIT 1")
    assert made.replica.asked(f"SELECT count(*) FROM advisor_keptdesign WHERE code = '{code}'") == [(0,)]  # noqa: S608
    assert reader.ask(f"/en/advice/case/{code}/")[0] == 200


def test_with_no_database_at_all_kept_pages_answer_and_say_so(made: Replicated) -> None:
    reader = Browser(made.site.origin)
    for _ in range(40):  # each worker keeps it
        reader.ask("/en/limits/")
    made.replica.stop()
    made.primary.stop()
    time.sleep(NOTICED)
    with urllib.request.urlopen(f"{made.site.origin}/en/limits/", timeout=10) as answer:  # noqa: S310 -- our own server
        assert answer.status == 200
        assert answer.headers["Cache-Status"] == "gatewijzer; hit; detail=database-unavailable"
    assert reader.ask("/en/faq/what-is-bgp/?never=asked")[0] == 503
    assert readiness(made.site.origin)["status"] == "unready"


def test_of_two_indexers_one_builds_and_the_other_takes_over_from_it(made: Replicated, tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("one", "other")}
    index = Path(made.site.environment["GATEWIJZER_DATA"]) / "index"
    running: dict[str, subprocess.Popen[bytes]] = {}
    for name, folder in folders.items():
        shutil.copytree(index, folder / "index")
        environment = made.site.environment | {"GATEWIJZER_DATA": str(folder)}
        command = [sys.executable, "-m", "tests.faults.shared_indexer"]
        running[name] = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        advance(made)
        (first,) = built(folders, made, 30)
        running[first].kill()
        running[first].wait()
        advance(made)
        (second,) = built(folders, made, 30)
        assert second != first
        running[second].terminate()
        assert running[second].wait(20) == 0
        assert made.primary.asked("SELECT count(*) FROM faq_lease WHERE name = 'indexer' AND until > now()") == [(0,)]
    finally:
        for process in running.values():
            process.kill()
            process.wait()


def advance(made: Replicated) -> None:
    """Begin a new content version, as a change does."""
    made.primary.asked("UPDATE faq_contentversion SET number = number + 1")


def built(folders: Mapping[str, Path], made: Replicated, patience: float) -> list[str]:
    """In which folders there is an index of the content version, once there is one, and a moment later."""
    ((number,),) = made.primary.asked("SELECT number FROM faq_contentversion")
    until = time.monotonic() + patience

    def found() -> list[str]:
        return [
            name
            for name, folder in folders.items()
            if WhooshEngine(folder / "index").health().content_version == number
        ]

    while not found() and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(1)
    return found()
