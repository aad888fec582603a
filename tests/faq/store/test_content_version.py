"""The version of what readers see: asked once for a request, and what a process keeps under it."""

from __future__ import annotations

import pytest
from django.test import Client

from faq.store import content_version
from faq.store.content_version import kept


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers that the database gives, the last one first, outside of a transaction."""
    left = [3, 2, 1]
    monkeypatch.setattr(content_version, "_in_transaction", lambda: False)
    monkeypatch.setattr(content_version, "_asked", lambda: left.pop())
    monkeypatch.setattr(content_version._request, "is_stale", False)
    return left


@pytest.fixture
def read() -> list[tuple[str, str]]:
    """What a reader of the content was asked for."""
    return []


def test_what_was_read_is_kept_until_the_version_rises(numbers: list[int], read: list[tuple[str, str]]) -> None:
    @kept
    def reader(name: str, language: str = "nl") -> int:
        read.append((name, language))
        return len(read)

    numbers[:] = [2, 1, 1, 1, 1]
    assert [reader("a"), reader("a"), reader("a", language="en"), reader("a", language="en")] == [1, 1, 2, 2]
    assert reader("a") == 3
    assert read == [("a", "nl"), ("a", "en"), ("a", "nl")]


def test_no_more_is_kept_than_the_bound(
    numbers: list[int], read: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_version, "MOST_KEPT", 2)

    @kept
    def reader(name: str) -> None:
        read.append((name, ""))

    numbers[:] = [1] * 5
    for name in ("a", "b", "c", "a", "c"):
        reader(name)
    assert [name for name, _ in read] == ["a", "b", "c", "a"]


@pytest.mark.django_db
def test_in_a_transaction_nothing_is_kept(read: list[tuple[str, str]]) -> None:
    @kept
    def reader() -> None:
        read.append(("", ""))

    reader()
    reader()
    assert len(read) == 2


def test_a_request_is_given_one_number_to_its_end(numbers: list[int]) -> None:
    content_version._open_request()
    assert [content_version.current(), content_version.current()] == [1, 1]
    content_version._close_request()
    assert [content_version.current(), content_version.current()] == [2, 3]


@pytest.mark.django_db
def test_a_request_that_changes_something_sees_it() -> None:
    content_version._open_request()
    before = content_version.current()
    content_version.advance()
    assert content_version.current() == before + 1
    content_version._close_request()


@pytest.mark.django_db
def test_every_page_asks_for_the_number_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    read = content_version._read

    def counted() -> int:
        asked.append(1)
        return read()

    monkeypatch.setattr(content_version, "_read", counted)
    for address in ("/nl/", "/nl/search/?q=tunnel", "/api/v1/suggest?q=tun", "/api/v1/search?q=tunnel"):
        asked.clear()
        assert client.get(address).status_code == 200
        assert len(asked) == 1, address
