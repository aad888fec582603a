"""Rendered pages that machines share in Redis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from config.caches import redis_of
from faq.pages.public_page import pages
from faq.store import content_version
from tests.faq.builders import EXPRESSROUTE
from tests.redis_server import RedisServer, redis_server
from web import page_cache, release
from web.page_cache import KeptPage, Shelf
from web.shared_pages import SIGNATURE_BYTES, SharedPages, packed, unpacked

NOW = datetime(2026, 3, 1, tzinfo=UTC)
KEY = ("2026-03-01 /nl/", "nl", False)
HEADERS = {"Content-Type": "text/html; charset=utf-8", "ETag": 'W/"7-a"'}
PAGE = KeptPage("één pagina ".encode() * 200, 'W/"7-a"', 1_772_000_000, HEADERS)
PICTURE = KeptPage(bytes(range(256)), 'W/"7-b"', 1_772_000_000, {"Content-Type": "image/png"})


@pytest.fixture(scope="module")
def running() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def redis(running: RedisServer, settings: Any) -> RedisServer:
    running.stop()
    running.start()
    settings.CACHE = redis_of(running.url)
    return running


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that were rendered."""
    told: list[str] = []
    keep = page_cache._keep

    def counting(response: Any, version: int, changed_at: datetime) -> KeptPage:
        told.append(f"{version}")
        return keep(response, version, changed_at)

    monkeypatch.setattr(page_cache, "_keep", counting)
    return told


