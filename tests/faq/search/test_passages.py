"""The passage that is shown, with its words marked."""

from __future__ import annotations

from faq.search.passages import passage


class TestPassages:
    """The passage with the words that were looked for."""

    text = "Eerst iets anders. De tunnel eindigt op de gateway. Verder niets."

    def test_the_sentence_that_holds_the_words_is_shown_and_marked(self) -> None:
        assert passage(self.text, "nl", frozenset({"tunnel", "gateway"}))[:4] == [
            ("De ", False),
            ("tunnel", True),
            (" eindigt op de ", False),
            ("gateway", True),
        ]

    def test_without_any_it_is_the_beginning(self) -> None:
        assert passage(self.text, "nl", frozenset({"x"}))[0][0].startswith("Eerst iets anders.")
        assert passage("", "nl", frozenset()) == []

    def test_a_long_text_is_cut_between_words(self) -> None:
        shown = "".join(text for text, _ in passage("lang woord " * 200, "nl", frozenset({"woord"})))
        assert 200 < len(shown) < 320
        assert shown.endswith(("lang", "woord"))
