"""What is written is read back the same, in both forms, whatever an answer holds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from faq.documents import (
    DocEntry,
    DocSection,
    Document,
    normal_answer,
    parse_markdown,
    parse_yaml,
    write_markdown,
    write_yaml,
)
from tests.every import examples

PIECES = [
    "Een gewone zin.",
    "**Vet** en `code` en [link](#elders).",
    "- een\n- twee",
    "1. een\n2. twee",
    "| a | b<br>c |\n|---|---|\n| 1 | 2 |",
    "> [!NOTE]\n> Let op.",
    "> [AZURE.NOTE] Let op.",
    "```\n## geen kop\n```",
    "~~~sh\n# geen kop\n~~~",
    "### Een kop",
    "Kop\n---",
    "Kop\n===",
    "regel<br>regel",
    "eind<br>",
    "<!-- weg -->",
    '<a name="weg"></a>tekst',
    "    ingesprongen code",
    "\\# geen kop",
    "---",
    "a\\",
    "`<br>` blijft",
    "<table><tr><td>x</td></tr></table>",
    "```\nopen",
    "# T",
    "* ## kop in een lijst",
    "> ## kop in een citaat",
    "{limit:p2s.max_clients}",
    "title: x",
    "- &a *a",
    "é ü 😀",
    "## [!INCLUDE []()]",
    "Zie [!INCLUDE [x](y.md)].",
    "**Is dit vet?**\n\nJa.\n\n**En dit?**",
    "<details><summary>Meer?</summary>Ja.</details>",
    "Q: ja?\nA: nee",
    "- [link](#elders)",
    "*Is dit schuin?*\n\nJa.",
]
WORDS = [
    "Wat",
    "is",
    "dit?",
    "*x*",
    "`y`",
    "a_b_c",
    "<z>",
    "C#",
    "[k]",
    "10.0.0.0/16",
    "&amp;",
    "'t",
    '"q"',
    "1.",
    "-",
    "#",
    "\\",
]


def bare(document: Document) -> Document:
    """A document without where it was read, and without the titles that own entries stand in for."""
    own = {entry.slug for entry in document.entries if entry.slug == entry.section}
    sections = (
        replace(section, line=0, title="" if section.slug in own else section.title) for section in document.sections
    )
    entries = (replace(entry, line=0, file="") for entry in document.entries)
    return Document(document.title, document.introduction, tuple(sections), tuple(entries))


answers = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(
    lambda pieces: normal_answer("\n\n".join(pieces))
)
questions = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(lambda words: " ".join(["Vraag", *words]))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of a few sections, each with a few entries."""
    sections, entries = [], []
    for number in range(draw(st.integers(1, 3))):
        slug = f"section-{number}"
        sections.append(DocSection(slug, draw(questions)))
        own = draw(st.booleans())
        names = ([slug] if own else []) + [f"entry-{number}-{place}" for place in range(draw(st.integers(1, 3)))]
        for name in names:
            answer = draw(answers.filter(bool))
            aliases = draw(st.sampled_from([(), (f"old-{name}",)]))
            entries.append(DocEntry(name, aliases, slug, draw(questions), answer))
    introduction = draw(st.sampled_from(["", "Inleiding."]))
    return Document("Een titel", introduction, tuple(sections), tuple(entries))


@given(documents())
@settings(max_examples=examples(150))
def test_a_markdown_document_is_read_back_the_same(document: Document) -> None:
    assert bare(parse_markdown(write_markdown(document), "", lambda path: None, known=("elders",))) == bare(document)


@given(documents())
@settings(max_examples=examples(100))
def test_a_yaml_document_is_read_back_the_same(document: Document) -> None:
    assert bare(parse_yaml(write_yaml(document), "", known=("elders",))) == bare(document)


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("\n".join))
@settings(max_examples=examples(200))
def test_an_answer_in_its_form_stays_as_it_is(written: str) -> None:
    assert normal_answer(normal_answer(written)) == normal_answer(written)


SCRAPS = [
    "<a", " name=x>", "<a name='y'></a>", "</a>", "<br>", "#", "## ", "---", "`", "```\n", "<!--", "-->", "\n", "\n\n",
    "    ", "> ", "- ", "|", "a", "[x]: y\n", "[!NOTE]", "\\", "<div>", "<pre>", "<h2>t</h2>", "|---|\n",
    "[!INCLUDE []()]", "<?", "&",
]  # fmt: skip


@given(st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join))
@settings(max_examples=examples(300))
def test_what_comes_together_when_something_goes_is_seen_too(written: str) -> None:
    once = normal_answer(written)
    assert normal_answer(once) == once


@given(st.text(max_size=300))
def test_any_text_has_a_form_that_stays(written: str) -> None:
    once = normal_answer(written)
    assert normal_answer(once) == once
