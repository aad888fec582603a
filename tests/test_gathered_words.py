"""Every text that the code asks a translation for stands in the catalogs, so that gathering them again loses none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from web.languages import LANGUAGES

ROOT = Path(__file__).parents[1]
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "gettext_noop"}


def calls() -> Iterator[tuple[str, ast.Call, bool]]:
    """Where each call stands, the call, and whether it stands in an f-string."""
    for room in ("advisor", "config", "faq", "web"):
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            inside = {id(node) for f in ast.walk(tree) if isinstance(f, ast.JoinedStr) for node in ast.walk(f)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node, id(node) in inside


def test_no_call_stands_in_an_f_string() -> None:
    """The program that gathers texts for the catalogs does not read f-strings."""
    assert [place for place, _, is_inside in calls() if is_inside] == []


def in_templates() -> Iterator[tuple[str, str]]:
    """Each text that a template asks a translation for, with the template."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file():
            found = re.findall(r"""{% translate (?:"([^"]*)"|'([^']*)')""", path.read_text(encoding="utf-8"))
            yield from ((str(path.relative_to(ROOT)), double or single) for double, single in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_template_is_in_the_catalog(language: str) -> None:
    asked = set(in_templates())
    assert len(asked) > 100
    assert {(place, text) for place, text in asked if text not in known_texts(language)} == set()


@cache
def known_texts(language: str) -> set[str]:
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return {
            text for message in read_po(file) for text in ([message.id] if isinstance(message.id, str) else message.id)
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_the_catalog(language: str) -> None:
    known = known_texts(language)
    asked = {
        (place, argument.value)
        for place, call, _ in calls()
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    assert len(asked) > 100
    assert {(place, text) for place, text in asked if text not in known} == set()
