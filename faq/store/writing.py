"""Whether the database takes changes."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError, transaction
from django.db.models import F

from faq.models import ContentVersion


MOVED = (
    "its file was deleted or replaced while the site was using it: stop the site, put the database in its place again "
    "(`manage.py restore` does), and start the site"
)


def why_not() -> str:
    """Why nothing can be stored now, in the words of the database; empty where it can. A change is made and undone."""
    try:
        with transaction.atomic():
            ContentVersion.objects.update(number=F("number"))
            transaction.set_rollback(True)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_DBMOVED:
            return MOVED
        return str(error).strip() or "the database takes no changes"
    return ""
