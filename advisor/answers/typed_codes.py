"""A code as somebody types it: what it is, and what is wrong with it. Pure: it looks nothing up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.answers.saved_designs import CODE_LENGTH, plain_code
from web.readable_codes import READABLE

_IN_LINK = re.compile(r"/case/([^/?#\s]+)", re.IGNORECASE)
_SHAPE = re.compile(rf"[{READABLE}]{{{CODE_LENGTH // 2}}}([- ]?)[{READABLE}]{{{CODE_LENGTH // 2}}}")


@dataclass(frozen=True, slots=True)
class TypedCode:
    """What was typed, and the signs of the code without what people put in it for legibility."""

    typed: str
    plain: str

    @property
    def unknown_signs(self) -> tuple[str, ...]:
        """The signs that occur in no code, each once."""
        return tuple(dict.fromkeys(sign for sign in self.plain if sign not in READABLE))

    @property
    def has_length(self) -> bool:
        """Whether it has as many signs as a code."""
        return len(self.plain) == CODE_LENGTH

    @property
    def is_whole(self) -> bool:
        """Whether it may be a code at all: enough signs, all of which occur in codes."""
        return self.has_length and not self.unknown_signs

    @property
    def looks_like_one(self) -> bool:
        """Whether it is written as codes are, which no words of a question are: in two halves with a digit in them, or
        in capitals with a hyphen between.
        """
        shape = _SHAPE.fullmatch(self.typed.upper())
        has_digit = any(sign.isdigit() for sign in self.plain) and not self.plain.isdigit()
        return shape is not None and (has_digit or (shape[1] == "-" and self.typed.isupper()))


def typed_code(typed: str) -> TypedCode:
    """The code in what was typed, which may be the link to its page."""
    link = _IN_LINK.search(typed)
    written = (link[1] if link else typed).strip()
    return TypedCode(written, plain_code(written))
