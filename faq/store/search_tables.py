"""Cursors for a search index that stands in the database: for searches, and for the one process that writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction
from django.db.backends.utils import CursorWrapper

from faq.models import ContentVersion

ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""A search asks several times, and sees the index as it is at the first."""


@contextmanager
def reading() -> Iterator[CursorWrapper]:
    """A cursor in a transaction that sees one moment, on the connection that the content is read from. Within a
    transaction it is a cursor in that.
    """
    alias = router.db_for_read(ContentVersion)
    connection = connections[alias]
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute(ONE_MOMENT)
        yield cursor


@contextmanager
def writing() -> Iterator[CursorWrapper]:
    """A cursor in a transaction on the database that is written."""
    alias = router.db_for_write(ContentVersion)
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        yield cursor
