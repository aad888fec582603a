"""Two machines, each a served site with a data folder of its own, that share a database and a Redis."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.redis_server import RedisServer, redis_server
from tests.served import DATABASE, Site, served
from web.accounts.guesses import ACCOUNT_GUESSES
from web.redis_connection import LEFT_ALONE_SECONDS

ORIGIN = "http://127.0.0.1:8000"
ONE_WORKER = ("--workers", "1", "--no-indexer")
LONGEST_SECONDS = 1.0
SLOW_MACHINE = 1.0
"""Seconds that a machine may add on which other tests run."""

Answer = tuple[int, http.client.HTTPMessage, str]


@dataclass(frozen=True, slots=True)
class Machines:
    """The two sites, and what they share."""

    first: Site
    second: Site
    redis: RedisServer


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory, prepared_on_sqlite: Path) -> Iterator[Machines]:
    folders = [tmp_path_factory.mktemp(name) for name in ("first", "second")]
    with redis_server() as redis:
        settings = {
            "CACHE_URL": redis.url,
            "GATEWIJZER_ORIGIN": ORIGIN,
            "GATEWIJZER_SECRET_KEY": "een-sleutel-die-lang-genoeg-is-voor-deze-proef-0123456789",
            "DATABASE_URL": f"sqlite:///{folders[0]}/{DATABASE}",
        }
        with (
            served(folders[0], prepared=prepared_on_sqlite, settings=settings, more=ONE_WORKER) as first,
            served(folders[1], prepared=prepared_on_sqlite, settings=settings, more=ONE_WORKER) as second,
        ):
            yield Machines(first, second, redis)


@pytest.fixture
def whole(machines: Machines) -> Iterator[Machines]:
    """The machines with an empty Redis that both of them use."""
    machines.redis.stop()
    machines.redis.start()
    until = time.monotonic() + 3 * LEFT_ALONE_SECONDS
    while time.monotonic() < until and {quotas(site) for site in (machines.first, machines.second)} != {"ok"}:
        time.sleep(0.2)
    machines.redis.client.flushall()
    yield machines
    machines.redis.go_on()


def ask(site: Site, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
    """What a site answers to a GET, which takes no longer than a visitor waits, or to a form that is posted."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site.origin).port or 0, timeout=20)
    told = {name.replace("_", "-"): value for name, value in headers.items()} | {"Host": urlsplit(ORIGIN).netloc}
    if form is None:
        connection.request("GET", path, headers=told)
    else:
        told["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", path, urlencode(form), told)
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    # a password takes its time by itself
    assert form is not None or time.monotonic() - began < LONGEST_SECONDS + SLOW_MACHINE, path
    return answer.status, answer.headers, text


def quotas(site: Site) -> str:
    """What /readyz tells of the counts."""
    return str(json.loads(ask(site, "/readyz")[2])["parts"]["quotas"])


def guess(site: Site, name: str) -> int:
    """The status after a wrong password."""
    _, headers, page = ask(site, "/admin/login/")
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    cookie = headers["Set-Cookie"].partition(";")[0]
    form = {"csrfmiddlewaretoken": token, "username": name, "password": "x"}
    return ask(site, "/admin/login/", form, Cookie=cookie, Referer=f"{ORIGIN}/admin/login/")[0]


def test_a_page_is_rendered_once_for_both(whole: Machines) -> None:
    _, first, _ = ask(whole.first, "/nl/editions/")
    hits = whole.redis.client.info("stats")["keyspace_hits"]
    _, second, _ = ask(whole.second, "/nl/editions/")
    assert whole.redis.client.info("stats")["keyspace_hits"] == hits + 1
    # a page that a machine renders itself is no older than its process
    assert (first["ETag"], first["Last-Modified"]) == (second["ETag"], second["Last-Modified"])
    whole.redis.client.flushall()


def test_a_change_on_one_is_seen_on_the_other_at_the_next_request(whole: Machines) -> None:
    for site in (whole.first, whole.second):
        assert "Heel andere naam" not in ask(site, "/nl/faq/")[2]
    change = "from faq.models import Section; s = Section.objects.filter(edition__code='2026').first()"
    whole.first.manage("shell", "--verbosity", "0", "--command", f"{change}; s.title_nl = 'Heel andere naam'; s.save()")
    for site in (whole.second, whole.first):
        assert "Heel andere naam" in ask(site, "/nl/faq/")[2]


def test_guesses_at_a_password_are_counted_over_both(whole: Machines) -> None:
    told = [guess((whole.first, whole.second)[number % 2], "publisher") for number in range(ACCOUNT_GUESSES.times + 1)]
    assert told == [200] * ACCOUNT_GUESSES.times + [429]


def test_guesses_stay_limited_while_redis_hangs(whole: Machines) -> None:
    whole.redis.hang()
    told = [guess(whole.first, "editor") for _ in range(ACCOUNT_GUESSES.times + 1)]
    assert told == [200] * ACCOUNT_GUESSES.times + [429]


def full(redis: RedisServer) -> None:
    redis.client.config_set("maxmemory", "1")


def another_password(redis: RedisServer) -> None:
    redis.stop()
    redis.start("--requirepass", "another")


HARMS: dict[str, Callable[[RedisServer], object]] = {
    "stopped": RedisServer.stop,
    "hung": RedisServer.hang,
    "full": full,
    "wrong password": another_password,
    "flushed": lambda redis: redis.client.flushall(),
}


@pytest.mark.parametrize("harm", HARMS)
def test_both_go_on_whatever_happens_to_redis(whole: Machines, harm: str) -> None:
    HARMS[harm](whole.redis)
    for number in range(3):
        for site in (whole.first, whole.second):
            assert ask(site, f"/nl/faq/?x={harm}{number}".replace(" ", ""))[0] == 200
            assert ask(site, f"/nl/editions/?page={number}")[0] == 200
            assert ask(site, "/api/v1/sections")[0] == 200
    assert ("each machine counts by itself" in quotas(whole.second)) is (harm != "flushed")


def test_the_log_tells_once_that_redis_is_lost_and_that_it_is_back(whole: Machines) -> None:
    log = Path(whole.second.environment["GATEWIJZER_DATA"]) / "server.log"
    before = len(log.read_text())
    whole.redis.stop()
    for _ in range(3):
        ask(whole.second, "/api/v1/sections")
    whole.redis.start()
    until = time.monotonic() + 3 * LEFT_ALONE_SECONDS
    while quotas(whole.second) != "ok" and time.monotonic() < until:
        time.sleep(0.2)
    told = [line for line in log.read_text()[before:].splitlines() if "Redis" in line]
    assert [re.sub(r".*(Redis is \w+( \w+)?).*", r"\1", line) for line in told] == [
        "Redis is not used",
        "Redis is used again",
    ]
