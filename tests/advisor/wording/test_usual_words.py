"""The usual words of tables, which are read where there are no labels of a form."""

from __future__ import annotations

import pytest

from advisor.core.field_parameters import rows_of
from advisor.wording.table_words import choices_called, columns_called
from advisor.wording.usual_words import plain, usual_choices, usual_columns


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("Prefix(es)", "prefix"),
        ("Publiek IP-adres", "publiekipadres"),
        ("(Mbps)", "mbps"),
        ("Bandbreedte [Mbit/s]", "bandbreedte"),
        ("((((", ""),
        ("a (b (c) d", "abd"),
    ],
)
def test_a_word_is_read_without_case_signs_and_brackets(written: str, word: str) -> None:
    assert plain(written) == word


def test_the_labels_of_the_form_for_sites_are_among_the_usual_words() -> None:
    assert columns_called("site") == usual_columns("site")
    for together in rows_of()["site"].columns.values():
        assert choices_called(together[0].name) == usual_choices(together[0].name)
