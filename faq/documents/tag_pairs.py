"""Short codes that stand in pairs: an opening one, and the one that closes it.

Jekyll has `{% x %}` and `{% endx %}`, Hugo `{{< x >}}` and `{{< /x >}}`, Mustache `{{#x}}` and `{{/x}}`, WordPress
`[x]` and `[/x]`, and Docusaurus `:::note` and `:::`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from faq.documents.blocks import blocks_of
from faq.documents.inline import without_code
from faq.documents.model import Line

CODE_NAMES = {"highlight", "code", "codeblock", "raw", "verbatim", "prism"}
_NOTES = "note|tip|info|warning|caution|danger|important|success|attention|hint|details|admonition|seealso"
_FORMS = {
    "{%": re.compile(r"\{%-?\s{0,9}(?P<close>end)?(?P<name>[\w-]{1,80})(?P<said>[^\n]{0,300}?)-?%\}"),
    "{{": re.compile(
        r"\{\{[<%]-?\s{0,9}(?P<close>/)?\s{0,9}(?P<name>[\w./-]{1,80})(?P<said>[^\n]{0,300}?)-?[>%]\}\}"
        r"|\{\{(?:[#^]|(?P<shut>/))\s{0,9}(?P<block>[\w.-]{1,80})[^{}\n]{0,300}\}\}"
    ),
    "[": re.compile(
        r"(?<![\]!\\])\[(?P<close>/)?(?P<name>[A-Za-z][\w-]{0,40})(?P<said>(?:[ \t=][^\[\]\n]{0,300})?)\](?![\[(:])"
    ),
    ":::": re.compile(
        rf"^[ \t>]*(?P<name>:{{3,}})(?:(?P<close>[ \t]*$)|[ \t]*\{{?\.?(?:{_NOTES})\b(?P<said>.*))", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A short code as it is written in a line, and where: its name, what else it says, and whether it closes one."""

    start: int
    end: int
    written: str
    form: str
    name: str
    said: str
    closes: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """An opening short code and its closing one, each with the index of its line."""

    first: int
    opening: Tag
    last: int
    closing: Tag


def tags_in(text: str) -> list[Tag]:
    """The short codes of a line, in order."""
    return sorted(
        (_tag(form, found) for form, pattern in _FORMS.items() if form in text for found in pattern.finditer(text)),
        key=lambda tag: tag.start,
    )


def _tag(form: str, found: re.Match[str]) -> Tag:
    groups = found.groupdict()
    name, closes = groups["name"] or groups["block"], groups["close"] is not None or groups.get("shut") is not None
    return Tag(*found.span(), found[0], form, name, groups["said"] or "", closes)


def pairs_of(lines: Sequence[Line]) -> Iterator[Pair]:
    """The pairs of short codes over several lines, each after those inside it; one without its other half is none."""
    if not any(form in line.text for line in lines for form in _FORMS):
        return
    kinds = blocks_of([line.text for line in lines]).kinds
    opened: list[tuple[int, Tag]] = []
    count: Counter[tuple[str, str]] = Counter()
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        shows_code = bool(opened) and opened[-1][1].name in CODE_NAMES
        if kind == "code" and not shows_code:
            continue
        for tag in tags_in(line.text if shows_code else without_code(line.text)):
            key = tag.form, tag.name
            if not tag.closes:
                opened.append((index, tag))
                count[key] += 1
            while tag.closes and count[key]:
                first, opening = opened.pop()
                count[opening.form, opening.name] -= 1
                if (opening.form, opening.name) == key:
                    if first < index:
                        yield Pair(first, opening, index, tag)
                    break
