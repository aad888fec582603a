"""What is told to who finds no room."""

from __future__ import annotations

import json
from typing import Any

import pytest

from config import surplus

pytestmark = pytest.mark.django_db  # the middleware tells an open connection how long to wait


@pytest.fixture(autouse=True)
def _made_anew() -> None:
    surplus._answer.cache_clear()


@pytest.mark.parametrize("path", ["/api/v1/search", "/mcp"])
def test_a_program_gets_a_problem(path: str) -> None:
    answer = surplus.surplus(path)
    headers = dict(answer.headers)
    assert (answer.status, headers[b"content-type"], headers[b"retry-after"]) == (
        503,
        b"application/problem+json",
        b"2",
    )
    assert json.loads(answer.body)["status"] == 503


@pytest.mark.parametrize("path", ["/nl/search/", "/embed/nl/search", "/en/advice/result/"])
def test_a_person_gets_a_page_in_both_languages(path: str) -> None:
    answer = surplus.surplus(path)
    headers = dict(answer.headers)
    assert (answer.status, headers[b"retry-after"], headers[b"cache-control"]) == (503, b"2", b"no-store")
    assert b"Even geduld" in answer.body
    assert b"One moment" in answer.body
    assert b"content-security-policy" in headers


@pytest.mark.parametrize("more", [[], [".example.org", "*.x"]])
def test_it_needs_no_host_but_the_sites_own(settings: Any, more: list[str]) -> None:
    settings.ALLOWED_HOSTS = [*more, *settings.ALLOWED_HOSTS]
    assert surplus.surplus("/nl/").status == 503


def test_it_goes_over_the_wire_with_its_length_and_an_end() -> None:
    wire = surplus.surplus("/nl/").on_the_wire(with_body=True)
    head, _, body = wire.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert b"connection: close" in head
    assert f"content-length: {len(body)}".encode() in head
