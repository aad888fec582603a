"""FAQ documents in Markdown, in every form that is in use."""

from __future__ import annotations

import pytest

from faq.documents import Document, DocumentRefused, normal_answer, parse_markdown
from tests.cpu_time import takes_at_most
from tests.every import some


def read(text: str, **files: str) -> Document:
    """A document whose includes are the given files."""
    included = {name.replace("_", "-") + ".md": (name, found) for name, found in files.items()}
    return parse_markdown(text, "faq.md", lambda path: included.get(path.rpartition("/")[2]))


def slugs(text: str, **files: str) -> list[str]:
    """The slugs of the entries of a document."""
    return [entry.slug for entry in read(text, **files).entries]


PLAIN = "# Title\n## Section\n### What?\nThis.\n"


@pytest.mark.parametrize(
    ("heading", "slug", "aliases"),
    [
        ('### <a name="one"></a>What?', "one", ()),
        ("### <a name='one'></a>What?", "one", ()),
        ('### <a id="one"></a>What?', "one", ()),
        ('### <A NAME="One"></A>What?', "one", ()),
        ('### What?<a name="one"></a>', "one", ()),
        ('### <a name="one">What?</a>', "one", ()),
        ('### <a name="one"/>What?', "one", ()),
        ('### <a name="aone"></a><a name="one"></a>What?', "one", ("aone",)),
        ('###<a name="one"></a>What?', "one", ()),
        ('#### <a name="one"></a>What?', "one", ()),
        ('####<a name="one"></a>What?', "one", ()),
        ('### <a name="one"></a>What? ###', "one", ()),
        ('<a name="one"></a>\n### What?', "one", ()),
        ('<a name="one"></a>\n\n### What?', "one", ()),
        ("### What?", "what", ()),
        ("### Wát is **dit**?", "wat-is-dit", ()),
    ],
)
def test_a_heading_is_read_with_its_anchor(heading: str, slug: str, aliases: tuple[str, ...]) -> None:
    entry = read(f"# Title\n## Section\n{heading}\nThis.\n").entries[0]
    assert (entry.slug, entry.aliases, entry.answer) == (slug, aliases, "This.")
    assert entry.question in ("What?", "Wát is dit?")


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Questions | Docs\nms.date: 2016-01-01\n---\n\n",
        '<properties\n   pageTitle="Questions"\n   authors="x" />\n<tags\n   ms.date="03/10/2016" />\n\n',
        '<properties pageTitle="Questions" /><tags ms.date="x" />\n',
        "\n\n",
        "",
    ],
)
def test_the_head_of_a_document_is_no_part_of_an_answer(head: str) -> None:
    document = read(head + PLAIN)
    assert document.title == "Title"
    assert [(entry.question, entry.answer) for entry in document.entries] == [("What?", "This.")]


def test_the_title_of_the_front_matter_stands_in_for_a_heading() -> None:
    assert read("---\ntitle: Questions | Docs\n---\n## Section\n### What?\nThis.\n").title == "Questions"


def test_a_section_with_a_text_of_its_own_is_also_an_entry() -> None:
    document = read("# T\n## <a name='own'></a>Which?\nThese.\n### <a name='more'></a>More?\nYes.\n")
    assert [(entry.slug, entry.section) for entry in document.entries] == [("own", "own"), ("more", "own")]


def test_a_section_without_entries_is_left_out() -> None:
    assert [section.slug for section in read("# T\n## Empty\n## Full\n### What?\nThis.\n").sections] == ["full"]


def test_questions_at_the_second_level_alone_make_one_section() -> None:
    document = read("# All questions\n## One?\nA.\n## Two?\nB.\n## Three?\nC.\n")
    assert [section.title for section in document.sections] == ["All questions"]
    assert [entry.slug for entry in document.entries] == ["one", "two", "three"]


def test_questions_before_any_section_belong_to_one_of_the_title() -> None:
    document = read("# All questions\n### One?\nA.\n## Section\n### Two?\nB.\n")
    assert [entry.section for entry in document.entries] == ["all-questions", "section"]


def test_headings_deeper_than_the_fourth_level_belong_to_the_answer() -> None:
    assert read("# T\n## S\n### What?\nThis.\n##### Aside\nMore.\n").entries[0].answer == "This.\n##### Aside\nMore."


