"""The limits of an edition: every number once, with its unit, its source and the day it was checked.

Pure: no Django. `limits_file` reads them from `content/<edition>/limits.toml`; answers refer to a limit as
`{limit:p2s.max_clients}`, and the advisor asks for the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.lists import format_list

from faq.knowledge.units import show_measured, show_number, show_value


class UnknownLimit(KeyError):  # noqa: N818 -- reads as what it is
    """A key that the catalogue of the edition does not have. Never answered with another number."""

    def __str__(self) -> str:
        return f"no limit {self.args[0]!r} in this edition"


@dataclass(frozen=True, slots=True)
class Source:
    """A document that an edition is based on: its file name and the date it carries (`2016-12`, `2016-10-18`).

    `title` is what the document calls itself, `url` leads to that version of it where it is public. `copy_date` is the
    date of the copy at that URL, where it is another than the document's.
    """

    key: str
    document: str
    date: str
    title: str = ""
    url: str | None = None
    copy_date: str | None = None

    @property
    def name(self) -> str:
        """What readers see: the title, or the file name of a document without one."""
        return self.title or self.document

    def as_json(self) -> dict[str, str | None]:
        """The document with its date and where to read it, in the form of the API."""
        return {"document": self.document, "date": self.date, "title": self.name, "url": self.url}


@dataclass(frozen=True, slots=True)
class Conflict:
    """What another source says instead, one sentence per language.

    `changed_in` is the year of a source that is later than the edition: it says what has changed since, and does not
    contradict the sources of the edition's own time. None for a source of that time.
    """

    source: Source
    text: Mapping[str, str]
    changed_in: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit.

    `value` is an int, float, bool, str, a tuple of those, or for unit `text` a mapping of language to sentence;
    `is_range` says that a tuple of two numbers means "from … to …". `in_words` says the value per language where a bare
    yes or no would mislead. `entry` is the slug of the entry that explains it. `valid_from` and `valid_to` are the
    first and the last day on which it holds, where those are known.
    """

    key: str
    value: Any
    unit: str
    source: Source
    checked: date
    name: Mapping[str, str]
    is_range: bool = False
    entry: str | None = None
    note: Mapping[str, str] | None = None
    conflicts: tuple[Conflict, ...] = ()
    in_words: Mapping[str, str] | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the limit holds on a day, as far as is known."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def shown(self, language: str) -> str:
        """The value in a reader's notation: `1,25 Gbit/s` in Dutch, `1.25 Gbps` in English.

        What is counted stands alone (`128`), what is measured carries its unit (`5 minuten`).
        """
        if self.in_words:
            return self.in_words[language]
        if self.is_range:
            low, high = self.value
            return show_measured(high, self.unit, language).replace(
                show_number(high, language), f"{show_number(low, language)}–{show_number(high, language)}", 1
            )
        if isinstance(self.value, tuple):
            return format_list([show_value(item, self.unit, language) for item in self.value], locale=language)
        return show_value(self.value, self.unit, language)


class Catalogue:
    """The limits of one edition, by key. Raises `UnknownLimit` for a key it does not have.

    `start` is the date of the edition, None where it has none.
    """

    def __init__(
        self, edition: str, limits: Mapping[str, Limit], sources: Iterable[Source] = (), start: date | None = None
    ) -> None:
        self.edition = edition
        self.start = start
        self.sources = tuple(sources)
        self._limits = dict(limits)
        self._documents = {(source.document, source.date): source for source in self.sources}

    def __getitem__(self, key: str) -> Limit:
        try:
            return self._limits[key]
        except KeyError:
            raise UnknownLimit(key) from None

    def __contains__(self, key: object) -> bool:
        return key in self._limits

    def __iter__(self) -> Iterator[Limit]:
        return iter(self._limits.values())

    @property
    def changes_with_time(self) -> bool:
        """Whether some of the limits hold from or until a known day."""
        return any(limit.valid_from or limit.valid_to for limit in self)

    def __len__(self) -> int:
        return len(self._limits)

    def document(self, name: str, date: str) -> Source:
        """The source with this file name and date, with its title and URL; without them where none is listed."""
        return self._documents.get((name, date)) or Source("", name, date)

    def number(self, key: str) -> int:
        """The whole number that a limit holds, in its unit. Raises `UnknownLimit`, or TypeError if it holds none."""
        value = self[key].value
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"limit {key} holds no whole number but {value!r}")
        return value

    def day(self, key: str) -> date:
        """The date that a limit holds. Raises `UnknownLimit`, or TypeError if it holds none."""
        value = self[key].value
        if not isinstance(value, date):
            raise TypeError(f"limit {key} holds no date but {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """The yes or no that a limit holds. Raises `UnknownLimit`, or TypeError if it holds none."""
        value = self[key].value
        if not isinstance(value, bool):
            raise TypeError(f"limit {key} holds no yes or no but {value!r}")
        return value

    def members(self, key: str) -> tuple[Any, ...]:
        """The values that a limit lists. Raises `UnknownLimit`, or TypeError if it is no list."""
        value = self[key].value
        if not isinstance(value, tuple):
            raise TypeError(f"limit {key} holds no list but {value!r}")
        return value
