"""Typing errors."""

from __future__ import annotations

import pytest

from faq.search.correct import Vocabulary, edits_forgiven, mended


class TestTypingErrors:
    """One edit from five letters, two from nine; shorter words never."""

    vocabulary = Vocabulary({"tunnel": 9, "gateway": 9, "certificaat": 4, "poorten": 2, "routering": 3, "bgp": 8})

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("tunel", ("tunnel",)),
            ("tunnle", ("tunnel",)),
            ("gatway", ("gateway",)),
            ("certifikaaat", ("certificaat",)),
            ("gatewaypoorten", ("gateway", "poorten")),
            ("zwaluwstaart", None),
        ],
    )
    def test_it_is_mended_by_the_words_of_the_index(self, typed: str, meant: tuple[str, ...] | None) -> None:
        assert mended(typed, [self.vocabulary]) == meant

    @pytest.mark.parametrize("word", ["bgb", "vpm", "iks", "tunl"])
    def test_short_words_are_never_touched(self, word: str) -> None:
        assert mended(word, [self.vocabulary]) is None

    def test_the_edits_forgiven_grow_with_the_word(self) -> None:
        assert [edits_forgiven("a" * length) for length in (4, 5, 8, 9, 40, 41)] == [0, 1, 1, 2, 2, 0]
