"""Characters that not every form of a page can hold. Pure.

XML 1.0 has no control characters but tab and line breaks, no halves of a surrogate pair, and neither U+FFFE nor U+FFFF
(https://www.w3.org/TR/xml/#charsets); a database may refuse NUL, and UTF-8 the surrogates. So no text holds them.
"""

from __future__ import annotations

import re
import unicodedata

_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c]")
"""What office programs and old systems write between lines and pages."""

_NAMES = {0x00: "NUL", 0x07: "BELL", 0x08: "BACKSPACE", 0x0B: "VERTICAL TAB", 0x0C: "FORM FEED", 0x1B: "ESCAPE"}
REPLACEMENT = "\ufffd"


def unholdable(text: str) -> tuple[str, ...]:
    """The characters of a text that not every form of a page can hold, each once, in order."""
    return tuple(dict.fromkeys(_UNHOLDABLE.findall(text)))


def named(character: str) -> str:
    """A character that nobody sees, by its number and, where it has one, its name: `U+0007 (BELL)`."""
    number = ord(character)
    name = _NAMES.get(number) or unicodedata.name(character, "")
    return f"U+{number:04X}" + (f" ({name})" if name else "")


def with_plain_breaks(text: str) -> str:
    """A text in which every break of a line or a page is a line feed, as Word's soft break (U+000B) is not."""
    return _BREAKS.sub("\n", text)


def holdable(text: str) -> str:
    """A text as XML can hold it: breaks as line feeds, `REPLACEMENT` for what it cannot hold."""
    return _UNHOLDABLE.sub(REPLACEMENT, with_plain_breaks(text))
