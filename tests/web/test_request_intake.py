"""What is read of a request at all: UTF-8 whatever it says, a body with its length, and not too much of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import get_resolver

from faq.pages.public_page import pages
from tests.every import some
from tests.kept_reads import reads_kept
from web import page_cache

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _kept(db: None) -> Iterator[None]:
    with reads_kept():
        yield


CHARSETS = ["cp037", "rot13", "hex", "zlib", "idna", "undefined", "unicode_escape", "utf-16", "latin-1", "x" * 99]
KINDS = [
    "x/y; charset={}",
    'x/y;a=b; CHARSET="{}" ; c=d',
    "x/y; charset*=utf-8''{}",
    "x/y; charset*=bogus''%41{}",
    "x/y; foo*=bogus''%41{}",
]
PATHS = ["/nl/search/", "/api/v1/search", "/embed/nl/search", "/nl/advice/", "/oembed", "/help/a", "/nl/faq/"]
QUERY = "q=caf%C3%A9+bgp&site=%5Cud800&url=x&edition=%5Cud800"


class Unread(BytesIO):
    """A body that nobody is to read."""

    def read(self, *args: Any) -> bytes:
        """Fail."""
        raise AssertionError("read")


def ask(path: str, query: str = "", method: str = "GET", body: BytesIO | None = None, **environ: str) -> Any:
    """The status and body that the site answers when asked as a WSGI server asks it."""
    from config.asgi import wsgi  # it looks for the folder of static files, which a fixture makes

    application: Any = wsgi

    told: list[str] = []
    asked: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body.getvalue())) if body else "",
        "wsgi.url_scheme": "http",
        "wsgi.input": body or BytesIO(),
        **environ,
    }
    for signal in (request_started, request_finished):  # as Django's own client: the test's transaction goes on
        signal.disconnect(close_old_connections)
    try:
        with closing(application(asked, lambda status, headers: told.append(status))) as parts:
            answer = b"".join(parts)
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    return int(told[0][:3]), answer


class TestCharset:
    """The charset of a content type, by which Django would read addresses too."""

    @pytest.mark.any_database
    @pytest.mark.parametrize("number", range(len(KINDS)))
    def test_an_address_means_the_same_whatever_it_is(self, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = {path: ask(path, QUERY) for path in PATHS}
        for charset in some(CHARSETS, 3, number % 3):
            monkeypatch.setattr(pages, "shelf", page_cache.Shelf(10_000_000))  # else the plain page is answered again
            for path in PATHS:
                assert ask(path, QUERY, CONTENT_TYPE=KINDS[number].format(charset)) == plain[path], (path, charset)

    @pytest.mark.parametrize("charset", CHARSETS)
    def test_a_body_in_another_is_refused(self, charset: str) -> None:
        for path in ("/nl/search/text/", "/api/v1/advice", "/mcp", "/admin/login/"):
            for kind in ("multipart/form-data; boundary=x", "application/json"):
                content_type = f"{kind}; charset={charset}"
                status, told = ask(path, "", "POST", BytesIO(b"{}"), CONTENT_TYPE=content_type)
                assert status == 415, path
                assert b"only UTF-8" in told

    @pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf8"', "us-ascii"])
    def test_utf_8_by_its_names_is_read(self, charset: str) -> None:
        content_type = f"application/json; charset={charset}"
        assert ask("/api/v1/advice", "", "POST", BytesIO(b"{}"), CONTENT_TYPE=content_type)[0] == 200


class TestBody:
    """Its length."""

    @pytest.mark.parametrize(
        ("path", "most"),
        [
            ("/nl/advice/open/", b"6 MB"),
            ("/embed/en/advice/open/", b"6 MB"),
            ("/nl/search/text/", b"2 MB"),
            ("/admin/login/", b"2 MB"),
            ("/api/v1/advice", b"2097152 bytes"),
            ("/api/v1/need", b"6291456 bytes"),
            ("/mcp", b"1048576 bytes"),
        ],
    )
    def test_too_long_a_one_is_refused_before_it_is_read(self, path: str, most: bytes) -> None:
        status, told = ask(path, "", "POST", Unread(), CONTENT_LENGTH="300000000")
        assert status == 413
        assert most in told


@pytest.mark.parametrize("path", ["//evil.example/nl/faq/", "///evil.example/nl/", "//evil.example/%2e%2e/nl/faq/"])
def test_no_link_leads_to_a_host_that_an_address_begins_with(client: Client, path: str) -> None:
    page = client.get("/", PATH_INFO=path)
    assert page.status_code == 404
    assert b'="//' not in page.content


UNREADABLE_TYPES = ["x;a*=1;a*1=2", "x/y; a*0=1; a=2; a*=3", "x; a*1*=%; a*x=1", "x; a*=utf-8'; a*1=b", "x; a*" * 50]
POSTED = [
    "/nl/advice/open/",
    "/nl/advice/",
    "/nl/advice/steps/sites/",
    "/nl/advice/case/",
    "/nl/search/asked/",
    "/nl/search/text/",
    "/nl/faq/what-is-expressroute/feedback/",
    "/admin/login/",
    "/api/v1/advice",
    "/api/v1/need",
    "/mcp",
    "/i18n/none/",
]
PARTS = {
    "a name in two forms": "Content-Disposition: form-data; name*=a; name*1=b\r\n\r\nx",
    "a name in an unknown charset": "Content-Disposition: form-data; name*=nope''%41\r\n\r\nx",
    "a file name in two forms": "Content-Disposition: form-data; name=file; filename*=a; filename*1=b\r\n\r\nx",
    "a type in two forms": 'Content-Disposition: form-data; name="a"\r\nContent-Type: x;a*=1;a*1=2\r\n\r\nx',
    "a file in an unknown charset": (
        'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: text/plain; charset=nope\r\n\r\nx'
    ),
    "no name": "Content-Disposition: form-data\r\n\r\nx",
    "no disposition": "X: y\r\n\r\nx",
    "half base64": 'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\nx',
    "no end of the headers": 'Content-Disposition: form-data; name="a"',
    "bytes that are no text": 'Content-Disposition: form-data; name="\xff\x00"\r\n\r\n\xff\x00',
}


def every_path() -> list[str]:
    """A path of every pattern of the site, filled in with something."""
    found = []
    for route in reversed_routes(get_resolver().url_patterns):
        made = re.sub(r"<[^>]*>|\(\?P[^)]*\)|\([^)]*\)", "x", route)
        found.append("/" + re.sub(r"[\\^$?*+|\[\]]", "", made).removesuffix("Z"))
    return found + PATHS + POSTED


def reversed_routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    """The routes of URL patterns, whole."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from reversed_routes(pattern.url_patterns, route)
        else:
            yield route


