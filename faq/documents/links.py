"""The links and images of an answer, as they can be shown on this site.

Links by reference are written out. An image leaves its alternative text. A link leads to an entry that is there, or to
a full address; any other leaves its words. Whatever goes is reported with its line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from markdown_it.common.utils import normalizeReference

from faq.documents.inline import code_spans
from faq.documents.model import Fault
from faq.documents.slugs import clean_anchor

_TOKEN = re.compile(r"\\.|!\[|\[|\]|<!?/?[a-zA-Z][^<>]*>", re.DOTALL)
_TARGET = re.compile(
    r"\(\s*(?:<(?P<pointed>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))"
    r"(?:\s+(?P<title>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)",
    re.DOTALL,
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_QUOTED_BREAK = re.compile(r"\n[ \t>]*")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_UNSHOWN = {"iframe", "video", "audio", "embed", "object", "source", "svg", "input"}
_SHOWN = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,30}:")
_UNFIT_IN_TARGET = re.compile(r"[\s<>]")

Place = Callable[[int], tuple[str, int]]
"""The file and the line of a place in the text that is looked at."""


@dataclass(slots=True)
class Links:
    """Rewrites the links of one document.

    `references` are the targets and titles that its definitions give to names. `anchors` are the slugs, of entries and
    of sections, that the anchors of the document lead to, or of the edition that it goes to. `base` is the address that
    relative links belong to. `used` are the names whose targets stand in an answer.
    """

    file_name: str
    base: str = ""
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def rewrite(self, text: str, place: Place, *, brackets: bool = True) -> str:
        """A block of an answer with its links made ready; `brackets` is false for HTML, where only tags count."""
        if not any(mark in text for mark in "[<"):
            return text
        return _Rewriting(self, text, place, brackets).run()

    def target(self, written: str, place: tuple[str, int]) -> str:
        """Where a link leads, or nothing where it leads nowhere here, which is then reported."""
        if _SHOWN.match(written):
            return written
        path, _, fragment = written.partition("#")
        if not path or path.removeprefix("./") == self.file_name:
            slug = self.anchors.get(clean_anchor(fragment) or "")
            if not slug:
                self.warn(place, f"the link to {written!r} leads to no question of this document; its text was kept")
            return f"#{slug}" if slug else ""
        if _OTHER_SCHEME.match(written):
            self.warn(place, f"a link to {written!r} is not shown here; its text was kept")
            return ""
        full = self.full(written)
        if not full:
            self.warn(place, f"the link to {written!r} is relative; its text was kept (--base gives it an address)")
        return full

    def full(self, written: str) -> str:
        """A full address of the web, or nothing."""
        if _WEB.match(written):
            return written
        try:
            full = urljoin(self.base, written) if self.base else ""
        except ValueError:
            return ""
        return full if _WEB.match(full) else ""

    def reference(self, label: str) -> tuple[str, str] | None:
        """The target and title of a name, where the document defines it."""
        is_name = label.strip() and not label.startswith("^")
        return self.references.get(_name_of(label)) if is_name else None

    def warn(self, place: tuple[str, int], reason: str) -> None:
        """Report something that is not kept as it was."""
        self.warnings.append(Fault(*place, reason))


class TitleLinks(Links):
    """Rewrites what stands in a heading, which can hold neither links nor images: their words stay."""

    __slots__ = ()

    def target(self, written: str, place: tuple[str, int]) -> str:
        """No link stays; one to elsewhere is reported."""
        if not written.startswith("#"):
            self.warn(place, f"a question or title holds no link: the one to {written!r} went, and its text was kept")
        return ""

    def full(self, written: str) -> str:
        """No image becomes a link."""
        return ""


@dataclass(slots=True)
class _Opener:
    """A bracket that may begin a link or an image: where it stands in the text and among the pieces."""

    start: int
    piece: int
    is_image: bool
    may_link: bool = True


class _Rewriting:
    def __init__(self, links: Links, text: str, place: Place, brackets: bool) -> None:
        self.links, self.text, self.place, self.brackets = links, text, place, brackets
        self.pieces: list[str] = []
        self.openers: list[_Opener] = []
        self.done = 0
        self.dropped_tags = 0

    def run(self) -> str:
        spans = dict(code_spans(self.text)) if self.brackets else {}
        position = 0
        starts = sorted(spans)
        while token := _TOKEN.search(self.text, position):
            while starts and starts[0] < token.start():
                position = max(position, spans[starts.pop(0)])
            if position > token.start():
                continue
            position = token.end()
            if token[0][0] == "<":
                self.tag(token)
            elif self.brackets and token[0] in ("[", "!["):
                self.up_to(token.start())
                self.openers.append(_Opener(token.end(), len(self.pieces), token[0] == "!["))
                self.add(token[0], token.end())
            elif self.brackets and token[0] == "]" and self.openers:
                position = self.close(self.openers.pop(), token.start())
        self.up_to(len(self.text))
        return "".join(self.pieces)

    def up_to(self, end: int) -> None:
        self.pieces.append(self.text[self.done : end])
        self.done = end

    def add(self, piece: str, end: int) -> None:
        self.pieces.append(piece)
        self.done = end

    def close(self, opener: _Opener, bracket: int) -> int:
        """Deal with a closing bracket, and say where the text goes on."""
        found = self.found(self.text[opener.start : bracket], bracket + 1) if opener.may_link else None
        if found is None:
            return bracket + 1
        written, title, end, name = found
        self.up_to(bracket)
        inner = "".join(self.pieces[opener.piece + 1 :])
        del self.pieces[opener.piece :]
        place = self.place(opener.start)
        if opener.is_image:
            shown = self.image(inner, written, place)
            if shown.startswith("[") and not title:
                self.links.used.add(name)
            self.add(shown, end)
            return end
        for outer in reversed(self.openers):
            if not outer.may_link:
                break
            outer.may_link = outer.is_image
        target = self.links.target(written, place)
        if target:
            self.links.used.add(name)
        if target and target == written and self.text.startswith("](", bracket):
            self.add(f"[{inner}{self.text[bracket:end]}", end)
        else:
            self.add(f"[{inner}]({_destination(target)}{title})" if target else inner, end)
        return end

    def found(self, words: str, after: int) -> tuple[str, str, int, str] | None:
        """The target of what the bracket closed, its title as it is to be written, where it ends, and its name."""
        if inline := _TARGET.match(self.text, after):
            written = inline["pointed"] if inline["pointed"] is not None else inline["bare"]
            return _unescaped(written), f" {inline['title']}" if inline["title"] else "", inline.end(), ""
        label = _LABEL.match(self.text, after)
        name = label[1] if label and label[1].strip() else words
        found = self.links.reference(name)
        if not found:
            return None
        title = found[1].replace("\\", "\\\\").replace('"', '\\"')
        return found[0], f' "{title}"' if title else "", label.end() if label else after, _name_of(name)

    def image(self, alternative: str, written: str, place: tuple[str, int]) -> str:
        words = " ".join(alternative.split())
        if not words:
            self.links.warn(place, f"the image {written} is not shown, and has no alternative text")
            return ""
        full = self.links.full(written)
        stands = "a link to it stands" if full else "its alternative text stands"
        self.links.warn(place, f"the image {written} ({words}) is not shown; {stands} in its place")
        inside = any(opener.may_link and not opener.is_image for opener in self.openers)
        return f"[{words}]({_destination(full)})" if full and not inside else words

    def tag(self, token: re.Match[str]) -> None:
        name = re.match(r"<!?(/?[a-zA-Z0-9]+)", token[0])
        tag = name[1].lower() if name else ""
        fields = {found[0].lower(): html.unescape("".join(found[1:])) for found in _ATTRIBUTE.findall(token[0])}
        if tag == "img":
            self.up_to(token.start())
            written = fields.get("src", "")
            words = _plain(fields.get("alt", ""))
            if self.brackets:
                self.add(self.image(words, written, self.place(token.start())), token.end())
            else:
                self.image(words, written, self.place(token.start()))
                self.add(html.escape(" ".join(fields.get("alt", "").split()), quote=False), token.end())
        elif tag == "a" and "href" in fields:
            target = self.links.target(fields["href"], self.place(token.start()))
            if target != fields["href"]:
                self.up_to(token.start())
                self.dropped_tags += not target
                self.add(f'<a href="{html.escape(target)}">' if target else "", token.end())
        elif tag == "/a" and self.dropped_tags:
            self.dropped_tags -= 1
            self.up_to(token.start())
            self.add("", token.end())
        elif tag in _UNSHOWN:
            self.links.warn(self.place(token.start()), f"<{tag}> is not shown: {token[0][:200]}")


def _name_of(label: str) -> str:
    """The name of a definition as it is looked up, also where its words break over quoted lines."""
    return str(normalizeReference(_QUOTED_BREAK.sub(" ", label)))


def _destination(target: str) -> str:
    """A target as Markdown can hold it in a link."""
    plain = target.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    plain = _UNFIT_IN_TARGET.sub("", plain)
    return plain.replace("(", "%28").replace(")", "%29")


def _unescaped(written: str) -> str:
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written))


def _plain(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", words)
