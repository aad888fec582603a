"""Links and images of a document, and where they may lead."""

from __future__ import annotations

import pytest

from tests.faq.documents.reading import pairs, read, said


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
