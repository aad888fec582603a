"""Why a database does not answer, or takes no changes: what SQLite and PostgreSQL say of it, in words for people."""

from __future__ import annotations

import sqlite3
from enum import Enum

from django.db import DatabaseError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Trouble(Enum):
    """What is the matter. The state of the installation, and no mistake in what was asked."""

    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read-only"
    UNUSABLE = "unusable"


SQLITE = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.UNUSABLE,
    sqlite3.SQLITE_CANTOPEN: Trouble.UNUSABLE,
    sqlite3.SQLITE_CORRUPT: Trouble.UNUSABLE,
    sqlite3.SQLITE_NOTADB: Trouble.UNUSABLE,
}
"""By the primary result code: https://sqlite.org/rescode.html."""

POSTGRESQL = {
    "25006": Trouble.READ_ONLY,
    "40001": Trouble.LOCKED,
    "40P01": Trouble.LOCKED,
    "53100": Trouble.FULL,
    "55P03": Trouble.LOCKED,
}
"""By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html."""

WORDS: dict[Trouble, Promise] = {
    Trouble.LOCKED: _("Something else is being saved. Wait a moment and send the form again."),
    Trouble.FULL: _("The disk of the server is full. Tell the administrator, and send the form again later."),
    Trouble.READ_ONLY: _("The database can only be read now. Tell the administrator, and send the form again later."),
    Trouble.UNUSABLE: _("The database cannot be used now. Tell the administrator, and send the form again later."),
}
"""What to say to somebody whose form was not saved."""

RETRY_AFTER = {Trouble.LOCKED: 2}
LATER = 60
"""Seconds after which to come back: a lock ends by itself, the rest when somebody has mended it."""


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What is the matter with the database, where that is what an error tells; None for any other."""
    if not isinstance(error, DatabaseError):
        return None
    told = error.__cause__
    code, state = getattr(told, "sqlite_errorcode", None), getattr(told, "sqlstate", None)
    found = POSTGRESQL.get(state or "") if code is None else SQLITE.get(code & 0xFF)
    return found or (Trouble.UNUSABLE if isinstance(error, OperationalError) else None)


def retry_after(trouble: Trouble) -> int:
    """Seconds after which it is worth trying again."""
    return RETRY_AFTER.get(trouble, LATER)