def test_a_heading_in_a_code_block_is_no_question() -> None:
    answer = read("# T\n## S\n### What?\n```\n## not a heading\n```\nThis.\n").entries[0].answer
    assert answer == "```\n## not a heading\n```\nThis."


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("a<br>b", "a\\\nb"),
        ("a<br/>", "a"),
        ("a<br/>\n<br>\n\nb", "a\n\nb"),
        ("<br/>\na", "a"),
        ("<a<a name=x> name=4>b", "b"),
        ("<br>#", ""),
        ("<!-- open", "\\<!-- open"),
        ("| a<br>b |", "| a<br>b |"),
        ("> [!NOTE]\n> x", "> [!NOTE]\n> x"),
        ("> [AZURE.NOTE] x", "> [!NOTE]\n> x"),
        ("> [!note] x", "> [!NOTE]\n> x"),
        ("a <!-- b --> c", "a  c"),
        ("a\n<!--HONumber=Dec16_HO1-->\n", "a"),
        ('a <a name="x"></a>b', "a b"),
        ("# x", "##### x"),
        ("x\n===", "##### x"),
        ("```\nopen", "```\nopen\n```"),
        ("  \n\na  \nb\t\n\n", "a\nb"),
        ("a\r\nb", "a\nb"),
        ("`<br>` and <b>b</b>", "`<br>` and <b>b</b>"),
        ("[x](#y)", "[x](#y)"),
    ],
)
def test_an_answer_has_one_form(written: str, normal: str) -> None:
    assert normal_answer(written) == normal.rstrip("\n")
    assert normal_answer(normal_answer(written)) == normal_answer(written)


class TestIncludes:
    """`[!INCLUDE [name](path)]` in its spellings."""

    @pytest.mark.parametrize("word", ["!INCLUDE", "AZURE.INCLUDE", "!include"])
    def test_the_questions_of_an_include_belong_to_the_section_where_it_stands(self, word: str) -> None:
        document = read(
            f"# T\n## <a name='bgp'></a>BGP\n[{word} [x](../../includes/part.md)] \n\n## Next\n### Z?\nZ.\n",
            part="### A?\nA.\n#### B?\nB.\n",
        )
        assert [(entry.slug, entry.section) for entry in document.entries] == [
            ("a", "bgp"),
            ("b", "bgp"),
            ("z", "next"),
        ]
        assert document.entries[0].file == "part"

    def test_an_include_in_an_answer_becomes_part_of_it(self) -> None:
        assert (
            read("# T\n## S\n### A?\nBefore.\n[!INCLUDE [x](part.md)]\nAfter.\n", part="In between.").entries[0].answer
            == "Before.\n\nIn between.\n\nAfter."
        )

    def test_one_that_is_not_found_is_reported_with_its_line(self) -> None:
        document = read("# T\n## S\n### A?\nA.\n\n[!INCLUDE [x](gone.md)]\n")
        assert [(fault.line, "gone.md was not found" in fault.reason) for fault in document.warnings] == [(6, True)]

    def test_one_that_includes_itself_is_refused(self) -> None:
        with pytest.raises(DocumentRefused, match="includes itself"):
            read("# T\n## S\n### A?\nA.\n[!INCLUDE [x](part.md)]\n", part="[!INCLUDE [x](part.md)]")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("# T\n## S\n### <a name='x'></a>\nA.\n", 3, "this heading has no text"),
        ("# T\n## S\n### <a name='ü?'></a>A?\nA.\n", 3, "cannot be a slug"),
        ("# T\n## S\n### A?\nA.\n```\ncode\n", 5, "never closed"),
        ("# T\n\nOnly words.\n", 1, "no question was found"),
        ("", 1, "no question was found"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read(text)
    assert any(fault.line == line and reason in fault.reason for fault in refused.value.faults)


def test_every_fault_is_found_at_once() -> None:
    with pytest.raises(DocumentRefused) as refused:
        read("# T\n## S\n### <a name='x'></a>A?\nA.\n### <a name='ü?'></a>B?\nB.\n### <a name='y'></a>\nC.\n")
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize(
    "unit",
    [
        "<a ",
        "[",
        "`",
        "<!--",
        "> ",
        "# ",
        "<br>",
        "|",
        "*",
        "[!INCLUDE [",
        "\\",
        "<a name='x'>",
        "- ",
        "~~~",
        "<b",
        "&#",
    ],
)
@pytest.mark.parametrize("separator", some(["\n", ""], 2))
def test_reading_takes_time_in_proportion_to_the_text(unit: str, separator: str) -> None:
    text = separator.join([unit] * (64_000 // (len(unit) + len(separator))))
    takes_at_most(3, lambda: normal_answer(text))
