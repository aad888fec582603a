"""The words of what people read: the interface, the answers, the limits, the messages, the API and the docs.

The sentences of advice are held to the same list in `tests/advisor/wording/test_words.py`.
"""

from __future__ import annotations

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.core.management import get_commands, load_command_class

from config.interfaces.api import document
from tests.builders import CONTENT
from tests.words import found_in

ROOT = Path(__file__).parents[1]
DOCS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
ROOMS = ("advisor", "config", "faq", "web")
OWN_COMMANDS = sorted(name for name, app in get_commands().items() if app in ("config", "faq", "advisor"))
TOLD = ("description", "summary", "title")
"""What an OpenAPI document says to people."""


def catalogue(language: str) -> Iterator[tuple[str, str]]:
    """The messages of the interface in a language, each with its msgid."""
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                texts = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
                yield from ((str(message.id), text) for text in texts if text)


def content() -> Iterator[tuple[str, str, str]]:
    """Every text of the content: where it is, its language, and its prose. Phrasings are how visitors ask."""
    for path in sorted(CONTENT.glob("*/**/*.toml")):
        for place, language, text in texts_in(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield f"{path.stem}{place}", language, prose(text)


def texts_in(found: Any, place: str = "") -> Iterator[tuple[str, str, str]]:
    """The texts per language of a content file."""
    for name, inner in found.items() if isinstance(found, dict) else enumerate(found):
        if name in ("nl", "en"):
            told = {"": inner} if isinstance(inner, str) else inner
            yield from ((f"{place}.{part}", name, text) for part, text in told.items() if part != "asked_as")
        elif isinstance(inner, (dict, list)):
            yield from texts_in(inner, f"{place}.{name}")


def prose(markdown: str) -> str:
    """The words of a text, without code, the targets of links, references and table marks."""
    without_code = re.sub(
        r"```.*?```|`[^`]*`|<!--.*?-->|\]\([^)]*\)|\{limit:[^}]*\}|https?://\S+", " … ", markdown, flags=re.S
    )
    return " ".join(without_code.replace("|", " . ").split())


def descriptions(found: Any) -> Iterator[str]:
    """Every text for people in an OpenAPI document."""
    if isinstance(found, dict):
        for name, inner in found.items():
            if name in TOLD and isinstance(inner, str):
                yield inner
            else:
                yield from descriptions(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from descriptions(inner)


def messages_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts of a module that are not docstrings, each with its line; what is filled in is `…`."""
    passed = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed.update(id(part) for part in node.values)
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.lineno, node.value


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_interface(language: str) -> None:
    said = {f"{text}: {fault}" for _, text in catalogue(language) for fault in found_in(text, language)}
    assert sorted(said) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_content(language: str) -> None:
    found = [
        (where, fault) for where, code, text in content() if code == language for fault in found_in(text, language)
    ]
    assert found == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_the_docs(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [(number, fault) for number, line in enumerate(lines, 1) for fault in found_in(prose(line), "en")] == []


@pytest.mark.parametrize("name", OWN_COMMANDS)
def test_the_help_of_commands(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    written = io.StringIO()
    with suppress(SystemExit):
        command.create_parser("manage.py", name).print_help(written)
    assert list(found_in(" ".join(written.getvalue().split()), "en")) == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_messages_in_the_code(room: str) -> None:
    """What commands print, settings refuse, checks find, and the interfaces answer, all in English: also the texts
    that `locale/en` takes as they are.
    """
    found = [
        (str(path.relative_to(ROOT)), line, fault)
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, text in messages_in(ast.parse(path.read_text(encoding="utf-8")))
        if text.count(" ") > 1
        for fault in found_in(text, "en")
    ]
    assert found == []


@pytest.mark.django_db
def test_the_descriptions_of_the_api() -> None:
    assert [(text, fault) for text in descriptions(document()) for fault in found_in(text, "en")] == []
