"""Nothing of a document is lost unsaid: each line ends in an entry, a section, or a warning with its number."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.documents import Document, DocumentRefused, parse_markdown, parse_yaml
from faq.knowledge.limits import Catalogue
from faq.knowledge.markdown import render_answer
from tests.every import examples

WORD = re.compile(r"\bw\d+x\b")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


FENCE = re.compile(r"^[ >]*(?:[-*+] +)?(?:```|~~~)(.*)", re.MULTILINE)


def shown(answer: str) -> str:
    """What a page shows of an answer, with the targets of its links, and the languages of its code."""
    return "\n".join([render_answer(answer, Catalogue("x", {}), "en", strict=False).html, *FENCE.findall(answer)])


def lost(text: str, document: Document) -> list[str]:
    """The lines whose words are nowhere, and that no warning names."""
    kept = [document.title, document.introduction]
    kept += [part for section in document.sections for part in (section.title, section.introduction)]
    kept += [part for entry in document.entries for part in (entry.question, shown(entry.answer))]
    words = set(WORD.findall("\n".join(kept)))
    named = {warning.line for warning in document.warnings}
    said = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    return [
        f"{number}: {line}"
        for number, line in enumerate(said.split("\n"), start=1)
        if not set(WORD.findall(line)) <= words and number not in named and "title:" not in line
    ]


PIECES = [
    "# {} {}",
    "## {}",
    "## What is {}?",
    "### {} {}",
    "### Hoe werkt {}?",
    "#### {}",
    "#### Can {} be {}?",
    "##### {}",
    "##Is {}?",
    "{}\n---",
    "{} {}\n===",
    "<h3>Is {}?</h3>",
    "{} {}.",
    "{}\n{}<br/>\n{} <br>",
    "- {}\n- {}\n\n  {}",
    "1. {}\n   ### {}",
    "> {}\n> {}",
    "> [!NOTE]\n> {}",
    "```\n# {}\n```",
    "~~~ {}\n{}\n~~~",
    "    {}",
    "| {} | {} |\n|---|---|\n| {}<br>{} | ![{}](a.png) |",
    "<table><tr><td>{}</td></tr>\n<tr><td>{}</td></tr></table>",
    "<div>\n{}\n## Is {}?\n</div>\n{}",
    "**Is {}?**",
    "**Is {}?**\n{}",
    "**Q: {}**\n\n{}",
    "**Q:** {}\n**A:** {}",
    "Q: {}?\nA: {}",
    "Q: {}?\nA: {}\nQ: {}?\nA: {}",
    "Q: {}? A: {}. Q: {}? A: {}",
    "Q1. {}?\nA1. {}",
    "**Is {}?** {}. **Is {}?** {}",
    "***Is {}?***\n{}",
    "*Is {}?*\n\n{}",
    "<b>Is {}?</b>\n{}",
    "Is {}?",
    "__Is {}?__ {}",
    "**{}** {}",
    "- **Is {}?** {}\n- {}",
    "* **Q: {}**\n\n  {}\n\n      {}\n  - {}",
    "1. **Is {}?**\n{}\n2. **Is {}?**\n   {}",
    "Is {}?\n: {}",
    "{}\n: {}",
    "<details>\n<summary>Is {}?</summary>\n\n{}\n\n### {}\n\n</details>\n{}",
    "<details><summary>{}</summary>{}</details>",
    "<details>\n{}\n</details>",
    "<summary>{}</summary>",
    "</details>",
    "[{}][w1ref] and [w1ref] and ![{}][w2ref] [{}](other.md#{}) [{}](#{}) [{}](https://example.org/{})",
    "[w1ref]: https://example.org/one",
    "[w2ref]: two.png '{}'",
    "[{}]: /{}",
    "![{}](images/{}.png)",
    "![](images/{}.png)",
    "<img src='{}.png' alt='{}'>",
    "<a href='{}.html'>{}</a>",
    "<iframe src='https://example.org/{}'></iframe>",
    "<script>\nvar {};\n</script>",
    "<iframe src='x'></iframe>\n<script>{}\n\n{}</script> {}",
    "{} <svg>{}\n{}</svg> {}",
    "{} <template> {}",
    "<!-- {} -->",
    "<!-- {}\n\n<!-- {} -->",
    "<!-- open {}",
    "<?php {} ?>",
    "{} <? {} ?> and <!DOCTYPE {}> {}",
    "<div> <![CDATA[{}]]> <!-- {}\n</div>",
    "<a name='part'></a>{}",
    ":::{{note}}\n{}\n:::",
    "{{{{< hint {} >}}}}\n{}\n{{{{< /hint >}}}}",
    "{{% if {} %}} {}",
    "{{% highlight {} %}} {}\n# {}\n\n{} {{% endhighlight %}} {}",
    "{{% note %}}\n## Is {}?\n\n{}\n---\n{{% endnote %}}",
    "{{{{ {} }}}}",
    ':::image source="{}.png" alt-text="{}":::',
    "!!! note\n    {}",
    "[^1]: {} {}",
    "[^2]: {}",
    "[TOC]",
    "* {}\n{{:toc}}",
    "## {}\n{{: #part}}",
    "{} {}\n{{: .x #part}}",
    "{{: #part}}\n## Is {}? {{: .x}}",
    "## Contents\n\n- {}\n  - [{}](#{})\n",
    "[!INCLUDE [{}](gone/{}.md)]",
    "{} [!INCLUDE [x](part.md)] {}",
    "\\# {}",
    "---",
    "***",
    "{}\u000b{}\u0007",
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A document of pieces in which no word stands twice."""
    written = []
    number = 100
    separators = st.sampled_from(["\n\n", "\n\n", "\n"])
    for piece in draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12)):
        places = piece.replace("{{", "").replace("}}", "").count("{}")
        written += [piece.format(*(f"w{number + place}x" for place in range(places))), draw(separators)]
        number += places
    head = draw(
        st.sampled_from(
            ["", "# Title\n\n", "---\ntitle: w1x\n---\n", "# Title\n\n## Section\n\n### What?\n\nThis.\n\n"]
        )
    )
    return head + "".join(written)


