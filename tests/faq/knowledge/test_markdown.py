"""Markdown to safe HTML: limits become numbers, entry links addresses, and nothing hostile survives."""

from __future__ import annotations

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.knowledge.entry import MAX_ANSWER
from faq.knowledge.limits import UnknownLimit
from faq.knowledge.limits_file import read_catalogue
from faq.knowledge.markdown import (
    TAGS,
    fill_limits,
    plain_text,
    render_answer,
    short_answer,
    with_entry_urls,
    with_links_in_new_windows,
    with_reachable_tables,
)
from tests.cpu_time import takes_at_most
from tests.faq.builders import LIMITS

CATALOGUE = read_catalogue("x", LIMITS)


def html(answer: str, language: str = "nl") -> str:
    """An answer as HTML."""
    return render_answer(answer, CATALOGUE, language, strict=False).html


def test_a_limit_reference_becomes_its_number() -> None:
    assert html("Hooguit {limit:p2s.max_clients} tegelijk.") == "<p>Hooguit 128 tegelijk.</p>\n"


def test_an_unknown_limit_is_refused_when_publishing_and_named_in_a_preview() -> None:
    with pytest.raises(UnknownLimit):
        render_answer("{limit:p2s.nothing}", CATALOGUE, "nl")
    assert "[limiet p2s.nothing ontbreekt]" in html("{limit:p2s.nothing}")


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("what-is-expressroute", 'href="/nl/faq/what-is-expressroute/"'),
        ("#what-is-expressroute", 'href="/nl/faq/what-is-expressroute/"'),
        ("vpn-gateway-vpn-faq.md#what-is-expressroute", 'href="/nl/faq/what-is-expressroute/"'),
        ("https://example.org/x", 'href="https://example.org/x"'),
        ("mailto:desk@example.org", 'href="mailto:desk@example.org"'),
    ],
)
def test_a_link_leads_where_it_says(target: str, shown: str) -> None:
    assert shown in with_entry_urls(html(f"[meer]({target})"), lambda slug: f"/nl/faq/{slug}/")


@pytest.mark.parametrize(
    "target", ["vpn-gateway-about-vpn-devices.md", "../expressroute/faq.md", "//evil.example", "?q=1"]
)
def test_a_link_that_leads_nowhere_here_keeps_its_words_only(target: str) -> None:
    assert html(f"[meer]({target})") == "<p><a>meer</a></p>\n"


def test_a_note_is_titled_in_the_language_of_the_page() -> None:
    assert '<p class="note-title">Let op</p>' in html("> [!NOTE]\n> Eerst dit.")
    assert '<p class="note-title">Note</p>' in html("> [!NOTE]\n> This first.", "en")


def test_headings_of_an_answer_stand_below_those_of_the_page() -> None:
    assert html("# Groot") == "<h3>Groot</h3>\n"


def test_plain_text_is_words_only_a_line_per_block() -> None:
    answer = render_answer("**Ja.** Want `a < b`.\n\n- een\n- twee\n\n| x | y |\n|---|---|\n| 1 | 2 |", CATALOGUE, "nl")
    assert answer.plain == "Ja. Want a < b.\neen\ntwee\nx · y\n1 · 2"
    assert answer.summary == "Ja. Want a < b."


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))",
    "[x](&#106;avascript:alert(1))",
    '<a href="&#x6A;avascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    "<iframe src=data:text/html,x></iframe>",
    '<form action="https://evil.example"><input name=password></form>',
    '<p style="position:fixed;inset:0">x</p>',
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "![x](javascript:alert(1))",
    '<div class="masthead">x</div>',
    '[x]("onmouseover="alert(1))',
    "<a href='entry:x\" onclick=\"alert(1)'>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<base href=https://evil.example>",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_hostile_survives(payload: str) -> None:
    shown = str(with_entry_urls(html(payload), lambda slug: f"/nl/faq/{slug}/")).lower()
    bare = shown.replace("&lt;", "").replace("&gt;", "")
    for sign in ("<script", "<svg", "<math", "<iframe", "<form", "<meta", "<base", "<style", "<template", "style="):
        assert sign not in shown
    for sign in (
        'href="javascript',
        'href="data',
        'href="vbscript',
        " onerror=",
        " onload=",
        " onclick=",
        'class="masthead"',
    ):
        assert sign not in bare


