"""Designs kept under a code that is short, unguessable and readable over the phone.

What visitors can fill is bounded: a design by its own size, all of them by age and by bytes together; the oldest make
room. Nothing about who asked is kept.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import QueryDict
from django.utils import timezone

from advisor.answers.query_string import address_of
from advisor.answers.typed import Typed
from advisor.models import KeptDesign
from faq.store.database_choice import in_primary, reads_from_replica
from faq.store.expiry import delete_expired
from web.counters import Quota, count
from web.readable_codes import READABLE

CODE_LENGTH = 10
"""Signs of a code: 30¹⁰ codes, so that of ten thousand kept designs one guess in 6·10¹⁰ finds one."""

LONGEST_ADDRESS = 2_000
"""Characters of a query string that every browser, proxy and mail program passes on."""

LARGEST = 4 * 1024 * 1024
LARGEST_DESIGN = 512 * 1024
"""Bytes of a design with what was shown of it, and of a design alone, before compression."""

PER_CLIENT = Quota("kept-kilobytes", 2_000, 3600)
"""Kilobytes that a client may have kept in an hour: nobody shall push out what others keep."""

PARAMETER = "design"
"""The parameter that stands for all that a kept design says; what stands beside it goes before it."""


class TooLarge(ValueError):  # noqa: N818 -- it reads as what it says
    """A design of more bytes than are kept."""


class TooMuch(Exception):  # noqa: N818 -- it reads as what it says
    """A client that had more kept than it may, and has to wait for so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept design: its query string, when it was kept, and what was shown of it per language (None: nothing)."""

    code: str
    query: str
    kept_at: datetime
    shown: Mapping[str, Any] | None

    @property
    def opens_until(self) -> datetime:
        """Until when the code can be opened, where no newer designs need the room before."""
        return self.kept_at + _lifetime()


def keep(query: str, shown: Mapping[str, Any] | None = None, *, client: str) -> str:
    """Keep a design for a client and answer its code. The oldest of its kind, with or without an advice, go where there
    is no room. Raises TooLarge and TooMuch.
    """
    written = json.dumps(shown, ensure_ascii=False).encode() if shown else b""
    if len(query) + len(written) > (LARGEST if shown else LARGEST_DESIGN):
        raise TooLarge
    parts = (zlib.compress(query.encode()), zlib.compress(written) if written else b"")
    code = "".join(secrets.choice(READABLE) for _ in range(CODE_LENGTH))
    size = len(parts[0]) + len(parts[1])
    used = count(PER_CLIENT, client, add=-(-size // 1024))
    if used.times > PER_CLIENT.times:
        raise TooMuch(used.resets_in)
    with transaction.atomic():
        delete_expired(expired_designs)
        alike = KeptDesign.objects.exclude(shown=b"") if shown else KeptDesign.objects.filter(shown=b"")
        _make_room(alike, size)
        KeptDesign.objects.create(code=code, kept_at=timezone.now(), query=parts[0], shown=parts[1], size=size)
    return code


def expired_designs(now: datetime) -> QuerySet[KeptDesign]:
    """Designs that are older than they are kept."""
    return KeptDesign.objects.filter(kept_at__lt=now - _lifetime())


def find_kept(code: str) -> Kept | None:
    """What is kept under a code, however it is typed: with hyphens or spaces, in capitals or not."""
    under_code = _living().filter(code=plain_code(code))
    found = under_code.first()
    if found is None and reads_from_replica():  # it may have been kept a moment ago
        found = in_primary(under_code)
    if found is None:
        return None
    shown = json.loads(zlib.decompress(found.shown)) if found.shown else None
    return Kept(found.code, zlib.decompress(found.query).decode(), found.kept_at, shown)


def plain_code(typed: str) -> str:
    """A code without what people put in it for legibility."""
    return "".join(char for char in typed[:40].upper() if char.isalnum())


def readable_code(code: str) -> str:
    """A code as it is shown and read aloud: `K7QFM-2XDRT`."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"


def shortened(said: Typed, *, client: str, **more: str) -> str:
    """A query string that says this: all of it, or, where that is too long, one that names the design as kept.

    `more` is added to either. Raises TooLarge and TooMuch.
    """
    address = address_of(said)
    if len(address) <= LONGEST_ADDRESS:
        return "&".join(part for part in (address, urlencode(more)) if part)
    edition = {"edition": said.edition[:40]} if said.edition else {}
    return urlencode({PARAMETER: keep(address, client=client)} | edition | more)


def unfolded(query: QueryDict) -> QueryDict | None:
    """A query with what its `design` stands for in place of that; what stands beside it takes the place of the same
    parameter there. None where nothing is kept under its code.
    """
    if PARAMETER not in query:
        return query
    all_of_it = kept_answers(query.get(PARAMETER, ""))
    if all_of_it is None:
        return None
    for name in query:
        if name != PARAMETER:
            all_of_it.setlist(name, query.getlist(name))
    return all_of_it


def kept_answers(code: str) -> QueryDict | None:
    """What the design that is kept under a code says, or None where nothing is."""
    kept = find_kept(code)
    return None if kept is None else QueryDict(kept.query, mutable=True)


def _living() -> QuerySet[KeptDesign]:
    return KeptDesign.objects.filter(kept_at__gte=timezone.now() - _lifetime())


def _lifetime() -> timedelta:
    return timedelta(weeks=settings.DESIGNS_KEPT_WEEKS)


def _make_room(alike: QuerySet[KeptDesign], size: int) -> None:
    """Let the oldest of a kind go until there is room for so many bytes in its half."""
    most = settings.DESIGNS_MB * 1024 * 1024 // 2 - size
    total = alike.aggregate(bytes=Sum("size"))["bytes"] or 0
    for row in alike.order_by("kept_at", "pk").only("size").iterator():
        if total <= most:
            break
        total -= row.size
        row.delete()