def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on as a process that has kept nothing yet."""
    monkeypatch.setattr(pages, "shelf", Shelf(10_000_000))


class TestWhatIsStored:
    """A value in Redis."""

    @pytest.mark.parametrize("page", [PAGE, PICTURE])
    def test_a_page_comes_back_as_it_was(self, page: KeptPage) -> None:
        value = packed(page, "a")
        found = unpacked(value, "a")
        assert found is not None
        assert (found.body, found.etag, found.last_modified, found.headers) == (
            page.body,
            page.etag,
            page.last_modified,
            page.headers,
        )
        assert found.compressed == ({} if page is PICTURE else {"br": page.in_encoding("br")})
        assert page is PICTURE or len(value) < len(page.body) / 4

    def test_a_value_that_is_damaged_in_any_byte_is_none(self) -> None:
        value = packed(PAGE, "a")
        for place in range(len(value)):
            assert unpacked(value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :], "a") is None
        assert all(unpacked(value[:end], "a") is None for end in range(len(value)))

    def test_a_value_of_another_key_or_another_site_is_none(self, settings: Any) -> None:
        value = packed(PAGE, "a")
        assert unpacked(value, "b") is None
        settings.SECRET_KEY = "another" * 10
        assert unpacked(value, "a") is None

    def test_what_another_release_signed_in_another_form_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("web.shared_pages._signature", lambda *_: b"s" * SIGNATURE_BYTES)
        for told in (b"", b"\0\0\0\2{}", b"\0\0\0\4null", b"\xff" * 9, b'\0\0\0\x13{"encoding": "br" }x'):
            assert unpacked(b"s" * SIGNATURE_BYTES + told, "a") is None


class TestTheShelf:
    """`SharedPages`."""

    def test_a_page_is_found_under_all_that_it_was_stored_under(self, redis: RedisServer) -> None:
        shelf = SharedPages(1_000_000, lambda: "one")
        shelf.put(7, NOW, KEY, PAGE)
        found = shelf.get(7, NOW, KEY)
        assert found is not None
        assert found.body == PAGE.body
        assert shelf.get(8, NOW, KEY) is None
        assert shelf.get(7, NOW.replace(second=1), KEY) is None
        assert shelf.get(7, NOW, ("2026-03-01 /nl/", "nl", True)) is None
        assert shelf.get(7, NOW, ("2026-03-01 /nl/", "en", False)) is None
        assert shelf.get(7, NOW, ("2026-03-02 /nl/", "nl", False)) is None
        assert SharedPages(1_000_000, lambda: "two").get(7, NOW, KEY) is None

    def test_no_address_is_stored_in_the_clear_and_all_of_it_expires(self, redis: RedisServer) -> None:
        SharedPages(1_000_000, lambda: "one").put(7, NOW, ("2026-03-01 /nl/geheim/", "nl", False), PAGE)
        for key in redis.client.scan_iter():
            assert b"geheim" not in key
            assert 0 < redis.client.ttl(key) <= 24 * 3600

    def test_pages_leave_room_for_the_counts(self, redis: RedisServer) -> None:
        shelf = SharedPages(2 * len(packed(PAGE, "a")) + 10, lambda: "one")
        for number in range(9):
            shelf.put(number, NOW, KEY, PAGE)
        assert len(list(redis.client.scan_iter("gatewijzer:page:*"))) == 2

    @pytest.mark.parametrize("harm", ["stop", "hang"])
    def test_without_redis_there_is_nothing(self, redis: RedisServer, harm: str) -> None:
        getattr(redis, harm)()
        shelf = SharedPages(1_000_000, lambda: "one")
        shelf.put(7, NOW, KEY, PAGE)
        assert shelf.get(7, NOW, KEY) is None
        redis.go_on()


@pytest.mark.django_db
class TestPages:
    """The site with such a shelf."""

    def test_a_page_is_rendered_once_for_all_processes(
        self, client: Client, redis: RedisServer, rendered: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = client.get("/nl/", headers={"Accept-Encoding": "br"})
        another_process(monkeypatch)
        second = client.get("/nl/", headers={"Accept-Encoding": "br"})
        assert len(rendered) == 1
        assert (first.content, first.headers) == (second.content, second.headers)
        another_process(monkeypatch)
        redis.client.flushall()
        assert client.get("/nl/", headers={"Accept-Encoding": "br"}).content == first.content
        assert len(rendered) == 2

    def test_a_change_is_seen_by_the_next_request_of_each(
        self, client: Client, redis: RedisServer, rendered: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = client.get("/nl/").headers["ETag"]
        content_version.advance()
        another_process(monkeypatch)
        assert client.get("/nl/").headers["ETag"] != before
        assert len(rendered) == 2

    def test_a_poisoned_value_is_rendered_again_and_replaced(
        self, client: Client, redis: RedisServer, rendered: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = client.get("/nl/").content
        (key,) = redis.client.scan_iter("gatewijzer:page:*")
        redis.client.set(key, b"<script>alert(1)</script>")
        another_process(monkeypatch)
        assert client.get("/nl/").content == plain
        another_process(monkeypatch)
        assert client.get("/nl/").content == plain
        assert len(rendered) == 2

    @pytest.mark.parametrize(
        "address", ["/nl/search/?q=geheim", "/nl/advice/?clients=5", "/nl/?x=1", "/api/v1/search?q=bgp", "/nl/none"]
    )
    def test_what_a_visitor_typed_is_not_shared(self, client: Client, redis: RedisServer, address: str) -> None:
        client.get(address)
        assert list(redis.client.scan_iter("gatewijzer:page:*")) == []

    def test_a_page_for_an_editor_is_not_shared(
        self, client: Client, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("faq.pages.views.may_edit", lambda _: True)
        monkeypatch.setattr("faq.pages.views.edit_address", lambda _: "/admin/there/")
        assert "/admin/there/" in client.get(f"/nl/faq/{EXPRESSROUTE}/").content.decode()
        assert list(redis.client.scan_iter("gatewijzer:page:*")) == []


class TestTheRelease:
    """What machines of one release and one set-up have in common."""

    @pytest.fixture
    def base(self, tmp_path: Path, settings: Any) -> Iterator[Path]:
        """A project with one file in each room."""
        for room in release.ROOMS:
            (tmp_path / room / "deeper").mkdir(parents=True)
            (tmp_path / room / "deeper" / "file").write_text("one")
        (tmp_path / "faq/content").mkdir()
        settings.BASE_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "collected"
        settings.CONTENT_DIR = tmp_path / "faq/content"
        yield tmp_path
        release._digest.cache_clear()

    def now(self) -> str:
        release._digest.cache_clear()
        return release.release()

    @pytest.mark.parametrize("path", [*(f"{room}/deeper/file" for room in release.ROOMS), "requirements.lock"])
    def test_every_file_of_the_project_counts(self, base: Path, path: str) -> None:
        before = self.now()
        assert self.now() == before
        (base / path).write_text("two")
        assert self.now() != before

    def test_a_file_that_moves_counts(self, base: Path) -> None:
        before = self.now()
        (base / "web/deeper/file").rename(base / "web/deeper/other")
        assert self.now() != before

    def test_the_urls_of_the_static_files_and_the_settings_count(self, base: Path, settings: Any) -> None:
        before = self.now()
        (base / "collected").mkdir()
        (base / "collected/staticfiles.json").write_text("{}")
        collected = self.now()
        settings.SET_UP = "another"
        assert len({before, collected, self.now()}) == 3

    def test_what_python_compiled_and_the_content_files_do_not(self, base: Path) -> None:
        before = self.now()
        (base / "web/__pycache__").mkdir()
        (base / "web/__pycache__/file.pyc").write_text("two")
        (base / "faq/content/entry.toml").write_text("two")
        assert self.now() == before