@given(texts())
@settings(max_examples=examples(200), deadline=None)
def test_each_line_is_kept_or_named(text: str) -> None:
    try:
        document = parse_markdown(text, "faq.md", lambda path: ("part.md", "Part.") if "part" in path else None)
    except DocumentRefused:
        return
    assert not lost(text, document), (text, document)


@given(texts())
@settings(max_examples=examples(100), deadline=None)
def test_each_answer_is_in_its_normal_form_and_links_to_what_is_there(text: str) -> None:
    try:
        document = parse_markdown(text, "faq.md", lambda path: None)
    except DocumentRefused:
        return
    slugs = {entry.slug for entry in document.entries} | {section.slug for section in document.sections}
    for entry in document.entries:
        if "<" not in entry.answer:  # what stands in HTML is no link
            links = re.findall(r"\]\(#([^()\s]*)\)", entry.answer)
            assert set(links) <= slugs, (text, entry)
            assert not re.search(r"\]\((?!https:|#)[^()]*\)(?!`)", entry.answer), (text, entry)


DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]*\]:.*$", re.MULTILINE)


@given(texts())
@settings(max_examples=examples(200), deadline=None)
def test_the_lines_of_an_entry_stand_together_in_the_document(text: str) -> None:
    try:
        document = parse_markdown(text, "faq.md", lambda path: None)
    except DocumentRefused:
        return
    placed = DEFINITION.sub("", text).split("\n")
    line_of = {word: number for number, line in enumerate(placed) for word in WORD.findall(line)}
    parts = [document.introduction, *(section.introduction for section in document.sections)]
    parts += [f"{entry.question}\n{entry.answer}" for entry in document.entries]
    found = [sorted(line_of[word] for word in WORD.findall(part) if word in line_of) for part in parts]
    stretches = sorted((lines[0], lines[-1]) for lines in found if lines)
    assert all(before[1] <= after[0] for before, after in pairwise(stretches)), (text, document)


YAML = """### YamlMime:FAQ
metadata:
  title: Left alone
title: w1x
summary: |
  w2x

  ![w3x](w4x.png)
audience: w5x
sections:
  - name: w6x
    summary: w7x
    color: w8x
    questions:
      - question: What is w9x?
        answer: |
          w10x [w11x][ref] {{< w12x >}}
        level:
          - w13x
          - w14x
      - question: Is w15x?
        answer: w16x
  - name: w17x
    summary: w18x
    questions: []
additionalContent: |
  w19x

  ## w20x

  - [w21x](other.md)
  - [w22x](https://example.org)

  ## Is w23x?

  w24x

  [ref]: https://example.org/ref
  [unused]: https://example.org/w25x
"""


def test_each_line_of_a_yaml_document_is_kept_or_named() -> None:
    document = parse_yaml(YAML, "faq.yml")
    assert not lost(YAML, document)
    assert "[w11x](https://example.org/ref)" in document.entries[0].answer
    assert document.introduction.startswith("w2x")
    assert document.introduction.endswith("w19x")
    assert document.sections[0].introduction == "w7x"
    assert document.entries[-1].question == "Is w23x?"


@pytest.mark.parametrize(
    "text",
    [
        "## w1x\n\nw2x\n\n**Is w3x?**\n\n![](a.png)\n\n## B\n\n**Is b?**\n\nB.\n",
        "# T\n\n## w1x\n\nAbout w2x.\n\n### Is w3x?\n\n## B?\n\nC.\n",
        "## w1x\n\n### w2x\n\n#### w3x\n\n## B?\n\nC.\n",
        "**Is w1x?**\n\n**Is w2x?**\n\nB.\n",
        "Q: w1x\nw2x\n\nQ: w3x?\nA: w4x\n",
        "**Is w1x\nor w2x?**\n\n**Is w3x?** Q: w4x? A: w5x\n",
        "<details><summary>w1x</summary></details>\n\n## B?\n\nC.\n",
        "# A w1x?\n\nB w2x.\n",
        "# T\n\n## S\n\n### A?\n\nB w1x.\n\n### C w2x?\n\n![](d.png)\n",
        "Is w1x?\n: Yes w2x.\n",
    ],
)
def test_small_documents_are_accounted_for(text: str) -> None:
    assert not lost(text, parse_markdown(text, "faq.md", lambda path: None))