@given(st.text(max_size=300))
def test_cleaning_rendered_html_again_changes_nothing(written: str) -> None:
    shown = html(written)
    assert nh3.clean(shown, tags=TAGS, link_rel=None, url_schemes={"entry", "http", "https", "mailto"}) == shown


@given(st.text(max_size=200))
def test_plain_text_has_no_tags_to_run(written: str) -> None:
    assert isinstance(plain_text(html(written)), str)


def test_filling_limits_leaves_other_braces_alone() -> None:
    assert fill_limits("{x} {limit:} {0}", CATALOGUE, "nl", strict=False).startswith("{x} ")


@pytest.mark.parametrize(
    "unit",
    ["[", "*a ", "> ", "<a ", "`", "![", "_a_", "{limit:", "|a", "- ", "&#", "<!--", "[a](", "\\", "![[](", "<b>"],
)
def test_the_longest_answer_is_rendered_within_seconds_however_it_is_nested(unit: str) -> None:
    takes_at_most(2, lambda: html(unit * (MAX_ANSWER // len(unit))))


def test_an_empty_cell_of_the_head_of_a_table_is_no_header() -> None:
    table = html("| | A |\n| --- | --- |\n| b | c |")
    assert "<th></th>" not in table
    assert table.count("<th>") == 1


def test_each_table_scrolls_in_a_region_with_a_name_of_its_own() -> None:
    table = "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    reachable = with_reachable_tables(html(f"{table}\nTekst\n\n{table}"), lambda number: f'Tabel {number} <&"')
    opening = '<div class="scroll" role="region" tabindex="0" aria-label="Tabel {} &lt;&amp;&quot;"><table>'
    assert [reachable.count(opening.format(number)) for number in (1, 2, 3)] == [1, 1, 0]
    assert reachable.count("</table></div>") == 2


def test_a_table_in_a_table_has_a_region_too_and_nothing_is_left_open() -> None:
    nested = html("<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>")
    reachable = with_reachable_tables(nested, str)
    assert reachable.count('<div class="scroll"') == nested.count("<table>") == reachable.count("</table></div>")


def test_an_answer_without_tables_stays_as_it_is() -> None:
    answer = html("Een &lt;table&gt; is `<table>`.")
    assert with_reachable_tables(answer, str) == answer


@pytest.mark.parametrize(
    ("clean", "short"),
    [
        ("<p>Yes.</p>\n<p>More.</p>", "<p>Yes.</p>"),
        (
            "<p>Two:</p>\n<ul>\n<li>a<ul><li>b</li></ul></li>\n</ul>\n<p>c</p>",
            "<p>Two:</p>\n<ul>\n<li>a<ul><li>b</li></ul></li>\n</ul>",
        ),
        (
            "<p>A table:</p><table><tr><td>1</td></tr></table><p>c</p>",
            "<p>A table:</p><table><tr><td>1</td></tr></table>",
        ),
        ("<p>Nothing follows:</p>", "<p>Nothing follows:</p>"),
        ("<p>Only words:</p> and more", "<p>Only words:</p>"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("", ""),
    ],
)
def test_a_short_answer_is_the_first_paragraph_with_what_it_leads_in(clean: str, short: str) -> None:
    assert short_answer(clean) == short


def test_every_link_can_open_a_window_of_its_own() -> None:
    opened = with_links_in_new_windows('<p><a href="entry:bgp">BGP</a> <a href="https://example.org">x</a></p>')
    assert opened.count('<a target="_blank" rel="noopener" href="') == 2
    assert 'href="/bgp"' in with_entry_urls(opened, lambda slug: f"/{slug}")
