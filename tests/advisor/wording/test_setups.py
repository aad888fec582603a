"""The sentences on a setup: one in each language for every code, and none that needs what a reader does not give."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from advisor.core.parameters import Count
from advisor.core.refusals import FieldError
from advisor.existing.reading import read_setup
from advisor.existing.report import ERRORS, IGNORED, MISSING, UNDERSTOOD, SetupFile, SetupRefused
from advisor.wording import setups
from advisor.wording.setups import PARTS, line_of, refused_because

CODES = dict(zip(PARTS, (UNDERSTOOD, IGNORED, MISSING), strict=True))
RAW: dict[str, Any] = tomllib.loads((Path(setups.__file__).parent / "texts/setups.toml").read_text(encoding="utf-8"))


def test_every_code_has_its_sentences_and_no_sentence_is_left_over() -> None:
    for part, codes in CODES.items():
        assert set(RAW[part]) == set(codes), part
        for code in codes:
            assert {name: set(texts) for name, texts in RAW[part][code].items()} == {
                "named": {"nl", "en"},
                "whole": {"nl", "en"},
            }, code
    assert set(RAW["refusals"]) == set(ERRORS)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_line_says_what_it_is_about_if_that_has_a_name(language: str) -> None:
    for part, codes in CODES.items():
        for code in codes:
            named, whole = (line_of(part, code, subject, language) for subject in ("Œuvre-1", ""))
            assert "Œuvre-1" in named
            assert named != whole
            assert all(said.endswith(".") and "{" not in said for said in (named, whole))


def refused(*contents: bytes) -> list[FieldError]:
    """The faults of files with this content."""
    with pytest.raises(SetupRefused) as found:
        read_setup([SetupFile(f"{number}.json", content) for number, content in enumerate(contents)], "2026")
    return list(found.value.errors)


FAULTS: dict[str, tuple[bytes, ...]] = {
    "not-understood": (b"Dear colleague",),
    "not-json": (b'[{"a": 1},\n oops]',),
    "too-deep": (b"[" * 20_000 + b"]" * 20_000,),
    "too-large": (b" " * ((2 << 20) + 1),),
    "too-many-files": (b"[]",) * 21,
    "unsupported-version": (b'{"version": 3, "terraform_version": "0.11.7", "modules": []}',),
}


@pytest.mark.parametrize(("reason", "language"), list(product(FAULTS, ("nl", "en"))))
def test_each_fault_of_the_readers_has_its_sentence(reason: str, language: str) -> None:
    errors = refused(*FAULTS[reason])
    assert {error.reason for error in errors} == {reason}
    for error in errors:
        said = refused_because(error, language)
        assert said.endswith(".")
        assert "{" not in said


def test_the_size_of_a_file_is_told_in_megabytes() -> None:
    error = FieldError("a.json", None, "too-large", (("allowed", Count(2 << 20, "byte")),))
    assert "at most 2 MB" in refused_because(error, "en")
    assert "hooguit 2 MB" in refused_because(error, "nl")


def test_a_fault_of_the_need_is_told_as_everywhere() -> None:
    (error,) = refused(b'{"sites": [{"name": "A", "prefixes": ["10.1.2.3/16"]}]}')
    assert refused_because(error, "en")
