"""What is taken out of words that visitors type before anything of them is stored."""

from __future__ import annotations

import re
import unicodedata

MAX_TEXT = 200
"""Characters of a question that are kept."""

LEFT_OUT = "…"
"""What stands in the place of anything that could tell who asks, or of which network."""

_HOST_ENDINGS = "com|net|org|info|biz|io|nl|be|de|eu|uk|fr|gov|edu|local|lan|internal|corp"
_OCTET = r"(?:\d{1,3}|x{1,3}|\*)"
_PERSONAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[a-z][a-z0-9+.-]*://\S*|\bwww\.\S+",
        # E-mail addresses, also half of one, and one with spaces around the sign.
        r"\S+\s?[@＠]\s?\S+\.\S+|\S+[@＠]\S*|\S*[@＠]\S+",
        # Names of hosts: with a path, with two dots, or with a usual ending.
        r"(?<![\w.])(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/\S*|(?<![\w.])(?:[\w-]+\.){2,}[^\W\d_]{2,}(?!\w)\S*",
        rf"(?<![\w.@])(?:[\w-]+\.)+(?:{_HOST_ENDINGS})(?![\w@])",
        # Keys, GUIDs and other long tokens with digits.
        r"(?<!\S)(?=\S*\d)\S{20,}",
        # MAC and IPv6 addresses and prefixes.
        r"(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:])",
        r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4})(?:%\w+)?(?:/\d{1,3})?(?![\w:])",
        # IPv4 addresses and prefixes, also shortened ones.
        rf"(?<![\w.])\d{{1,3}}(?:[.,-]{_OCTET}){{3}}(?:\s?/\s?\d{{1,2}})?(?!\w)",
        rf"(?<![\w.])\d{{1,3}}(?:\.{_OCTET}){{1,2}}\s?/\s?\d{{1,2}}(?!\w)|(?<![\w.])\d{{1,3}}(?:\.\d{{1,3}})*(?:\.[x*])+(?!\w)",
        r"(?<![\w.])(?:10|172|192)\.\d{1,3}\.\d{1,3}(?![\w.])",
        # Phone numbers, and long runs of digits.
        r"(?:\+|(?<!\d)\(?0)\s?\d?(?:[\s().\-/]{0,3}\d){6,}",
        r"\(?(?<!\d)\d(?:[\s().\-/]{0,2}\d){8,}",
        r"\d{6,}",
    )
)
_REPEATED = re.compile(rf"{LEFT_OUT}(?:\s*{LEFT_OUT})+")


def impersonal(text: str) -> str:
    """A question as it is kept: one form of writing, nothing that tells who asks; empty where nothing else is left."""
    cut, text = len(text) >= MAX_TEXT, text[:MAX_TEXT]
    if cut:
        text = text.rpartition(" ")[0]  # half of a word may be half of an address
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    text = without_persons(text)[:MAX_TEXT].strip()
    return text if any(char.isalnum() for char in text) else ""


def without_persons(text: str) -> str:
    """A text in which `LEFT_OUT` stands for whatever could tell of a person, a machine or a network."""
    text = unicodedata.normalize("NFC", text)
    for pattern in _PERSONAL:
        text = pattern.sub(LEFT_OUT, text)
    return _REPEATED.sub(LEFT_OUT, text)
