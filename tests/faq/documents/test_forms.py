"""The forms in which documents write questions, links, and images."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.documents import Document, parse_markdown


def read(text: str, base: str = "", **files: str) -> Document:
    """A document whose includes are the given files."""
    return parse_markdown(text, "faq.md", lambda path: (path, files[path]) if path in files else None, base=base)


def pairs(document: Document) -> list[tuple[str, str]]:
    """The questions and answers of a document."""
    return [(entry.question, entry.answer) for entry in document.entries]


def said(document: Document) -> list[tuple[int, str]]:
    """The warnings of a document."""
    return [(warning.line, warning.reason) for warning in document.warnings]


def test_questions_may_be_headings_of_level_1() -> None:
    document = read(
        "# Wat is een sleutel?\n\nEen geheim.\n\n## Soorten\n\nTwee.\n\n# Waar staat hij?\n\nIn de kluis.\n"
    )
    assert pairs(document) == [
        ("Wat is een sleutel?", "Een geheim.\n\n##### Soorten\n\nTwee."),
        ("Waar staat hij?", "In de kluis."),
    ]
    assert not document.warnings


def test_a_title_above_questions_of_level_1_stays_the_title() -> None:
    document = read("# Questions\n\nHello.\n\n# What is it?\n\nThis.\n\n# Is it new?\n\nNo.\n")
    assert (document.title, document.introduction) == ("Questions", "Hello.")
    assert [question for question, _ in pairs(document)] == ["What is it?", "Is it new?"]
    assert [section.title for section in document.sections] == ["Questions"]


def test_several_parts_of_level_1_are_sections() -> None:
    document = read("# Tunnels\n\nAbout them.\n\n## Are they safe?\n\nYes.\n\n# Gateways\n\n## Are they dear?\n\nNo.\n")
    assert [(section.title) for section in document.sections] == ["Tunnels", "Gateways"]
    assert [section.introduction for section in document.sections] == ["About them.", ""]
    assert [(entry.section, entry.question) for entry in document.entries] == [
        ("tunnels", "Are they safe?"),
        ("gateways", "Are they dear?"),
    ]


@pytest.mark.parametrize(
    "form",
    [
        "**{}**\n\n{}",
        "**{}**\n{}",
        "**{}** {}",
        "__{}__\n{}",
        "**Q: {}**\n\n{}",
        "**Q1. {}**\n\nA: {}",
        "**Vraag: {}**\n\n**Antwoord:** {}",
        "**Q:** {}\n\n**A:** {}",
        "**Q. {}**\n\nA. {}",
        "- **{}**\n\n  {}",
        "1. **{}** {}",
        "* **Q: {}**\n  **A:** {}",
        "Q: {}\n\nA: {}",
        "Q1. {}\nA1. {}",
        "Q1) {}\n\nA1) {}",
        "V2 - {}\n\nA2 - {}",
        "**Q1** - {}\n\n**A1** - {}",
        "Q: {} A: {}",
        "**Q:** {} **A:** {}",
        "***{}***\n\n{}",
        "**_{}_**\n{}",
        "<b>{}</b>\n\n{}",
        "<strong><i>{}</i></strong><br>\n{}",
        "*{}*\n\n{}",
        "_{}_ {}",
        "<em>{}</em>\n\n{}",
        "Q: {}\nA: {}",
        "{}\n: {}",
        "<details>\n<summary>{}</summary>\n\n{}\n\n</details>",
        "<details open><summary><b>{}</b></summary>{}</details>",
        "<details>\n  <summary>\n    {}\n  </summary>\n  {}\n</details>",
        "## {}\n\n{}",
        "#### {}\n\n{}",
        "<h3>{}</h3>\n{}",
    ],
)
def test_a_question_is_read_in_each_form(form: str) -> None:
    one = form.format("Can I take it home?", "Yes, *you* can.")
    two = form.format("Does it blink?", "Not often.")
    document = read(f"# Device\n\n{one}\n\n{two}\n")
    assert pairs(document) == [("Can I take it home?", "Yes, *you* can."), ("Does it blink?", "Not often.")]
    assert not document.warnings


@pytest.mark.parametrize("separator", ["\n", " "])
@pytest.mark.parametrize("form", ["**{}** {}", "**{}**\n{}", "Q: {}\nA: {}", "Q: {} A: {}", "**Q:** {} **A:** {}"])
def test_each_question_of_one_paragraph_is_read(form: str, separator: str) -> None:
    one = form.format("Can I take it home?", "Yes, *you* can.")
    two = form.format("Does it blink?", "Not **often**.")
    document = read(f"# Device\n\nBefore.\n\n{one}{separator}{two}\n")
    assert pairs(document) == [("Can I take it home?", "Yes, *you* can."), ("Does it blink?", "Not **often**.")]
    assert (document.introduction, said(document)) == ("Before.", [])


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_numbered_question_may_lack_its_question_mark_where_a_numbered_answer_follows(between: str) -> None:
    document = read(f"Q1. Explain it{between}A1. It is so.\n\nQ2. Explain more{between}A2. There is none.\n")
    assert pairs(document) == [("Explain it", "It is so."), ("Explain more", "There is none.")]


def test_a_question_mark_behind_bold_letters_belongs_to_them() -> None:
    assert pairs(read("**Is it**? Yes.\n\n***Is it so***?\n\nNo.\n")) == [("Is it?", "Yes."), ("Is it so?", "No.")]


@pytest.mark.parametrize("surer", ["## Is it?\n\nYes.\n", "**Is it?**\n\nYes.\n", "Q: Is it?\nA: Yes.\n"])
def test_italic_letters_ask_only_where_nothing_else_does(surer: str) -> None:
    document = read(f"# T\n\n{surer}\n*Is it so?*\n\nPerhaps.\n")
    assert pairs(document) == [("Is it?", "Yes.\n\n*Is it so?*\n\nPerhaps.")]


def test_forms_may_be_mixed_and_text_before_them_introduces_the_section() -> None:
    document = read(
        "# Device\n\nWelcome.\n\n## Power\n\nAll about power.\n\n"
        "**Does it blink?**\n\nYes.\n\n**Is it hot?**\n\nNo.\n\n"
        "## Network\n\n### Which port?\n\nThe left one.\n\n"
        "<details><summary>And then?</summary>\n\nWait.\n\n</details>\n"
    )
    assert document.introduction == "Welcome."
    assert [(section.slug, section.introduction) for section in document.sections] == [
        ("power", "All about power."),
        ("network", ""),
    ]
    assert [(entry.section, entry.question) for entry in document.entries] == [
        ("power", "Does it blink?"),
        ("power", "Is it hot?"),
        ("network", "Which port?"),
        ("network", "And then?"),
    ]


def test_bold_words_and_details_in_the_answer_to_a_question_stay_in_it() -> None:
    document = read(
        "## S\n\n### Why is it slow?\n\n**Important:** wait.\n\n"
        "**Still slow?**\n\nWait more.\n\n**Is it off?**\n\nPush.\n\n"
        "<details><summary>The log</summary>\n\nLine.\n\n</details>\n\n### Is it new?\n\nNo.\n"
    )
    assert [question for question, _ in pairs(document)] == ["Why is it slow?", "Is it new?"]
    assert "**Still slow?**\n\nWait more." in document.entries[0].answer
    assert "The log" in document.entries[0].answer


def test_what_only_looks_like_a_question_is_named() -> None:
    document = read("## Power\n\n### Plug\n\nUse it.\n\n**Really?**\n\n- x\n  - **Why?** So.\n\n## B\n\n### C?\n\nD.\n")
    assert [line for line, _ in said(document)] == [7, 10]
    assert "**Really?**\n\n- x\n  - **Why?** So." in document.entries[0].answer


def test_a_question_answered_below_deeper_headings_is_one_entry() -> None:
    document = read(
        "## Plan\n\n### What do I weigh?\n\n"
        "#### Price\n\nLow.\n\n##### Taxes\n\nSome.\n\n#### Place\n\nNear.\n\n### Is it far?\n\nNo.\n"
    )
    assert pairs(document) == [
        ("What do I weigh?", "##### Price\n\nLow.\n\n##### Taxes\n\nSome.\n\n##### Place\n\nNear."),
        ("Is it far?", "No."),
    ]


@pytest.mark.parametrize("above", ["", "## Billing\n\n### Tax\n\nSome.\n\n"])
def test_a_heading_that_asks_nothing_is_a_section_of_the_questions_below_it(above: str) -> None:
    hashes = "###" if above else "##"
    document = read(
        f"# T\n\n{above}{hashes} <a name='price'></a>Pricing\n\nThe prices depend.\n\n"
        f"{hashes}# Regions\n\nTwo.\n\n{hashes}# How is it billed?\n\nSee [prices](#price).\n"
    )
    section = document.sections[-1]
    assert (section.slug, section.title, section.introduction) == ("price", "Pricing", "The prices depend.")
    assert [(entry.question, entry.answer) for entry in document.entries if entry.section == "price"] == [
        ("Regions", "Two."),
        ("How is it billed?", "See [prices](#price)."),
    ]


def test_lists_of_links_between_questions_name_no_section() -> None:
    document = read(
        "# Cache FAQ\n\n## Planning\n\n- [What does it cost?](#what-does-it-cost)\n\n"
        "## What does it cost?\n\n### Sizes\n\nTen.\n\n"
        "## Is it fast?\n\nYes.\n\n### Can it be faster?\n\nNo.\n\n## Next steps\n\n- [Read](https://example.org)\n"
    )
    assert [section.title for section in document.sections] == ["Cache FAQ"]
    assert [entry.question for entry in document.entries] == [
        "What does it cost?",
        "Is it fast?",
        "Can it be faster?",
        "Next steps",
    ]
    assert [number for number, reason in said(document) if "list of contents" in reason] == [3, 5]


def test_equal_anchors_are_numbered_and_reported() -> None:
    document = read("## S\n### <a name='x'></a>A?\nA.\n### <a name='x'></a>B?\nB.\n### <a name='x-2'></a>C?\nC.\n")
    assert [entry.slug for entry in document.entries] == ["x", "x-3", "x-2"]
    assert [line for line, _ in said(document)] == [4]


def test_an_anchor_may_be_an_attribute() -> None:
    assert [entry.slug for entry in read("## S\n### What? {#my-id}\nA.\n### Why? {: #other .x}\nB.\n").entries] == [
        "my-id",
        "other",
    ]


class TestLinks:
    """Links and images, and where they may lead."""

    def test_definitions_count_for_every_answer(self) -> None:
        document = read(
            "## A?\n\n[One][1], [two] and [Two][].\n\n[1]: https://example.org/1 'T'\n\n"
            "## B?\n\n> ![Pic][p]\n> [x][TWO]\n\n"
            "## C?\n\n[One][1] `[two]`.\n\n"
            "[two]: <https://example.org/2>\n[p]: https://example.org/p.png\n[none]: /x\n[1]: /z\n"
        )
        one, two = '(https://example.org/1 "T")', "(https://example.org/2)"
        assert [answer for _, answer in pairs(document)] == [
            f"[One]{one}, [two]{two} and [Two]{two}.",
            f"> [Pic](https://example.org/p.png)\n> [x]{two}",
            f"[One]{one} `[two]`.",
        ]
        assert [line for line, _ in said(document)] == [9, 18, 19]

    def test_links_lead_to_what_is_there(self) -> None:
        links = "[a](#one) [b](#Two) [c](faq.md#two) [d](other.md#one) [e](#gone) [f](/x)"
        text = f"## <a name='one'></a>One?\n\n{links}\n\n## Two?\n\nB.\n"
        document = read(text)
        assert document.entries[0].answer == "[a](#one) [b](#two) [c](#two) d e f"
        assert [line for line, _ in said(document)] == [3, 3, 3]
        based = read(text, base="https://example.org/docs/faq.md")
        assert based.entries[0].answer == (
            "[a](#one) [b](#two) [c](#two) [d](https://example.org/docs/other.md#one) e [f](https://example.org/x)"
        )

    def test_a_link_may_lead_to_a_section_and_never_nowhere(self) -> None:
        document = read("## Power\n\n### A?\n\n[a](#power) [b]() [c](#)\n")
        assert document.entries[0].answer == "[a](#power) b c"
        assert [line for line, _ in said(document)] == [5, 5]

    def test_links_written_as_html_are_held_to_the_same(self) -> None:
        document = read("## A?\n\nSee <a href='other.html#a'>there</a> and <a href=\"https://example.org\">here</a>.\n")
        assert document.entries[0].answer == 'See there and <a href="https://example.org">here</a>.'
        assert [line for line, _ in said(document)] == [3]

    def test_an_image_leaves_its_words_and_is_named(self) -> None:
        document = read(
            "## A?\n\nSee <br/>\n\n![The *plan*](./m/plan.png)\n<br/>\n\n<img src='b.png' alt='More'>\n\n![](c.png)\n"
        )
        assert document.entries[0].answer == "See\n\nThe *plan*\n\nMore"
        assert [
            (line, name in reason)
            for (line, reason), name in zip(said(document), ("m/plan.png", "b.png", "c.png"), strict=True)
        ] == [
            (5, True),
            (8, True),
            (10, True),
        ]

    def test_a_link_in_a_title_is_named(self) -> None:
        document = read(
            "## What is [it](it.md)?\n\nA.\n\n## Is [that][t] ![so](so.png)?\n\nB.\n\n[t]: https://example.org\n"
        )
        assert [question for question, _ in pairs(document)] == ["What is it?", "Is that so?"]
        assert [line for line, _ in said(document)] == [1, 5, 5, 9]


def test_rules_between_questions_are_no_part_of_answers() -> None:
    document = read("# T\n\nHello.\n\n---\n\n## A?\n\nOne.\n\n***\n\nTwo.\n\n* * *\n\n## B?\n\nC.\n\n---\n")
    assert document.introduction == "Hello."
    assert pairs(document) == [("A?", "One.\n\n***\n\nTwo."), ("B?", "C.")]


def test_a_question_whose_answer_is_only_a_missing_include_is_named() -> None:
    document = read("## S\n### A?\nA.\n### B?\n[!INCLUDE [x](gone.md)]\n")
    assert said(document) == [
        (4, "'B?' was left out: its answer is in gone.md, which was not found"),
        (5, "the included file gone.md was not found; it was left out"),
    ]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("{{< hint info >}}", ""),
        ("{{% alert %}}", ""),
        ("{% include note.html %}", ""),
        ("Text {{< x >}} more", "Text  more"),
        ("Version {{ site.version }}", "Version {{ site.version }}"),
        (":::{faq}", ""),
        ("::: moniker range='x'", ""),
        ("[TOC]", ""),
        ("!!! note", "!!! note"),
        ('--8<-- "snippets/x.md"', '--8<-- "snippets/x.md"'),
        ("- [ ] a task", "- [ ] a task"),
        ("This is ~~old~~ new.", "This is ~~old~~ new."),
        ("$$E=mc^2$$", "$$E=mc^2$$"),
    ],
)
def test_marks_of_other_programs_are_named(line: str, kept: str) -> None:
    document = read(f"## A?\n\nBefore.\n\n{line}\n\nAfter.\n")
    assert [number for number, _ in said(document)] == [5]
    assert document.entries[0].answer == "\n\n".join(["Before.", *([kept] if kept else [""]), "After."])


@pytest.mark.parametrize(
    "line",
    [
        "1. How do I create an account?",
        "***Is bold and italic read?***",
        "*Is italic a question?*",
        "<b>Is bold HTML read?</b>",
        "**What if I forgot my password**",
        "Q1. Nothing asks this",
        "Is a plain line a question?",
        "> **Is a quote one?**",
    ],
)
def test_a_line_that_may_ask_is_named(line: str) -> None:
    document = read(f"## Accounts\n\nAbout them.\n\n{line}\n\nThe answer.\n\n## Rules\n\nThree.\n")
    assert [number for number, reason in said(document) if "looks like a question" in reason] == [5]
    assert [number for number, _ in said(read(f"## What is it?\n\nThis.\n\n{line}\n"))] == []


def test_marks_in_code_stay_unsaid() -> None:
    document = read("## A?\n\n`{{ x }}` and\n\n```\n{{< hint >}}\n:::\n```\n")
    assert document.entries[0].answer == "`{{ x }}` and\n\n```\n{{< hint >}}\n:::\n```"
    assert not document.warnings


def test_characters_that_no_page_can_show_go_and_are_named() -> None:
    document = read("## A?\n\nOne\x0btwo\x07 three\x1b\ufffe\n\nFour\x0c\n")
    assert document.entries[0].answer == "One two three\n\nFour"
    assert [
        (line, code in reason)
        for (line, reason), code in zip(said(document), ("U+000B (VERTICAL TAB), U+0007 (BELL)", "U+000C"), strict=True)
    ] == [
        (3, True),
        (5, True),
    ]


@pytest.mark.parametrize(
    "head", ['{\n  "title": "FAQ",\n  "x": [1]\n}\n', '+++\ntitle = "FAQ"\n+++\n', "---\ntitle: FAQ\n---\n"]
)
def test_front_matter_is_read_in_each_notation(head: str) -> None:
    document = read(f"{head}\n## A?\n\nB.\n")
    assert (document.title, document.introduction, pairs(document)) == ("FAQ", "", [("A?", "B.")])


PIECES = (
    "# Part m{0}\n",
    "## Part m{0}\n",
    "### Part m{0}\n",
    "## Is it m{0}?\n",
    "### Is it m{0}?\n",
    "**Is it m{0}?**\n",
    "Q: Is it m{0}?\nA: It is.\n",
    "<details><summary>Is it m{0}?</summary>\n\nIt is.\n\n</details>\n",
    "The text m{0} of it.\n",
    "- The item m{0}\n",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
def test_no_answer_jumps_over_another_question(pieces: list[str]) -> None:
    lines = "\n".join(piece.format(number) for number, piece in enumerate(pieces)).split("\n")
    document = read("\n".join([*lines, f"## Is it m{len(pieces)}?", "", "It is."]))
    entries = sorted(document.entries, key=lambda entry: entry.line)
    for entry, following in pairwise(entries):
        own = [int(number) for number in re.findall(r"\bm(\d+)\b", f"{entry.question} {entry.answer}")]
        (asked,) = re.findall(r"\bm(\d+)\b", following.question)
        assert max(own) < int(asked)


@pytest.mark.parametrize("title", ["Contents", "Table of contents", "Inhoud", "Jump"])
@pytest.mark.parametrize(
    "listed",
    [
        "- [How?](#how)\n- [Why?](#why)",
        '1. [How?](faq.md#how)\n2. [Why?](./faq.md#why "Why")',
        "* **[How?](#how)**\n    * [Why [so]?](#why)",
        "[How?](#how) |\n[Why?](#why)",
        "- <a href='#how'>How?</a><br>\n- <a href='#why'>Why?</a>",
    ],
)
def test_a_list_of_contents_is_left_out_and_named(title: str, listed: str) -> None:
    document = read(f"# FAQ\n\n## {title}\n\n{listed}\n\n## How?\n\nSo.\n\n## Why?\n\nThus.\n")
    assert [question for question, _ in pairs(document)] == ["How?", "Why?"]
    assert [number for number, _ in said(document)] == [3, 5, 6]


@pytest.mark.parametrize("filled", ["* TOC\n{:toc}", "1. Will be replaced\n{:toc .small}", "- x\n{: toc }"])
@pytest.mark.parametrize("links", ["", "- General\n  - [How?](#how)\n\n"])
def test_a_list_of_contents_that_is_to_be_filled_is_left_out_and_named(filled: str, links: str) -> None:
    document = read(f"# FAQ\n\n## Contents\n\n{links}{filled}\n\n## How?\n\nSo.\n")
    assert pairs(document) == [("How?", "So.")]
    assert [number for number, _ in said(document)] == ([3, 5, 6, 8, 9] if links else [3, 5, 6])
    introduced = read(f"# FAQ\n\n{filled}\n\n## How?\n\nSo.\n")
    assert (introduced.introduction, [number for number, _ in said(introduced)]) == ("", [3, 4])


@pytest.mark.parametrize("answer", ["- [A](#how) tells more", "- [A](other.md#a)\n- [B](#how)", "Yes\n{:toc}"])
def test_a_list_of_more_than_links_to_the_document_stays(answer: str) -> None:
    document = read(f"# FAQ\n\n## Related\n\n{answer}\n\n## How?\n\nSo.\n", "https://example.org/faq.md")
    assert [question for question, _ in pairs(document)] == ["Related", "How?"]


@pytest.mark.parametrize(
    ("heading", "question"),
    [("## Power\n\nAbout power.\n\n", "Is it on?"), ("## Why is it slow?\n\nLoad.\n\n", "More?")],
)
def test_text_after_the_last_details_stays_at_the_end_and_is_named(heading: str, question: str) -> None:
    document = read(
        f"# T\n\n{heading}<details><summary>{question}</summary>\n\nYes.\n\n</details>\n\n---\n\nAsk us.\n\nOr me.\n"
    )
    assert pairs(document)[-1] == (question, "Yes.\n\n\n---\n\nAsk us.\n\nOr me.")
    assert said(document) == [(15, "this stands after </details>: it was added to the answer above it")]


def test_a_rule_after_details_is_not_named() -> None:
    document = read("## S\n\n<details><summary>A?</summary>\n\nYes.\n\n</details>\n\n---\n\n### B?\n\nNo.\n")
    assert (pairs(document), said(document)) == ([("A?", "Yes."), ("B?", "No.")], [])


def test_sections_after_a_question_below_the_title_are_no_part_of_its_answer() -> None:
    document = read(
        "# VPN questions\n\nQ: Is it the first?\nA: Yes.\n\n### Is a heading read?\nYes, too.\n\n"
        "## Related\n- [Two](https://example.com/two)\n\n## More about it\nThe last.\n\n[^1]: A note.\n"
    )
    assert pairs(document) == [
        ("Is it the first?", "Yes."),
        ("Is a heading read?", "Yes, too."),
        ("Related", "- [Two](https://example.com/two)"),
        ("More about it", "The last.\n\n[^1]: A note."),
    ]


@pytest.mark.parametrize(
    "first", ["### What is it?\n\nThis.\n\n", "### What is it?\n\n", "### What?\n\n#### Notes\n\nA.\n\n"]
)
def test_a_part_after_a_question_in_an_answer_belongs_to_that_question(first: str) -> None:
    document = read(f"# T\n\n## S\n\n{first}#### Is it new?\n\nNo.\n\n#### Details\n\nB.\n\n### Is it far?\n\nNo.\n")
    assert pairs(document)[-2:] == [("Is it new?", "No.\n\n##### Details\n\nB."), ("Is it far?", "No.")]


def test_a_title_after_a_question_takes_its_text_to_no_introduction() -> None:
    document = read("## Is it first?\n\nYes.\n\n# The rest\n\nText.\n")
    assert (document.introduction, pairs(document)) == ("", [("Is it first?", "Yes."), ("The rest", "Text.")])


class TestShortCodes:
    """What stands between an opening short code and its closing one."""

    @pytest.mark.parametrize(
        ("opening", "closing", "language"),
        [
            ("{% highlight bash %}", "{% endhighlight %}", "bash"),
            ("{%- highlight bash linenos -%}", "{%- endhighlight -%}", "bash"),
            ("{% codeblock lang:bash %}", "{% endcodeblock %}", "bash"),
            ('{{< highlight bash "linenos=table" >}}', "{{< /highlight >}}", "bash"),
            ("{{% code %}}", "{{% /code %}}", ""),
            ("{% raw %}", "{% endraw %}", ""),
            ('[code lang="bash"]', "[/code]", "bash"),
            ("{% highlight bash %}{% raw %}", "{% endraw %}{% endhighlight %}", "bash"),
        ],
    )
    def test_code_is_a_fence(self, opening: str, closing: str, language: str) -> None:
        code = "# build the site\n{{ x }} <!-- y -->\n\n## Is it?"
        document = read(f"## How?\n\nRun:\n\n{opening}\n{code}\n{closing}\n\n## Next?\n\nB.\n")
        assert pairs(document) == [("How?", f"Run:\n\n```{language}\n{code}\n```"), ("Next?", "B.")]
        assert [line for line, reason in said(document) if reason.startswith("'linenos")] == [5] * (
            "linenos" in opening
        )

    def test_code_in_an_item_stays_in_it_whatever_it_holds(self) -> None:
        document = read("## A?\n\n- {% highlight sh %}\n# x\n```\n  {% endhighlight %}\n- two\n")
        assert document.entries[0].answer == "- ````sh\n  # x\n  ```\n  ````\n- two"

    def test_code_on_the_lines_of_its_short_codes_is_kept(self) -> None:
        document = read("## A?\n\nSee {% highlight sh %} # x\ny {% endhighlight %} there.\n")
        assert document.entries[0].answer == "See\n```sh\n# x\ny\n```\nthere."

    @pytest.mark.parametrize(
        ("opening", "closing"),
        [
            ("{% note %}", "{% endnote %}"),
            ("{{< tab >}}", "{{< /tab >}}"),
            ("{% raw %}\n```\nx\n```", "{% endraw %}"),
            ("{{#tab one}}", "{{/tab}}"),
            ('[tab title="x"]', "[/tab]"),
            (":::note", ":::"),
            ("::::: {.tip}", ":::::"),
            ("{% tabs %}\n{{< tab >}}\n[x]", "{{< /tab >}}\n{% endtabs %}"),
        ],
    )
    @pytest.mark.parametrize("heading", ["## Is it one?", "Is it one?\n---", "<h3>Is it one?</h3>"])
    def test_a_heading_in_another_pair_is_no_question(self, opening: str, closing: str, heading: str) -> None:
        document = read(f"## A?\n\nB.\n\n{opening}\n\n{heading}\n\nC.\n\n{closing}\n\n## D?\n\nE.\n")
        assert [question for question, _ in pairs(document)] == ["A?", "D?"]
        assert "##### Is it one?" in document.entries[0].answer
        line = 7 + opening.count("\n")
        assert [reason for number, reason in said(document) if number == line] == [
            f"the heading {heading.partition(chr(10))[0]} stands in a short code: it was kept in the text above it"
        ]

    @pytest.mark.parametrize(
        "mark", ["{% highlight sh %}{}{% endhighlight %}", "{% raw %}{}{% endraw %}", "{{< x >}}{}"]
    )
    def test_what_stands_behind_a_short_code_becomes_no_heading(self, mark: str) -> None:
        document = read(f"## A?\n\nRun:\n\n{mark.replace('{}', '# x')}\n\nDone.\n")
        assert pairs(document) == [("A?", "Run:\n\n\\# x\n\nDone.")]

    def test_a_short_code_without_its_other_half_holds_nothing(self) -> None:
        document = read(
            "## A?\n\n{% include x.html %}\n\n## B?\n\nB.\n\n{% endif %}\n\n```\n{% raw %}\n```\n\n## C?\n\nC.\n"
        )
        assert [question for question, _ in pairs(document)] == ["B?", "C?"]


@pytest.mark.parametrize("heading", ["## Where is it?", "Where is it?\n---", "## Where is it? ##"])
@pytest.mark.parametrize(
    "attributes", ["{: #where .class}", "{:.class #where}", "  {: #where}", '{: .x id="where" }', "{:id='where'}"]
)
def test_a_line_of_attributes_names_the_heading_above_it(heading: str, attributes: str) -> None:
    document = read(f"# T\n\n{heading}\n{attributes}\n\nThere, as [here](#where).\n")
    entry = document.entries[0]
    assert (entry.slug, entry.question, entry.answer) == ("where", "Where is it?", "There, as [here](#where).")
    assert not document.warnings


class TestUnshown:
    """What no page shows, wherever it stands."""

    @pytest.mark.parametrize(
        "unshown",
        [
            "<iframe src='x'></iframe>\n<script>go()</script>",
            "<div>\n<style>\np { x: y }\n</style>\n</div>",
            "See <script>go()</script> here.",
            "<p>\n  <script>\n  go()\n\n  stop()\n  </script>\n</p>",
            "<svg viewBox='0 0 1 1'>\n<text>word</text>\n</svg>",
            "- one\n\n  <template>\n  go\n  </template>",
            "<pre><script>go()</script></pre>",
            "| a |\n|---|\n| <script>go()</script> |",
            "<script>\n\n# go\n</script>",
        ],
    )
    def test_a_program_or_a_drawing_is_left_out_and_named(self, unshown: str) -> None:
        document = read(f"## A?\n\nYes.\n\n{unshown}\n\nAfter.\n\n## B?\n\nC.\n")
        answer = document.entries[0].answer
        assert not re.search(r"script|style|svg|template|go\b|stop|word", answer)
        assert (answer[:4], answer[-6:]) == ("Yes.", "After.")
        lines = [
            number for number, text in enumerate(unshown.split("\n"), 5) if re.search("script|style|svg|go|word", text)
        ]
        assert set(lines) <= {number for number, _ in said(document)}

    @pytest.mark.parametrize("code", ["`<script>` and `</script>`", "```\n<script>x</script>\n```", "\\<svg>x"])
    def test_code_about_programs_stays_unsaid(self, code: str) -> None:
        document = read(f"## A?\n\nYes: {code}\n" if "```" not in code else f"## A?\n\n{code}\n")
        assert code in document.entries[0].answer
        assert not document.warnings

    def test_a_tag_that_nothing_closes_takes_nothing_with_it(self) -> None:
        document = read("## A?\n\nThe <style> tag.\n\n## B?\n\nThe <script> tag. </style>\n")
        assert pairs(document) == [("A?", "The &lt;style> tag."), ("B?", "The &lt;script> tag. </style>")]
        assert [number for number, _ in said(document)] == [3, 7]

    @pytest.mark.parametrize("opens", ["<?php x ?>", "Use <?xml?> or <!DOCTYPE html>.", "<div>\n<!-- open\n</div>"])
    def test_what_opens_no_comment_is_shown_as_it_is_written(self, opens: str) -> None:
        document = read(f"## A?\n\n{opens}\n\nAfter.\n")
        escaped = re.sub(r"<(?=[?!])", "&lt;", opens)
        assert (pairs(document), said(document)) == ([("A?", f"{escaped}\n\nAfter.")], [])

    @pytest.mark.parametrize(
        ("row", "surplus"),
        [
            ("| 1 | 2 | 3 | 4 |", "'3 | 4'"),
            ("1 | 2 | 3", "'3'"),
            ("| `x|y` | 2 |", "'2'"),
            ("| 1 \\| 1 | 2 |", ""),
            ("| 1 | 2 | |", ""),
            ("| 1 |", ""),
        ],
    )
    @pytest.mark.parametrize("indent", ["", "> ", "  "])
    def test_surplus_cells_of_a_table_are_named(self, row: str, surplus: str, indent: str) -> None:
        table = "\n".join(f"{indent}{line}" for line in ("| a | b |", "|---|---|", row))
        document = read(f"## A?\n\n{table}\n")
        expected = [(5, f"the table has 2 columns: {surplus} is not shown")] if surplus else []
        assert said(document) == expected


@pytest.mark.parametrize("attributes", ["{#where}", "{: #where}", "{: .x #where}", "{.x #where}", '{: id="where"}'])
def test_attributes_behind_a_heading_name_it(attributes: str) -> None:
    document = read(f"# T\n\n## Where is it? {attributes}\n\nThere.\n\n### What? {attributes} ###\n\nThis.\n")
    assert [entry.question for entry in document.entries] == ["Where is it?", "What?"]
    assert [entry.slug for entry in document.entries] == ["where", "where-2"]


@pytest.mark.parametrize(
    "part",
    [
        "#### Deep\n{: #where}\n\nWords.",
        "##### Deeper\n{: #where}\n\nWords.",
        "##### Deeper {#where}\n\nWords.",
        "Words.\n{: #where}",
        "- Words\n{: .x #where}",
        "Words.\n\n{: #where}\n##### Deeper\n\nMore.",
    ],
)
def test_attributes_in_an_answer_name_a_place_in_it(part: str) -> None:
    document = read(f"# T\n\n## S\n\n### A?\n\nText.\n\n{part}\n\n### B?\n\nSee [it](#where).\n")
    assert document.entries[-1].answer in ("See [it](#a).", "See [it](#where).")
    assert not document.warnings


def test_attributes_above_a_heading_name_it() -> None:
    document = read("# T\n\n{: #one}\n## A?\n\nYes.\n\n{: #two}\n## B?\n\nSee [a](#one).\n")
    assert [(entry.slug, entry.question) for entry in document.entries] == [("one", "A?"), ("two", "B?")]
    assert not document.warnings


def test_attributes_without_a_name_are_left_out_and_named() -> None:
    document = read("## A? {: .no_toc}\n{:.x}\n\nYes.\n{: .y}\n\n```\n{: #z}\n```\n")
    assert pairs(document) == [("A?", "Yes.\n\n\n```\n{: #z}\n```")]
    assert [number for number, _ in said(document)] == [1, 2, 5]


@pytest.mark.parametrize("written", ["![](a.png)\n[ref]: two.png", "[^1]: two.png", "[^1]: two.png 'Two'"])
def test_what_is_no_definition_becomes_none(written: str) -> None:
    document = read(f"## A?\n\nYes.\n\n{written}\n")
    assert document.entries[0].answer.endswith(written.replace("![](a.png)\n", "").replace("[", "\\[", 1))


def test_images_below_html_that_goes_are_read() -> None:
    document = read(
        "## A?\n\n<img src='a.png' alt='One'>\n![Two](b.png)\n\n<p>\n:::image source='c' alt-text=\"Three\":::\n</p>\n"
    )
    assert document.entries[0].answer == "One\nTwo\n\n<p>\nThree\n</p>"
    assert [number for number, _ in said(document)] == [3, 4, 7]
