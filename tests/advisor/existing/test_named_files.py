"""Names of files as a report shows them."""

from __future__ import annotations

import pytest

from advisor.existing.named_files import LONGEST_NAME, named_apart


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["a.json", "b.json"], ["a.json", "b.json"]),
        (["a.json", "a.json", "a.json"], ["a.json", "a.json (2)", "a.json (3)"]),
        (["a.json", "a.json (2)", "a.json"], ["a.json", "a.json (2)", "a.json (3)"]),
        (["", "\u202e \n"], ["file", "file (2)"]),
        (["a\nb\u202ec.json"], ["a b c.json"]),
        (["/long" * 40 + "/a.json"], ["…" + ("/long" * 40 + "/a.json")[1 - LONGEST_NAME :]]),
    ],
)
def test_each_file_has_a_name_of_one_line_that_no_other_has(given: list[str], names: list[str]) -> None:
    files = list(named_apart((name, name.encode()) for name in given))
    assert [file.name for file in files] == names
    assert [file.content for file in files] == [name.encode() for name in given]
