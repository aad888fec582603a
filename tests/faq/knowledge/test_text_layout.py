"""Answers as text to paste: what stays of lists, tables, code and links."""

from __future__ import annotations

import re

import pytest

from faq.knowledge.content_files import read_edition
from faq.knowledge.limits_file import read_catalogue
from faq.knowledge.markdown import render_answer
from faq.knowledge.text_layout import laid_out_text
from tests.builders import CONTENT

CASES = {
    "paragraphs": ("<p>One\ntwo.</p>\n<p>Three.</p>", "One two.\n\nThree."),
    "bullets": (
        "<p>Do:</p><ul><li>this</li><li>that</li></ul><p>Then stop.</p>",
        "Do:\n\n- this\n- that\n\nThen stop.",
    ),
    "steps": ("<ol><li>one</li><li><p>two</p><p>more</p></li></ol>", "1. one\n2. two\n   more"),
    "steps from": ('<ol start="9"><li>nine</li><li>ten</li></ol>', "9. nine\n10. ten"),
    "nested": ("<ol><li>one<ul><li>a</li><li>b</li></ul></li><li>two</li></ol>", "1. one\n   - a\n   - b\n2. two"),
    "table": (
        "<table><thead><tr><th>SKU</th><th>Tunnels</th></tr></thead><tbody><tr><td>Basic</td><td>10</td></tr></tbody></table>",
        "SKU | Tunnels\nBasic | 10",
    ),
    "code": ("<pre><code>a  b\n  c\n</code></pre><p>x <code>y  z</code></p>", "a  b\n  c\n\nx y z"),
    "link elsewhere": ('<p>See <a href="https://a.example/x">the page</a>.</p>', "See the page (https://a.example/x)."),
    "bare link": ('<p><a href="https://a.example">https://a.example</a></p>', "https://a.example"),
    "link to an entry": ('<p>See <a href="entry:bgp">BGP</a>.</p>', "See BGP."),
    "note": ('<div class="note"><p class="note-title">Note</p><p>Mind this.</p></div>', "Note\n\nMind this."),
    "line break": ("<p>One<br>two</p>", "One\ntwo"),
    "signs": ("<p>a &lt; b &amp; c</p>", "a < b & c"),
    "words alone": ("just words", "just words"),
    "nothing": ("", ""),
    "deeply nested": ("<div>" * 5_000 + "deep" + "</div>" * 5_000 + "<p>after</p>", "deep\n\nafter"),
}


@pytest.mark.parametrize(("html", "text"), CASES.values(), ids=list(CASES))
def test_html_becomes_text_that_keeps_its_shape(html: str, text: str) -> None:
    assert laid_out_text(html) == text


def test_every_word_list_and_number_of_the_shipped_answers_is_there() -> None:
    edition = read_edition(CONTENT / "2016-12")
    catalogue = read_catalogue(edition.code, edition.limits)
    for entry in edition.entries:
        for language, written in entry.texts.items():
            rendered = render_answer(written.answer, catalogue, language)
            text = laid_out_text(rendered.html)
            lines = [line.strip() for line in text.split("\n")]
            assert sum(line.startswith("- ") for line in lines) == rendered.html.count(
                "<ul>\n<li>"
            ) + rendered.html.count("</li>\n<li>") - _steps(rendered.html), entry.slug
            words = re.sub(r" \(https?://[^)]*\)", "", text)
            for word in rendered.plain.replace("·", " ").split():
                assert word in words, (entry.slug, word)


def _steps(html: str) -> int:
    """The items of numbered lists that follow another."""
    return sum(part.partition("</ol>")[0].count("</li>\n<li>") for part in html.split("<ol")[1:])
