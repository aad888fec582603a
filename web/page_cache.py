"""Rendered pages that each process keeps, ready to send, under a version of what they show, which it is given.

A kept page carries an ETag and a Last-Modified, answers conditional requests with 304, and is kept compressed as well.
"""

from __future__ import annotations

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import wraps
from hashlib import blake2b
from threading import Lock
from typing import Concatenate, ParamSpec, Protocol, cast

import brotli
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.timezone import localdate, make_aware
from django.utils.translation import get_language

from web.htmx import HtmxHttpRequest, wants_fragment
from web.shared_caches import cache_control, is_own

P = ParamSpec("P")
Key = tuple[str, str, bool]
"""What a page is kept under: the day and the address, the language, and whether it is a part for htmx."""

View = Callable[Concatenate[HtmxHttpRequest, P], HttpResponseBase]

LARGEST_KEPT = 512 * 1024
"""Bytes of a page that is still kept; a larger one is rendered each time."""

LARGE = 200 * 1024
"""Bytes of a page that is worth the time of a closer compression: it is done once, and read often."""

UNWANTED = re.compile(r";q=0(?:\.0*)?$")
"""How a content encoding is refused."""

SMALLEST = 2 * 1024
"""Bytes that a kept page takes beside its body and its address."""

KEPT_HEADERS = ("Link", "X-Robots-Tag")
"""Headers of a view that its kept page has as well."""

NAMED_WITHOUT_BODY = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Cache-Status")
"""Headers that an answer has also where the page is not sent again."""

OUT_OF_DATE_PERHAPS = "gatewijzer; hit; detail=database-unavailable"
"""What an answer says of itself (RFC 9211) while nothing tells whether its page is still that of now."""

_STARTED = datetime.now(UTC).replace(microsecond=0)


COMPRESSED: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=10 if len(body) > LARGE else 6),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
"""Content encodings, the one that is preferred first."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page ready to send: its bytes, its validators (in seconds) and its other headers. What is in `compressed`, by
    content encoding, was asked for before.
    """

    body: bytes
    etag: str
    last_modified: int
    headers: dict[str, str]
    compressed: dict[str, bytes] = field(default_factory=dict)

    @property
    def is_picture(self) -> bool:
        """Whether its own form is compressed already."""
        return self.headers["Content-Type"].startswith("image/")

    def in_encoding(self, encoding: str) -> bytes:
        """The bytes in a content encoding, compressed when first asked for: most searches are asked once."""
        if encoding == "identity":
            return self.body
        if encoding not in self.compressed:
            self.compressed[encoding] = COMPRESSED[encoding](self.body)
        return self.compressed[encoding]


class Version(Protocol):
    """What rendered pages are kept under: one number that rises with every change of what they show.

    Both are read from the connection that the pages are made from: else a page of before could be kept as one of after.
    """

    def current(self) -> int:
        """The number now."""

    def changed_at(self) -> datetime:
        """When it last rose."""


class Behind(Protocol):
    """A shelf that processes share, which is asked for what one's own has not."""

    def is_open(self) -> bool:
        """Whether there is one."""

    def get(self, version: int, changed_at: datetime, key: Key) -> KeptPage | None:
        """A page of this version, which began then; None where it has none."""

    def put(self, version: int, changed_at: datetime, key: Key, page: KeptPage) -> None:
        """Keep a page that was rendered from this version."""


