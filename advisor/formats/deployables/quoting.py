"""Text in code: one function for each language writes a text as a literal, another as a comment.

Nothing else writes what somebody typed into a file. What these functions return cannot end its literal or comment, is
not run, and is not filled in with a value of the language. Characters that nobody sees are shown as escapes.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator

LONGEST_COMMENT = 120
"""Characters of a line with a comment, with what begins it. A single longer word, as a URL, stays whole."""

_JOINERS = "\u200c\u200d"
"""They change how letters and emoji join, and nothing else."""
_COMMENT_OF_BICEP = re.compile(r"(?<![A-Za-z0-9:])/(?=[/*])")
"""Where tree-sitter, by which editors color Bicep, sees a comment begin in a string: not behind a word or `https:`."""
_NOT_IN_MESSAGES = re.compile(r"[^\w.,:/+=-]")
_SPACES = re.compile(r"\s+")


def _hidden(character: str) -> bool:
    """Whether a character controls how others are read or shown: control, bidi and other format characters, breaks of
    lines, halves of surrogate pairs.
    """
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in _JOINERS


def _escaped(text: str, named: dict[str, str], numbered: Callable[[int], str]) -> str:
    """A text with an escape for each character that has one by name or is hidden."""
    return "".join(
        named[character] if character in named else numbered(ord(character)) if _hidden(character) else character
        for character in text
    )


def _whole(text: str) -> str:
    """A text with U+FFFD for each half of a surrogate pair, which no file in UTF-8 holds."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def bicep(text: str) -> str:
    """A text as a string of Bicep, in its single quotes.

    https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings
    """
    named = {"\\": r"\\", "'": r"\'", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
    written = _escaped(_whole(text), named, lambda number: f"\\u{{{number:x}}}").replace("${", r"\${")
    return "'" + _COMMENT_OF_BICEP.sub(r"\\u{2f}", written) + "'"


def hcl(text: str) -> str:
    """A text as a string of Terraform, in its double quotes.

    https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
    """
    named = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
    written = _escaped(
        _whole(text), named, lambda number: f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    )
    return '"' + written.replace("${", "$${").replace("%{", "%%{") + '"'


def shell(text: str) -> str:
    """A text as one word of Bash, in single quotes where it has more than letters, digits and `._/:,=+-`.

    A word holds no NUL and, as `az` reads the file of that name instead, does not begin with `@`: ValueError.
    """
    if "\0" in text or text.startswith("@"):
        raise ValueError(f"no word for az: {text!r}")
    if re.fullmatch(r"[A-Za-z0-9._/:,=+-]+", text):
        return text
    return "'" + text.replace("'", r"'\''") + "'"


def shell_message(text: str) -> str:
    """A text for people as the words of `"${NAME:?words}"` in Bash, without the quotes: on one line.

    There Bash expands more than in other double quotes (`<(command)`, `~`, single quotes), and not all of it can be
    escaped. So only letters, digits and harmless punctuation stay; a space stands for the rest.
    """
    return plain(_NOT_IN_MESSAGES.sub(" ", text))


def swanctl(text: str) -> str:
    """A text as a value of swanctl.conf, in double quotes, on one line.

    https://docs.strongswan.org/docs/latest/config/strongswanConf.html
    """
    return '"' + re.sub(r'([\\"])', r"\\\1", plain(text)) + '"'


def plain(text: str) -> str:
    """A text on one line without hidden characters: a space stands for each run of them."""
    shown = "".join(" " if _hidden(character) else character for character in text)
    return _SPACES.sub(" ", shown).strip()


def comment(text: str, mark: str, indent: str = "") -> Iterator[str]:
    """A text as lines of comment, each with the mark of the language (`//`, `#`) behind an indent.

    A line is at most `LONGEST_COMMENT` characters; a longer text takes more lines. An empty text takes none.
    """
    start = f"{indent}{mark} "
    room = LONGEST_COMMENT - len(start)
    for line in textwrap.wrap(plain(text), room, break_long_words=False, break_on_hyphens=False):
        yield start + line
