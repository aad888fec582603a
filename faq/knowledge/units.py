"""The units of limits, and how a value of each is shown. Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

COUNTS = frozenset(
    {
        "address",
        "certificate",
        "circuit",
        "client",
        "connection",
        "endpoint",
        "flow",
        "gateway",
        "group-count",
        "hub",
        "member",
        "packet-per-second",
        "peer",
        "peering",
        "policy",
        "prefix",
        "route",
        "rule",
        "sa",
        "scale-unit",
        "site",
        "times",
        "tunnel",
        "user",
        "vnet",
    }
)
"""Units that are counted: shown as the number alone, because the sentence names what is counted."""

CODES = frozenset({"asn", "generation", "group", "name", "network", "port", "sku", "system"})
"""Units that are names or numbers used as names: shown as written, without a thousands separator."""

MEASURES = {
    "bit": "digital-bit",
    "byte": "digital-byte",
    "hour": "duration-hour",
    "kilobyte": "digital-kilobyte",
    "minute": "duration-minute",
    "second": "duration-second",
}
"""Units that Babel's locale data can name, by their CLDR identifier."""

UNITS = COUNTS | CODES | MEASURES.keys() | {"Mbps", "character", "date", "percent", "prefix-length", "text", "yes-no"}

SYSTEMS = {
    "windows-7": "Windows 7",
    "windows-8": "Windows 8",
    "windows-8.1": "Windows 8.1",
    "windows-10": "Windows 10",
    "windows-11": "Windows 11",
    "windows-server-2008-r2": "Windows Server 2008 R2",
    "windows-server-2012": "Windows Server 2012",
    "windows-server-2012-r2": "Windows Server 2012 R2",
    "windows-server-2016": "Windows Server 2016",
    "windows-server-2019": "Windows Server 2019",
    "windows-server-2022": "Windows Server 2022",
    "windows-server-2025": "Windows Server 2025",
    "macos": "macOS",
    "linux": "Linux",
    "ios": "iOS",
    "android": "Android",
}
"""Client systems by code, with the name that their makers give them in every language."""

REMEMBERED = 10_000
"""Numbers, and days, of which a process remembers how they are written."""

_YES_NO = {"nl": ("ja", "nee"), "en": ("yes", "no")}


def show_mbps(mbps: float | Decimal, language: str) -> str:
    """A bandwidth in Mbps in the reader's notation, in Gbps from 1,000 on: `200 Mbit/s`, `1.25 Gbps`."""
    gigabit = mbps >= 1000
    amount = show_number(mbps / 1000 if gigabit else mbps, language)
    prefix = "G" if gigabit else "M"
    return f"{amount} {prefix}bit/s" if language == "nl" else f"{amount} {prefix}bps"


@lru_cache(maxsize=REMEMBERED)
def show_number(value: float | Decimal, language: str) -> str:
    """A number with the separators of the language; remembered: a page says the same few many times."""
    return format_decimal(value, locale=language, decimal_quantization=False)


@lru_cache(maxsize=REMEMBERED)
def show_day(day: date, language: str) -> str:
    """A day as a reader writes it: `18 oktober 2016`."""
    return format_date(day, "long", locale=language)


def show_measured(value: float, unit: str, language: str) -> str:
    """A number with its unit, or alone where its unit is what is counted."""
    if unit == "Mbps":
        return show_mbps(value, language)
    if unit in MEASURES:
        locale = Locale.parse(language)
        shown = format_unit(value, MEASURES[unit], length="long", locale=locale)
        # Dutch has "byte" as a short form only, and Babel then answers with the identifier.
        return shown if MEASURES[unit] not in shown else format_unit(value, MEASURES[unit], "short", locale=locale)
    return show_number(value, language)


def show_value(value: Any, unit: str, language: str) -> str:
    """One value of a limit in the reader's notation."""
    if isinstance(value, bool):
        return _YES_NO[language][0 if value else 1]
    if isinstance(value, date):
        return show_day(value, language)
    if unit == "percent":
        return format_percent(Decimal(str(value)) / 100, locale=language, decimal_quantization=False)
    if unit == "prefix-length":
        return f"/{value}"
    if isinstance(value, Mapping):
        return str(value[language])
    if unit == "system":
        return SYSTEMS[value]
    if isinstance(value, str) or unit in CODES:
        return str(value)
    return show_measured(value, unit, language)
