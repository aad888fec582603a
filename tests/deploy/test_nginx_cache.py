"""The cache of deploy/nginx.conf: readers share it for seconds, nobody gets what is for another, and it answers when
the site does not.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.deploy.conftest import place_with_data, wait_until_alive
from tests.deploy.nginx import CONFIGURATION, HOST, PROGRAM, Proxy, nginx
from tests.deploy.units import Place, sandboxed, started, unit
from tests.served import ROOT

SECONDS = 2
"""For which the site lets pages be shared here."""

LONGEST_SECONDS = 2 * SECONDS + 1.5
"""For which a page may be shown at most; nginx counts whole seconds."""

SLOW_MACHINE = 1.0
"""Seconds that a machine may add on which other tests run."""

SESSION = {"Cookie": "a=b; sessionid=abcdefghijklmnopqrstuvwxyz012345"}
HTMX = {"HX-Request": "true"}
RESTORED = HTMX | {"HX-History-Restore-Request": "true"}


@dataclass(frozen=True, slots=True)
class Cached:
    """A site with nginx in front of it."""

    place: Place
    proxy: Proxy

    def ask(self, path: str, **headers: str) -> tuple[int, str, str]:
        """The status, where the answer came from, and its body."""
        answer, body = self.proxy.ask(path, {name.replace("_", "-"): value for name, value in headers.items()})
        return answer.status, answer.headers.get("Cache-Status", ""), body.decode(errors="replace")

    def rename(self, name: str) -> None:
        """Give the first section of the default edition another name, as an editor would."""
        change = (
            "from faq.models import Section; s = Section.objects.filter(edition__code='2026').first(); "
            f"s.title_nl = {name!r}; s.save()"
        )
        of = unit("gatewijzer")
        command = [*sandboxed(self.place, of), sys.executable, "manage.py", "shell", "--command", change]
        subprocess.run(command, env=self.place.environment(of), cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="module")
def cached(prepared_on_sqlite: Path) -> Iterator[Cached]:
    more = {"GATEWIJZER_SHARED_CACHE_SECONDS": str(SECONDS)}
    with (
        place_with_data(prepared_on_sqlite, more) as place,
        started(place, unit("gatewijzer")) as site,
        nginx(place, place.folder / "nginx") as proxy,
    ):
        wait_until_alive(place, site)
        yield Cached(place, proxy)


def test_readers_share_a_page(cached: Cached) -> None:
    first, again = cached.ask("/nl/about/"), cached.ask("/nl/about/")
    assert [first[1], again[1]] == ["nginx; fwd=uri-miss", "nginx; hit"]
    assert first[2] == again[2]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/nl/search/?q=bgp",
            "/nl/advice/?clients=5",
            "/nl/advice/result/?clients=5",
            "/nl/none",
            "/admin/login/",
        ),
        *("/api/v1/sections", "/embed/nl/search", "/readyz", "/nl/search/ask/", "/nl/?utm_source=x"),
    ],
)
def test_what_is_for_one_reader_is_not_shared(cached: Cached, path: str) -> None:
    assert "hit" not in {cached.ask(path)[1].partition("; ")[2] for _ in range(3)}
    folder = cached.proxy.folder / "gatewijzer-pages"
    kept = [file.read_bytes().partition(b"\nHTTP/")[0] for file in folder.rglob("*") if file.is_file()]
    assert not [key for key in kept if key.endswith(f"KEY: https://{HOST}{path}".encode())]


@pytest.mark.parametrize("path", ["/", "/api/v1/sections", "/admin/login/", "/nl/search/ask/", "/embed/nl/search"])
def test_requests_for_what_is_not_shared_do_not_wait_for_each_other(cached: Cached, path: str) -> None:
    assert cached.ask(path)[1] == "nginx; fwd=bypass"


def test_what_the_site_lets_be_shared_is(cached: Cached) -> None:
    paths = ("/nl/", "/en/faq/", "/nl/limits/", "/nl/search/", "/nl/advice/", "/nl/faq.md", "/nl/changes.atom")
    for path in (*paths, "/robots.txt", "/sitemap.xml", "/llms.txt", "/opensearch/nl.xml", "/gateway-faq.js"):
        cached.ask(path)
        assert cached.ask(path)[1] == "nginx; hit", path


def test_nobody_gets_the_bytes_of_another(cached: Cached) -> None:
    """Each of these is asked of the site itself, by a session, and then twice of the cache."""
    asked = [
        (path, headers)
        for path in ("/nl/limits/", "/en/limits/", "/nl/search/", "/nl/limits/?edition=2016-12")
        for headers in ({}, HTMX, RESTORED, {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "br"})
    ]
    own = [cached.proxy.ask(path, headers | SESSION)[1] for path, headers in asked]
    assert len(set(own)) == len(asked) - 4  # a page that is restored is the whole one
    for _ in range(2):
        assert [cached.proxy.ask(path, headers)[1] for path, headers in asked] == own


def test_a_page_with_a_session_is_neither_taken_from_the_cache_nor_put_into_it(cached: Cached) -> None:
    path = "/nl/editions/"
    answer, _ = cached.proxy.ask(path, SESSION)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert [cached.ask(path)[1], cached.ask(path, **SESSION)[1]] == ["nginx; fwd=uri-miss", "nginx; fwd=bypass"]


def test_another_cookie_changes_nothing(cached: Cached) -> None:
    cached.ask("/nl/changes/")
    assert cached.ask("/nl/changes/", Cookie="xsessionid=a; theme=b")[1] == "nginx; hit"


def test_what_is_published_is_seen_at_once_by_a_session_and_soon_by_readers(cached: Cached) -> None:
    for number in range(2):
        name = f"Heel andere naam {number}"
        assert name not in cached.ask("/nl/")[2]
        cached.rename(name)
        published = time.monotonic()
        assert name in cached.ask("/nl/", **SESSION)[2]
        while name not in cached.ask("/nl/")[2]:
            assert time.monotonic() - published < SECONDS + 1 + SLOW_MACHINE
            time.sleep(0.1)


def test_the_first_reader_after_a_quiet_night_sees_what_is_so_now(cached: Cached) -> None:
    cached.ask("/nl/faq/")
    cached.rename("Na een stille nacht")
    time.sleep(LONGEST_SECONDS)
    _, source, page = cached.ask("/nl/faq/")
    assert source == "nginx; fwd=stale"
    assert "Na een stille nacht" in page


def test_a_page_that_has_not_changed_is_not_rendered_or_sent_again(cached: Cached) -> None:
    answer, _ = cached.proxy.ask("/nl/limits.md")
    time.sleep(LONGEST_SECONDS)
    again, _ = cached.proxy.ask("/nl/limits.md", {"If-None-Match": answer.headers["ETag"]})
    assert (again.status, again.headers["Cache-Status"]) == (304, "nginx; fwd=stale")


def test_kept_pages_answer_when_the_site_is_overloaded_or_down_and_say_so(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.socket.parent.mkdir(parents=True)
    shared = (
        b"HTTP/1.1 200 OK\r\nCache-Control: public, s-maxage=1\r\nContent-Length: 4\r\nConnection: close\r\n\r\npage"
    )
    busy = b"HTTP/1.1 503 Busy\r\nCache-Control: no-store\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy"

    def answer(listening: socket.socket) -> None:
        for said in (shared, busy, busy):
            with listening.accept()[0] as connection:
                connection.recv(4096)
                connection.sendall(said)

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place.socket))
        listening.listen()
        answering = threading.Thread(target=answer, args=[listening])
        answering.start()
        with nginx(place, tmp_path / "nginx") as proxy:
            cached = Cached(place, proxy)
            assert cached.ask("/nl/")[::2] == (200, "page")
            time.sleep(2.1)
            source = "nginx; fwd=stale; fwd-status=503; detail=site-unavailable"
            assert cached.ask("/nl/") == (200, source, "page")
            assert cached.ask("/en/")[::2] == (503, "busy")
            answering.join()
            listening.close()
            source = "nginx; fwd=stale; fwd-status=502; detail=site-unavailable"
            assert cached.ask("/nl/") == (200, source, "page")
            assert cached.ask("/nl/", **SESSION)[0] == cached.ask("/en/")[0] == cached.ask("/api/v1/sections")[0] == 502


def test_its_session_is_that_of_the_site() -> None:
    assert f"{settings.SESSION_COOKIE_NAME}=" in CONFIGURATION.read_text()


def test_the_example_with_two_web_machines_is_right(cached: Cached, tmp_path: Path) -> None:
    text = CONFIGURATION.read_text()
    upstream = re.findall(r"^upstream .*?^}", text, re.MULTILINE | re.DOTALL)[0]
    made = re.sub(r"^    #(zone|server) ", r"    \1 ", upstream, flags=re.MULTILINE)
    assert made.count("    server 10.2.0.1") == 2
    file = tmp_path / "nginx.conf"
    file.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {made} }}")
    assert PROGRAM
    done = subprocess.run(
        [PROGRAM, "-t", "-c", str(file), "-e", str(tmp_path / "log")], capture_output=True, text=True, check=False
    )
    assert "syntax is ok" in done.stderr
