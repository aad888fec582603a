"""Characters that XML cannot hold."""

from __future__ import annotations

import sys
from xml.parsers import expat

from web.characters import holdable, named, unholdable


def _xml_holds(character: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<a>{character}</a>".encode(), True)
    except (expat.ExpatError, UnicodeEncodeError):
        return character in "<&"
    return True


def test_just_what_a_parser_refuses_is_refused() -> None:
    refused = {chr(number) for number in range(sys.maxunicode + 1) if unholdable(chr(number))}
    for number in [*range(0x300), *range(0xD7F0, 0xE010), *range(0xFFF0, 0x10010), sys.maxunicode]:
        assert (chr(number) in refused) == (not _xml_holds(chr(number))), hex(number)
    assert max(refused) == "\uffff"


def test_what_is_made_holdable_is_held_and_keeps_its_lines() -> None:
    made = holdable("a\x0bb\x0cc\r\nd\re\x00\x1b\ud800\ufffe\tf")
    assert made == "a\nb\nc\nd\ne\ufffd\ufffd\ufffd\ufffd\tf"
    assert holdable(made) == made
    assert not unholdable(made)


def test_a_character_that_nobody_sees_has_a_name() -> None:
    assert [named(one) for one in ("\x07", "\x00", "\ufffe")] == ["U+0007 (BELL)", "U+0000 (NUL)", "U+FFFE"]
