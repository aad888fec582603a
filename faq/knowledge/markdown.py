"""Markdown to safe HTML and to plain text. Limit references become numbers in the reader's notation.

Order matters: references are filled, Markdown is rendered, and nh3 cleans what comes out; nothing is decoded or put
together after that, but for the links to entries, whose form is checked here. Pure: `faq.pages.safe_html` marks the
result as safe.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from faq.knowledge.entry import ELSEWHERE, LIMIT_REFERENCE, LINK, MAX_ANSWER, SLUG
from faq.knowledge.limits import Catalogue

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "div", "dl", "dt", "em", "h3", "h4", "h5",
    "hr", "i", "kbd", "li", "mark", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "ul", "var",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
NOTE_CLASSES = {"note", "note-title"}
SCHEMES = {"http", "https", "mailto"}
NOTE_TITLES = {
    "nl": {
        "NOTE": "Let op",
        "TIP": "Tip",
        "IMPORTANT": "Belangrijk",
        "WARNING": "Waarschuwing",
        "CAUTION": "Voorzichtig",
    },
    "en": {"NOTE": "Note", "TIP": "Tip", "IMPORTANT": "Important", "WARNING": "Warning", "CAUTION": "Caution"},
}
MISSING_LIMIT = {"nl": "[limiet {key} ontbreekt]", "en": "[limit {key} is missing]"}

_ENTRY_ADDRESS = re.compile(rf'href="entry:({SLUG.pattern})"')
_TABLE = re.compile(r"<(/?)table\b[^>]*>")
_OTHER_SITE = re.compile(r"[a-zA-Z][\w+.-]*:|[/\\]{2}")
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer as HTML (links to entries as `entry:slug`), as plain text, and its first paragraph as plain text."""

    html: str
    plain: str
    summary: str


def fill_limits(text: str, catalogue: Catalogue, language: str, *, strict: bool = True) -> str:
    """Put the number of each `{limit:…}` reference in its place, in the language's notation.

    Raises `UnknownLimit` for a key the catalogue lacks, or with strict=False says in the text that it is missing.
    """

    def shown(reference: re.Match[str]) -> str:
        key = reference[1]
        if key not in catalogue and not strict:
            return _MARKDOWN_SPECIAL.sub(r"\\\1", MISSING_LIMIT[language].format(key=key))
        return _MARKDOWN_SPECIAL.sub(r"\\\1", catalogue[key].shown(language))

    return LIMIT_REFERENCE.sub(shown, text)


def portable_answer(answer: str, catalogue: Catalogue, language: str) -> str:
    """An answer that stands without this site: numbers for limit references, anchors of one page for links."""

    def anchored(link: re.Match[str]) -> str:
        return f"](#{link[1]})" if SLUG.fullmatch(link[1]) else link[0]

    return LINK.sub(anchored, fill_limits(answer, catalogue, language, strict=False))


def render_answer(answer: str, catalogue: Catalogue, language: str, *, strict: bool = True) -> Rendered:
    """Render an answer written in Markdown. Raises `UnknownLimit` unless strict=False; cuts it at `MAX_ANSWER`."""
    filled = fill_limits(answer[:MAX_ANSWER], catalogue, language, strict=strict)
    markdown = MarkdownIt("commonmark", {"html": True, "alerts": True}).enable("table")
    tokens = markdown.parse(filled)
    _prepare(tokens, language)
    unsafe = markdown.renderer.render(tokens, markdown.options, {})
    clean = nh3.clean(
        unsafe,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"div": NOTE_CLASSES, "p": NOTE_CLASSES},
        url_schemes=SCHEMES,
        attribute_filter=_kept_attribute,
        link_rel=None,
    )
    plain = plain_text(clean)
    return Rendered(clean, plain, plain.partition("\n")[0])


