"""A reply to somebody who asked: the questions as they were asked, with the short answers and their links, as text and
as formatted text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from faq.knowledge.text_layout import laid_out_text


@dataclass(frozen=True, slots=True)
class Said:
    """An entry as a reply tells it: its question, its short answer as clean HTML with whole links, and its own."""

    question: str
    short_answer: str
    link: str
    language: str


@dataclass(frozen=True, slots=True)
class Replied:
    """What a reply says to one or more questions, as they were asked."""

    asked: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as plain text and as a piece of HTML. Both are to be pasted; neither is safe to show as a page's own."""

    text: str
    html: str


def reply_to(replied: Sequence[Replied], language: str) -> Reply:
    """A reply in a language: a greeting, each question with its answers, and a closing."""
    count = sum(len(one.asked) for one in replied)
    with override(language):
        greeting, closing = _("Hello,"), _("Kind regards,")
        opening = ngettext("Here is the answer to your question.", "Here are the answers to your questions.", count)
        blocks = [block for one in replied for block in _blocks(one)]
        formatted = "".join(html for one in replied for html in _formatted(one, language))
    ends = [f"<p>{escape(words)}</p>" for words in (greeting, opening, closing)]
    return Reply(
        "\n\n".join((greeting, opening, *blocks, closing)) + "\n",
        f'<div lang="{language}">{ends[0]}{ends[1]}{formatted}{ends[2]}</div>',
    )


def _blocks(one: Replied) -> Iterator[str]:
    """The blocks of text that answer: the questions quoted as mails quote, and below them each answer with its link."""
    if one.asked:
        yield "\n".join(f"> {asked}" for asked in one.asked)
    for said in one.said:
        if not one.asked:
            yield said.question
        yield laid_out_text(said.short_answer)
        yield _("More: %(link)s") % {"link": said.link}


def _formatted(one: Replied, language: str) -> Iterator[str]:
    if one.asked:
        yield f"<blockquote>{'<br>'.join(escape(asked, quote=False) for asked in one.asked)}</blockquote>"
    for said in one.said:
        if not one.asked:
            yield f"<p><strong>{escape(said.question, quote=False)}</strong></p>"
        other = f' lang="{said.language}"' if said.language != language else ""
        yield f"<div{other}>{said.short_answer}</div>"
        yield f'<p><a href="{escape(said.link)}">{escape(said.question, quote=False)}</a></p>'
