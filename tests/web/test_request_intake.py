"""What is read of a request at all: UTF-8 whatever it says, a body with its length, and not too much of it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client

pytestmark = pytest.mark.django_db

CHARSETS = ["cp037", "rot13", "hex", "zlib", "idna", "undefined", "unicode_escape", "utf-16", "latin-1", "x" * 99]
PATHS = ["/nl/search/", "/api/v1/search", "/embed/nl/search", "/nl/advice/", "/oembed", "/help/a", "/nl/faq/"]
QUERY = "q=caf%C3%A9+bgp&site=%5Cud800&url=x&edition=%5Cud800"


class Unread(BytesIO):
    """A body that nobody is to read."""

    def read(self, *args: Any) -> bytes:
        """Fail."""
        raise AssertionError("read")


def ask(path: str, query: str = "", method: str = "GET", body: BytesIO | None = None, **environ: str) -> Any:
    """The status and body that the site answers when asked as a WSGI server asks it."""
    from config.wsgi import application  # it looks for the folder of static files, which a fixture makes

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
    request_started.disconnect(close_old_connections)  # as Django's own client: the test's transaction goes on
    try:
        answer = b"".join(application(asked, lambda status, headers: told.append(status)))
    finally:
        request_started.connect(close_old_connections)
    return int(told[0][:3]), answer


class TestCharset:
    """The charset of a content type, by which Django would read addresses too."""

    @pytest.mark.parametrize("charset", CHARSETS)
    @pytest.mark.parametrize(
        "kind",
        [
            "x/y; charset={}",
            'x/y;a=b; CHARSET="{}" ; c=d',
            "x/y; charset*=utf-8''{}",
            "x/y; charset*=bogus''%41{}",
            "x/y; foo*=bogus''%41{}",
        ],
    )
    def test_an_address_means_the_same_whatever_it_is(self, charset: str, kind: str) -> None:
        for path in PATHS:
            assert ask(path, QUERY, CONTENT_TYPE=kind.format(charset)) == ask(path, QUERY), path

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
        "path", ["/nl/advice/open/", "/nl/search/text/", "/admin/login/", "/api/v1/advice", "/mcp"]
    )
    def test_too_long_a_one_is_refused_before_it_is_read(self, path: str) -> None:
        status, told = ask(path, "", "POST", Unread(), CONTENT_LENGTH="300000000")
        assert status == 413
        assert b"2 MB" in told or b"bytes" in told


@pytest.mark.parametrize("path", ["//evil.example/nl/faq/", "///evil.example/nl/", "//evil.example/%2e%2e/nl/faq/"])
def test_no_link_leads_to_a_host_that_an_address_begins_with(client: Client, path: str) -> None:
    page = client.get("/", PATH_INFO=path)
    assert page.status_code == 404
    assert b'="//' not in page.content
