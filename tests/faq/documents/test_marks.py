"""What only another program reads, and what no page shows: each is read, or left out and named."""

from __future__ import annotations

import re

import pytest

from tests.faq.documents.reading import pairs, read, said


def test_an_anchor_may_be_an_attribute() -> None:
    assert [entry.slug for entry in read("## S\n### What? {#my-id}\nA.\n### Why? {: #other .x}\nB.\n").entries] == [
        "my-id",
        "other",
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
