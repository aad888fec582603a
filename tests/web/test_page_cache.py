"""Rendered pages that a process keeps."""

from __future__ import annotations

import gzip
import threading

import brotli
import pytest
from django.test import Client

from tests.faq.builders import PAGES
from web import page_cache

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", PAGES)
def test_an_unchanged_page_is_not_sent_twice(client: Client, address: str) -> None:
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_a_page_is_sent_compressed_to_those_who_take_it(client: Client) -> None:
    plain = client.get("/nl/").content
    zipped = client.get("/nl/", headers={"Accept-Encoding": "gzip"})
    brotlied = client.get("/nl/", headers={"Accept-Encoding": "gzip, br"})
    refused = client.get("/nl/", headers={"Accept-Encoding": "br;q=0.00, gzip"})
    assert (zipped["Content-Encoding"], gzip.decompress(zipped.content)) == ("gzip", plain)
    assert (brotlied["Content-Encoding"], brotli.decompress(brotlied.content)) == ("br", plain)
    assert refused["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped["Vary"]


def test_a_head_request_gets_the_headers_alone(client: Client) -> None:
    whole, head = client.get("/nl/"), client.head("/nl/")
    assert head.content == b""
    for name in ("Content-Length", "ETag", "Content-Type", "Last-Modified"):
        assert head[name] == whole[name]


def test_threads_share_the_shelf_and_an_older_generation_never_comes_back() -> None:
    shelf, faults = page_cache.Shelf(60_000), []

    def read(first: int) -> None:
        try:
            for step in range(4_000):
                number, key = step // 400, (f"/{(first + step) % 40}", "nl", False)
                if shelf.get(number, key) is None:
                    shelf.put(number, key, page_cache.KeptPage(str(number).encode() * 4_000, "", 0, {}))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=read, args=(number * 7,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    kept = [page for number in range(40) if (page := shelf.get(9, (f"/{number}", "nl", False)))]
    assert kept
    assert {page.body[:1] for page in kept} == {b"9"}
    assert shelf.get(3, ("/0", "nl", False)) is None
    assert any(shelf.get(9, (f"/{number}", "nl", False)) for number in range(40))


def test_a_worker_keeps_so_many_bytes_and_first_what_is_asked_for() -> None:
    def page(size: int) -> page_cache.KeptPage:
        return page_cache.KeptPage(b"x" * size, "", 0, {})

    shelf, keys = page_cache.Shelf(100_000), [(f"/{number}", "nl", False) for number in range(9)]
    assert shelf.get(1, keys[0]) is None
    for key in keys[:3]:
        shelf.put(1, key, page(18_000))
    assert shelf.get(1, keys[0]) is not None
    shelf.put(1, keys[3], page(18_000))
    assert [shelf.get(1, key) is not None for key in keys[:4]] == [True, False, True, True]
    assert shelf.get(2, keys[0]) is None
    shelf.put(2, keys[0], page(60_000))
    assert shelf.get(2, keys[0]) is not None