class TestUnreadable:
    """Headers that Python cannot read."""

    @pytest.mark.parametrize("given", UNREADABLE_TYPES)
    def test_a_page_does_not_mind_a_type_that_nobody_can_read(self, given: str) -> None:
        for path in PATHS:
            assert ask(path, QUERY, CONTENT_TYPE=given) == ask(path, QUERY), path

    def test_no_address_fails_by_one(self) -> None:
        for path in every_path():
            for method in ("GET", "POST"):
                status, _ = ask(path, "", method, BytesIO(b"{}"), CONTENT_TYPE=UNREADABLE_TYPES[0])
                assert status < 500, (method, path)

    @pytest.mark.parametrize("path", POSTED)
    def test_a_body_of_one_is_refused_with_the_page_of_the_site(self, path: str) -> None:
        status, told = ask(path, "", "POST", BytesIO(b"{}"), CONTENT_TYPE=UNREADABLE_TYPES[0])
        assert status == 400
        assert b"content type cannot be read" in told
        assert b"<html" in told or path.startswith(("/api/", "/mcp"))

    @pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
    def test_no_form_fails_by_its_parts(self, part: str) -> None:
        for path in POSTED:
            body = f"--x\r\n{part}\r\n--x--\r\n".encode("latin-1")
            status, told = ask(path, "", "POST", BytesIO(body), CONTENT_TYPE="multipart/form-data; boundary=x")
            assert status < 500, path
            assert b"<html" in told or b"{" in told or not told

    @pytest.mark.parametrize("given", ["", "; boundary=", "; boundary=" + "x" * 300, "; boundary=\xe9", ";boundary=y"])
    def test_no_form_fails_by_its_boundary(self, given: str) -> None:
        for path in POSTED:
            body = BytesIO(b"--x\r\nnothing")
            assert ask(path, "", "POST", body, CONTENT_TYPE=f"multipart/form-data{given}")[0] < 500, path

    def test_no_form_fails_by_the_number_of_its_fields(self) -> None:
        fields = BytesIO(b"&".join(b"a=1" for _ in range(20_000)))
        parts = BytesIO(
            b"".join(b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n1\r\n' for _ in range(200))
            + b"--x--\r\n"
        )
        for path in POSTED:
            for body, kind in (
                (fields, "application/x-www-form-urlencoded"),
                (parts, "multipart/form-data; boundary=x"),
            ):
                body.seek(0)
                assert 400 <= ask(path, "", "POST", body, CONTENT_TYPE=kind)[0] < 500, path

    def test_a_nul_in_an_address_is_refused(self) -> None:
        for path in every_path():
            assert ask(path, "edition=%00&q=a%00b&type=%00&slug=%00")[0] == 400, path
            assert ask(f"{path}\0")[0] < 500, path