class Shelf:
    """The pages that a process keeps: the most recently asked for, of one version only, in so many bytes.

    A page takes half as much again as its body, for its compressed forms.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._version = -1
        self._lock = Lock()
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()

    def get(self, version: int, key: Key) -> KeptPage | None:
        """A page of this version; the first asked for of a newer one clears the shelf."""
        with self._lock:
            if version > self._version:
                self._pages = OrderedDict()
                self._version, self._taken = version, 0
            if version != self._version or key not in self._pages:
                return None
            self._pages.move_to_end(key)
            return self._pages[key]

    def put(self, version: int, key: Key, page: KeptPage) -> None:
        """Keep a page, unless a newer version has begun meanwhile; those asked for longest ago make room."""
        with self._lock:
            if version == self._version and key not in self._pages:
                self._pages[key] = page
                self._taken += _room_of(key, page)
                while self._taken > self._room:
                    self._taken -= _room_of(*self._pages.popitem(last=False))


def _room_of(key: Key, page: KeptPage) -> int:
    return len(page.body) * 3 // 2 + len(key[0]) + SMALLEST


class PageCache:
    """Keeps what public views render under a version, in `room` bytes, and behind that on a shelf that is shared."""

    def __init__(
        self,
        version: Version,
        room: int,
        *,
        behind: Behind | None = None,
        is_stale: Callable[[], bool] = lambda: False,
    ) -> None:
        """`is_stale` says whether the version is one of before, since none can be read now: what is rendered then after
        all is kept nowhere, as it may be of another one.
        """
        self.version = version
        self.shelf = Shelf(room)
        self.behind = behind
        self.is_stale = is_stale

    def keep(self, view: View[P]) -> View[P]:
        """Keep what a view renders for everybody alike, for a day. Only a successful answer is kept, and none that says
        no-store; what a visitor typed into its address is not shared.

        The view must depend on nothing but the URL, the language, the day, and whether htmx asks for a fragment.
        """

        @wraps(view)
        def kept_view(request: HtmxHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            version, today = self.version.current(), localdate()
            key = key_of(request, today)
            page = self.shelf.get(version, key) or self._from_behind(request, version, key)
            status = {"Cache-Status": OUT_OF_DATE_PERHAPS} if page and self.is_stale() else {}
            if page is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200 or "no-store" in response.headers.get("Cache-Control", ""):
                    return response
                page = _keep(
                    cast(HttpResponse, response), version, max(self.version.changed_at(), _beginning_of(today))
                )
                self._put(request, version, key, page)
            return _answer(request, page, status)

        return cast(View[P], kept_view)

    def _from_behind(self, request: HtmxHttpRequest, version: int, key: Key) -> KeptPage | None:
        """A page that another process has rendered, which this one then keeps as well."""
        if self.behind is None or not self.behind.is_open() or not is_own(request):
            return None
        page = self.behind.get(version, self.version.changed_at(), key)
        if page is not None:
            self.shelf.put(version, key, page)
        return page

    def _put(self, request: HtmxHttpRequest, version: int, key: Key, page: KeptPage) -> None:
        if len(page.body) > LARGEST_KEPT or self.is_stale():
            return
        self.shelf.put(version, key, page)
        if self.behind is not None and self.behind.is_open() and is_own(request):
            self.behind.put(version, self.version.changed_at(), key, page)


def key_of(request: HtmxHttpRequest, day: date) -> Key:
    """What a page is kept under: the day and the address, the language, and whether htmx asks for a fragment."""
    address = f"{day} {request.get_full_path()}"
    return address, get_language() or settings.LANGUAGE_CODE, wants_fragment(request)


def _beginning_of(day: date) -> datetime:
    """The first moment of a day where the site is: what depends on the day changed then."""
    return make_aware(datetime.combine(day, time()))


def _keep(response: HttpResponse, version: int, changed_at: datetime) -> KeptPage:
    if isinstance(response, TemplateResponse):
        response.render()
    body = response.content
    etag = f'W/"{version}-{blake2b(body, digest_size=12).hexdigest()}"'
    last_modified = int(max(changed_at, _STARTED).timestamp())
    return KeptPage(
        body=body,
        etag=etag,
        last_modified=last_modified,
        headers={
            "Content-Type": response.headers["Content-Type"],
            "ETag": etag,
            "Last-Modified": http_date(last_modified),
            **{name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
            "Vary": ", ".join(dict.fromkeys(["Accept-Encoding", *filter(None, [response.headers.get("Vary")])])),
        },
    )


def _answer(request: HtmxHttpRequest, page: KeptPage, more: Mapping[str, str]) -> HttpResponseBase:
    """A page as a request asks for it, with more headers."""
    headers = {**page.headers, "Cache-Control": cache_control(request), **more}
    unchanged = get_conditional_response(request, page.etag, page.last_modified)
    if unchanged is not None:
        for name in NAMED_WITHOUT_BODY:
            if name in headers:
                unchanged.headers[name] = headers[name]
        return unchanged
    offered = (part.replace(" ", "") for part in request.headers.get("Accept-Encoding", "").lower().split(","))
    accepted = {part.partition(";")[0] for part in offered if not UNWANTED.search(part)}
    encoding = "identity" if page.is_picture else next((name for name in COMPRESSED if name in accepted), "identity")
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    body = page.in_encoding(encoding)
    if request.method == "HEAD":
        return HttpResponse(headers=headers | {"Content-Length": str(len(body))})
    return HttpResponse(body, headers=headers)
