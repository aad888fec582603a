"""Targets that are parts of a request, sent through the front of the site to Django, as the server would pass them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from urllib.parse import quote

from django.conf import settings
from django.test import Client
from django.test.client import FakePayload

from tests.hostile.fuzz.target import Target
from tests.hostile.payloads import lines
from web.request_intake import in_utf8
from web.serving.wsgi_call import environ_of

Headers = Sequence[tuple[bytes, bytes]]

SLUG = "what-is-expressroute"
TARGET = "!$&'()*+,;=:@/?%-._~"
"""What an address holds besides letters and digits; the server quotes anything else, or refuses it."""

WHOLE = ("limits page",)
"""What is as long as all of the FAQ."""

CONTROLS = bytes(code for code in range(32) if code != 9) + b"\x7f"
"""What llhttp refuses in a header."""

UNFIT_FOR_HEADERS = bytes.maketrans(CONTROLS, b" " * len(CONTROLS))


def ask(method: str, target: str, headers: Headers = (), body: bytes = b"") -> int:
    """The status of an answer. Raises what the site raises where it would answer with 500, and AssertionError where
    an answer leads elsewhere, or its head has a line too many.
    """
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode("ascii"),
        "http_version": "1.1",
        "scheme": "http",
        "client": ("192.0.2.1", 1),
        "server": ("127.0.0.1", 8000),
        "headers": [(b"host", settings.HOST.encode()), *headers],
    }
    environ = environ_of(scope, body)
    in_utf8(environ)
    environ["wsgi.input"] = FakePayload(body)
    answer = Client().request(**environ)
    assert answer.status_code < 500, f"{answer.status_code} {target[:200]}"
    head = "".join(f"{name}{value}" for name, value in answer.headers.items())
    assert "\r" not in head, head
    assert "\n" not in head, head
    place = answer.headers.get("Location", "/")
    assert place.startswith((settings.ORIGIN, "/", "?")), place
    assert not place.startswith(("//", "/\\")), place
    return int(answer.status_code)


def _query(address: str) -> Callable[[bytes], None]:
    """An address that ends in what is given, as bytes that somebody percent-encoded."""

    def read(given: bytes) -> None:
        ask("GET", address + quote(given[:6_000]))

    return read


def _raw_query(address: str) -> Callable[[bytes], None]:
    """An address whose query is what is given."""

    def read(given: bytes) -> None:
        ask("GET", address + quote(given[:6_000], safe=TARGET))

    return read


def _header(*names: str, address: str = f"/nl/faq/{SLUG}/") -> Callable[[bytes], None]:
    """A header of each of these names with what is given."""

    def read(given: bytes) -> None:
        value = given[:4_000].translate(UNFIT_FOR_HEADERS).strip()
        for name in names:
            ask("GET", address, [(name.encode(), value)])

    return read


def _typed_body(address: str) -> Callable[[bytes], None]:
    """A body of a type: the first line is the type, the rest is the body."""

    def read(given: bytes) -> None:
        kind, _, body = given.partition(b"\n")
        ask("POST", address, [(b"content-type", kind.translate(UNFIT_FOR_HEADERS).strip())], body)

    return read


def _body(address: str, kind: bytes) -> Callable[[bytes], None]:
    def read(given: bytes) -> None:
        more = [(b"accept", b"application/json, text/event-stream")]
        ask("POST", address, [(b"content-type", kind), *more], given)

    return read


def _path(given: bytes) -> None:
    ask("GET", "/" + given.decode("utf-8", "replace").lstrip("/").split("?")[0])


def _cookie(given: bytes) -> None:
    value = given[:4_000].translate(UNFIT_FOR_HEADERS).strip()
    ask("GET", f"/nl/faq/{SLUG}/", [(b"cookie", value)])
    ask("POST", "/admin/login/", [(b"cookie", value), (b"content-type", b"application/x-www-form-urlencoded")], b"a=b")


_MULTIPART = (
    b'multipart/form-data; boundary=x\n--x\r\nContent-Disposition: form-data; name="text"; filename="a"\r\n'
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n"
    b"--x\r\nContent-Disposition: form-data; name*=utf-8''q\r\n\r\nb\r\n--x--\r\n"
)
_TYPES = [
    *[
        b"; a*=1; a*1=2",
        b"; a*0*=x'y'z",
        b"; charset=utf-16",
        b"; charset*=utf-8''x",
        b"; a*99999999999=1",
        b"; name*0=a",
    ],
    *[b"; filename*=utf-9''%ff", b"; boundary=", b'boundary="x', b"multipart/form-data", b"\r\n", b"--x", b"--x--"],
    *[b"Content-Disposition: form-data", b"; name", b"=", b"*", b"'", b'"', b"base64", b"application/json"],
]
_MCP = json.dumps(
    {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search", "arguments": {"query": "bgp"}}}
).encode()
_MCP_PARTS = [
    *[b'"method":"initialize"', b'"params":[]', b'"id":null', b'"id":1e999', b'"id":{}', b'"arguments":{"slug":"../"}'],
    *[b'"method":"resources/read","params":{"uri":"file:///etc/passwd"}', b'"name":"advise"', b"[" * 400, b'"\\ud800"'],
    *[b"{", b"}", b"[", b"]", b",", b":", b"null", b'"name":"entry"', b'"_meta":{"progressToken":1}', b'"query":""'],
]
_LANGUAGES = [b"nl", b"en-US", b";q=", b"0.5", b"*", b",", b"-", b";", b"q=1e9", b"zh-Hant-" * 60, "é".encode()]
_DATES = [
    b"Fri, 27 Nov 2026 10:00:00 GMT",
    b"Thu, 99 Jan 0000",
    b"-1",
    b"W/",
    b'"',
    b"*",
    b",",
    b'"a"',
    b"GMT",
    b"2026",
]
_HTMX = [b"true", b"false", b"/nl/", b"%ff", b"URI-AutoEncoded", b"http://evil.example/", b"null", b"{}"]
_ORIGIN = [b"null", b"http://", b"https://evil.example", b"@", b":", b"[::1", b"]", b"/", b".", b"127.0.0.1"]


def targets() -> list[Target]:
    """All of them."""
    hostile = [line.encode("utf-8", "replace") for kind in ("injections", "redirects", "xss") for line in lines(kind)]
    here = quote(f"{settings.ORIGIN}/nl/faq/{SLUG}/").encode()
    search, api = (
        b"kan een vnet twee gateways hebben",
        b"q=bgp&lang=nl&edition=2026&limit=3&offset=1&section=bgp&type=x",
    )
    names = [
        b"q=",
        b"lang=",
        b"edition=",
        b"limit=",
        b"offset=",
        b"&",
        b"%",
        b"=",
        b"[]",
        b"+",
        b"%00",
        b"format=markdown",
    ]
    link = b"edition=2026&site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&clients=3&mbps=9"
    said = [
        b"site=",
        b"site_mbps=",
        b"clients=",
        b"design=",
        b"mbps=" + b"9" * 30,
        b"&",
        b"%",
        b"as_of=",
        b"want=",
        b"vnet=",
    ]
    address = [
        b"?edition=",
        b"/nl/",
        b"/embed/",
        b"/e/",
        b"//",
        b"@",
        b"%2f",
        b"#",
        b":99999",
        b"[",
        b"]",
        b"/advice/steps/",
    ]
    cookies = [
        b"sessionid=",
        b"csrftoken=",
        b"known-device=",
        b"messages=",
        b"; ",
        b'"',
        b"\\000",
        b"=",
        b":",
        b"$Version=1",
    ]
    paths = [
        b"nl/faq/",
        b"embed/nl/",
        b"help/",
        b"e/",
        b"api/v1/entries/",
        b"..",
        b"/",
        b".md",
        b"%00",
        b"\xff",
        b"card.png",
    ]
    table: list[tuple[str, Callable[[bytes], None], list[bytes], list[bytes]]] = [
        ("search page", _query("/nl/search/?q="), [search], hostile),
        ("suggestions", _query("/api/v1/suggest?lang=en&q="), [search[:12]], hostile),
        (
            "ticket page",
            _query("/nl/search/text/?text="),
            [search + b"? en is bgp er?"],
            [b"? ", b"\n", b". ", *hostile[:90]],
        ),
        ("queries of the API", _raw_query("/api/v1/search?"), [api], [*names, *hostile[:90]]),
        ("entries of the API", _raw_query("/api/v1/entries?"), [api], [*names, *hostile[:90]]),
        ("page of an advice", _raw_query("/nl/advice/result/?"), [link], said),
        ("form of an advice", _raw_query("/en/advice/?"), [link], said),
        ("wizard", _raw_query("/nl/advice/steps/gateway/?"), [link], said),
        ("code of a design", _query("/nl/advice/case/?code="), [b"K7QFM-2XDRT"], hostile),
        (
            "oEmbed",
            _query("/oembed?url="),
            [here, b"http://127.0.0.1:8000/en/search/?q=x"],
            [*address, *hostile[90:140]],
        ),
        ("limits page", _raw_query("/nl/limits/?"), [b"q=basic&kind=x&edition=2026&sort=name&sku=Basic"], names),
        ("content type and form", _typed_body("/nl/advice/open/"), [_MULTIPART], _TYPES),
        (
            "feedback",
            _typed_body(f"/nl/faq/{SLUG}/feedback/"),
            [_MULTIPART, b"application/x-www-form-urlencoded\nhelpful=no"],
            [*_TYPES, b"reason=wrong&", b"text=", b"&"],
        ),
        (
            "setup by the API",
            _body("/api/v1/need", b"application/json"),
            [b'[{"name":"a","addressSpace":{}}]'],
            _MCP_PARTS,
        ),
        ("advice by the API", _body("/api/v1/advice", b"application/json"), [b'{"sites":[{"name":"a"}]}'], _MCP_PARTS),
        ("MCP", _body("/mcp", b"application/json"), [_MCP], _MCP_PARTS),
        ("language of a browser", _header("accept-language", address="/"), [b"nl-NL,nl;q=0.9,en;q=0.8"], _LANGUAGES),
        ("conditions", _header("if-none-match", "if-modified-since", "range"), [b'W/"abc"', _DATES[0]], _DATES),
        (
            "headers of htmx",
            _header("hx-request", "hx-current-url", "hx-target", address="/nl/search/?q=bgp"),
            [b"true"],
            _HTMX,
        ),
        (
            "origins and proxies",
            _header("origin", "referer", "x-forwarded-for", "forwarded"),
            [b"http://127.0.0.1:8000"],
            _ORIGIN,
        ),
        (
            "hosts",
            _header("x-forwarded-host", "x-forwarded-proto", "x-original-url", "x-rewrite-url"),
            [b"evil.example"],
            _ORIGIN,
        ),
        ("accepted forms", _header("accept", "accept-encoding", "user-agent"), [b"text/html;q=0.9, */*"], _LANGUAGES),
        ("cookies", _cookie, [b"sessionid=abc; csrftoken=d; known-device=e:f:g"], cookies),
        (
            "paths",
            _path,
            [b"nl/faq/what-is-expressroute/", b"en/sections/bgp.md", b"opensearch/nl.xml"],
            [*paths, *hostile],
        ),
    ]
    return [Target(name, read, seeds, parts, 100 if name in WHOLE else 10) for name, read, seeds, parts in table]
