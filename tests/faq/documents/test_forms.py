"""The forms in which documents write questions, and what stands below which."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.every import examples
from tests.faq.documents.reading import pairs, read, said


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


@pytest.mark.parametrize("separator", ["\n  ", "\n\n  ", " "])
@pytest.mark.parametrize("form", ["Q: {}\n  A: {}", "**Q:** {} **A:** {}", "**{}** {}"])
def test_each_question_of_one_item_is_read(form: str, separator: str) -> None:
    one, two = form.format("Is it on?", "Yes."), form.format("Is it off?", "No.\n\n  ```\n  Q: x?\n  ```")
    document = read(f"# Device\n\n- {one}{separator}{two}\n- **Why?** So.\n")
    assert pairs(document) == [("Is it on?", "Yes."), ("Is it off?", "No.\n\n```\nQ: x?\n```"), ("Why?", "So.")]


def test_what_cannot_underline_a_heading_in_an_item_does_not_outside_it() -> None:
    document = read("# Device\n\n1. **Is it on?**\n   Yes.\nOr no.\n===\n[lamp]: green 'The lamp'\n")
    assert pairs(document) == [("Is it on?", "Yes.\nOr no.\n\\===\n[lamp]: green 'The lamp'")]
    assert not document.warnings


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


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
def test_no_answer_jumps_over_another_question(pieces: list[str]) -> None:
    lines = "\n".join(piece.format(number) for number, piece in enumerate(pieces)).split("\n")
    document = read("\n".join([*lines, f"## Is it m{len(pieces)}?", "", "It is."]))
    entries = sorted(document.entries, key=lambda entry: entry.line)
    for entry, following in pairwise(entries):
        own = [int(number) for number in re.findall(r"\bm(\d+)\b", f"{entry.question} {entry.answer}")]
        (asked,) = re.findall(r"\bm(\d+)\b", following.question)
        assert max(own) < int(asked)


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
