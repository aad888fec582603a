"""The date that a source carries: a year, a month or a day, and what somebody meant who wrote it otherwise. Pure."""

from __future__ import annotations

import re
from calendar import monthrange

from babel import Locale

from web.languages import LANGUAGES

ACCEPTED = ("2016", "2016-12", "2016-12-05")
"""An example of each form that is accepted. A date in words is not: it would stand so in every language."""

_DATE = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_LONGEST = 40
"""No date is longer, in words either."""

DateParts = tuple[int, ...]
"""A year; a year and a month; or a year, a month and a day."""


def date_parts(written: str) -> DateParts | None:
    """The numbers of a date in an accepted form; None for any other text, and for a day that does not exist."""
    found = _DATE.fullmatch(written)
    if found is None:
        return None
    parts = tuple(int(part) for part in found.groups() if part)
    return parts if _exist(parts) else None


def date_meant(written: str) -> str | None:
    """What was evidently meant by a text that is no accepted date: `18-10-2016` is `2016-10-18`. None where it has no
    reading or more than one, as `5/12/2016` has.
    """
    text = written.strip().casefold()
    if date_parts(text):
        return text
    if len(text) > _LONGEST:
        return None
    if re.fullmatch(r"[12][0-9]{7}", text):
        return _if_exists(int(text[:4]), int(text[4:6]), int(text[6:]))
    parts = _PARTS.findall(text)
    months = [_MONTHS[part] for part in parts if part in _MONTHS]
    numbers = [part for part in parts if part.isascii() and part.isdecimal()]
    years = [part for part in numbers if len(part) == 4]
    if len(years) != 1 or len(months) > 1 or len(numbers) + len(months) != len(parts) or len(parts) > 3:
        return None
    rest = [int(part) for part in numbers if part != years[0] and len(part) < 3]
    if len(rest) + 1 != len(numbers):
        return None
    year = int(years[0])
    if months:
        return _if_exists(year, months[0], *rest)
    if parts[0] == years[0] or len(rest) < 2:
        return _if_exists(year, *rest)
    return _day_and_month(year, rest[0], rest[1], by_slash="/" in text)


def _day_and_month(year: int, first: int, second: int, *, by_slash: bool) -> str | None:
    """A date that ends in its year. Behind slashes the month stands first for some and second for others."""
    if second > 12:
        return _if_exists(year, first, second)
    if by_slash and first <= 12 and first != second:
        return None
    return _if_exists(year, second, first)


def _if_exists(*parts: int) -> str | None:
    if len(parts) == 3 and _exist(parts[:2]) and parts[2] <= 31:
        parts = (*parts[:2], min(parts[2], monthrange(*parts[:2])[1]))
    return "-".join(f"{part:02}" for part in parts) if _exist(parts) else None


def _exist(parts: DateParts) -> bool:
    year, month, day = (*parts, 1, 1)[:3]
    return 1000 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _month_names() -> dict[str, int]:
    """The number of each month, by its names in the languages of the site, in full and short."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale.parse(language).months["format"][width].items():
                names[name.casefold().rstrip(".")] = int(number)
    return names


_MONTHS = _month_names()