def rendered_markdown(written: str) -> str:
    """A Markdown document of our own as clean HTML, to paste elsewhere. Raw HTML in it stays text."""
    html_of_it = MarkdownIt("commonmark", {"html": False}).enable("table").render(written)
    return nh3.clean(html_of_it, tags=TAGS | {"h1", "h2"}, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def plain_text(clean: str) -> str:
    """The words of rendered HTML, a line per block, without any tag. It is text: escape it before it is shown."""
    broken = re.sub(r"</(?:p|li|h[3-5]|tr|dt|dd|pre|div)>|<br>", "\n", clean.replace("\n", " "))
    spaced = re.sub(r"</t[dh]>", " · ", broken)
    words = html.unescape(nh3.clean(spaced, tags=set()))
    lines = (" ".join(line.split()).removesuffix(" ·") for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def short_answer(clean: str) -> str:
    """The first paragraph of rendered HTML, with the list or table that it leads in where it ends in a colon."""
    first, end, rest = clean.partition("</p>")
    if not end or not clean.lstrip().startswith("<p") or not plain_text(first).endswith(":"):
        return first + end
    return first + end + _first_block(rest)


def _first_block(clean: str) -> str:
    """The element that HTML begins with, whole."""
    begins = re.match(r"\s*<(\w+)", clean)
    depth = 0
    for tag in re.finditer(rf"<(/?){begins[1]}\b[^>]*>", clean) if begins else ():
        depth += -1 if tag[1] else 1
        if depth == 0:
            return clean[: tag.end()]
    return ""


def linked_slugs(clean: str) -> list[str]:
    """The slugs of the entries that rendered HTML links to, in order."""
    return _ENTRY_ADDRESS.findall(clean)


def with_entry_urls(clean: str, url: Callable[[str], str]) -> str:
    """Rendered HTML in which each link to an entry leads to what `url(slug)` gives."""
    return _ENTRY_ADDRESS.sub(lambda link: f'href="{html.escape(url(link[1]))}"', clean)


def with_sites_in_new_windows(clean: str) -> str:
    """Rendered HTML in which a link to a site opens a window of its own, as in a frame of a portal."""
    return clean.replace('<a href="https://', '<a target="_blank" rel="noopener" href="https://').replace(
        '<a href="http://', '<a target="_blank" rel="noopener" href="http://'
    )


def with_reachable_tables(clean: str, name: Callable[[int], str]) -> str:
    """Rendered HTML in which each table is in a region that scrolls by itself, also by keyboard; `name(number)` says
    what the region of a table is called, counted from 1.
    """
    numbers = count(1)

    def in_region(tag: re.Match[str]) -> str:
        if tag[1]:
            return f"{tag[0]}</div>"
        label = html.escape(name(next(numbers)))
        return f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">{tag[0]}'

    return _TABLE.sub(in_region, clean)


def with_links_in_new_windows(clean: str) -> str:
    """Rendered HTML in which every link opens a window of its own, where leaving the page would lose what is on it."""
    return clean.replace('<a href="', '<a target="_blank" rel="noopener" href="')


def _prepare(tokens: list[Token], language: str) -> None:
    """Give notes their title, headings their place below the page's own, and make no header of an empty cell."""
    for number, token in enumerate(tokens):
        if token.type == "heading_open" or token.type == "heading_close":
            token.tag = f"h{min(5, max(3, int(token.tag[1])))}"
        elif token.type == "th_open" and not tokens[number + 1].content:
            token.tag = tokens[number + 2].tag = "td"
        elif token.type == "alert_open":
            token.attrs["class"] = "note"
        elif token.type == "alert_title_open":
            token.attrs["class"] = "note-title"
            title = tokens[number + 1]
            title.content = NOTE_TITLES[language].get(title.content.upper(), title.content)
            title.children = [Token("text", "", 0, content=title.content)]


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    return link_target(value) if (tag, name) == ("a", "href") else value


def link_target(target: str) -> str | None:
    """`entry:slug` for a link to an entry in any form it is written; an address with a scheme as it is; else None.

    A relative path to a document of somebody else's site leads nowhere here: the words stay and the dead link goes.
    A path with a fragment points at an entry.
    """
    if ELSEWHERE.match(target):
        return target
    fragment = target.rpartition("#")[2].lower()
    return f"entry:{fragment}" if SLUG.fullmatch(fragment) and not _OTHER_SITE.match(target) else None
