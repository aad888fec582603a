"""Rows out of a table that was pasted into a form.

What has one reading in its table is read so; what has two, or none, stays as it was pasted, for the form to ask back.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.answers.table_rows import Words, read_rows
from advisor.answers.typed import MOST_ROWS, Row
from advisor.core.field_parameters import rows_of
from advisor.wording.table_words import choices_called, columns_called


@dataclass(frozen=True, slots=True)
class PastedTable:
    """The rows of a table, how many more it had than the pages take, and the names of columns that were not read."""

    rows: tuple[Row, ...]
    left_out: int = 0
    unread: tuple[str, ...] = ()


def pasted(text: str, kind: str, most: int = MOST_ROWS) -> PastedTable:
    """The rows of a pasted table, at most so many, by the words of either language (`read_rows`)."""
    table = read_rows(text, kind, Words(columns_called(kind), choices_called))
    rows = [Row.of(rows_of()[kind], **row.texts) for row in table.rows]
    full = [row for row in rows if not row.is_empty]
    return PastedTable(tuple(full[:most]), max(0, len(full) - most), tuple(name for _, name in table.unread))
