"""What is written as a literal, read back by a real parser, is the same text; a comment stays a comment."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
import tfparse
import tree_sitter
import tree_sitter_bicep
from hypothesis import given, settings
from hypothesis import strategies as st
from pycep import BicepParser

from advisor.formats.deployables.quoting import (
    LONGEST_COMMENT,
    bicep,
    comment,
    hcl,
    plain,
    shell,
    shell_message,
    swanctl,
)
from tests.every import examples

BICEP = tree_sitter.Language(tree_sitter_bicep.language())
BICEP_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", "$": "$"}

HOSTILE = (
    "Breda",
    "'",
    "''",
    "'''",
    "\\",
    "\\'",
    "it's",
    '"',
    '\\"',
    "${x}",
    "$${x}",
    "\\${x}",
    "$\\{x}",
    "%{if true}",
    "%%{x}",
    "$",
    "$$",
    "${",
    "$(touch hit)",
    "`touch hit`",
    "$HOME",
    "a}b",
    "a\nb",
    "a\r\nb",
    "\t",
    "\x1b[31m",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u2028x\u2029y",
    "\u0085",
    "\U000e0041tag",
    "@file",
    "<(touch hit)",
    "a=~/x",
    "*/ x /*",
    "// x",
    "# x",
    "EOF",
    "!history",
    "~",
    "*",
    "-n",
    "\U0001f469\u200d\U0001f52c" * 20,
    "\ud800",
    "e\u0301",
)
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from([*"'\"\\${}%()`!*#/@\n\r\t ;&|<>abcu0", "\u202e", "\u2028"])).map("".join),
    st.text(),
)


def bicep_text(literal: str) -> str:
    """The text that a string of Bicep stands for, by the language's list of escapes."""
    inner = literal[1:-1]
    replaced = re.sub(
        r"\\(?:u\{([0-9a-f]+)\}|(.))",
        lambda match: chr(int(match[1], 16)) if match[1] else BICEP_ESCAPES[match[2]],
        inner,
    )
    assert re.fullmatch(r"(?:[^\\$]|\\.|\$(?!\{))*", inner, re.DOTALL)
    return replaced


def without_surrogates(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def in_bash(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8", timeout=10
    )


@settings(max_examples=examples(300))
@given(TEXTS)
def test_a_string_of_bicep_is_one_string_and_the_same_text(text: str) -> None:
    source = f"param before string = {bicep(text)}\nparam after int = 1\n"
    tree = tree_sitter.Parser(BICEP).parse(source.encode())
    assert not tree.root_node.has_error
    kinds = [node.type for node in tree.root_node.named_children]
    assert kinds == ["parameter_declaration", "parameter_declaration"]
    assert "interpolation" not in str(tree.root_node)
    parsed = BicepParser().parse(text=source)["parameters"]
    assert set(parsed) == {"before", "after"}
    assert bicep_text(f"'{parsed['before']['default']}'") == without_surrogates(text)


@settings(max_examples=examples(150), deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
def test_a_string_of_terraform_is_one_string_and_the_same_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("hcl")
    blocks = [f'resource "kind" "n{number}" {{\n  value = {hcl(text)}\n}}\n' for number, text in enumerate(texts)]
    (folder / "main.tf").write_text("".join(blocks), encoding="utf-8")
    parsed = {block["__tfmeta"]["path"]: block for block in tfparse.load_from_path(str(folder))["kind"]}
    assert len(parsed) == len(texts)
    for number, text in enumerate(texts):
        # Terraform keeps every string in normalization form C
        assert parsed[f"kind.n{number}"]["value"] == unicodedata.normalize("NFC", without_surrogates(text))


@settings(max_examples=examples(150), deadline=None)
@given(texts=st.lists(TEXTS.filter(lambda text: "\0" not in text and not text.startswith("@")), min_size=1))
def test_a_word_of_bash_is_one_word_and_the_same_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("words")
    words = [without_surrogates(text) for text in texts]
    script = r"printf '%s\0' " + " ".join(map(shell, words)) + "\n"
    (folder / "script").write_bytes(script.encode())
    done = subprocess.run(["bash", folder / "script"], cwd=folder, check=True, capture_output=True, timeout=10)
    assert done.stdout.decode().split("\0")[:-1] == words
    assert [path.name for path in folder.iterdir()] == ["script"]


@pytest.mark.parametrize("text", ["@file", "a\0b"])
def test_what_az_would_read_as_a_file_or_no_program_takes_is_no_word(text: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        shell(text)


@settings(max_examples=examples(150), deadline=None)
@given(TEXTS)
def test_a_message_of_bash_is_shown_and_not_run(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("message")
    message = shell_message(text) or "nothing"
    done = in_bash(f': "${{NOT_SET:?{message}}}"\necho still running', folder)
    assert (done.returncode, done.stdout) == (127, "")
    assert done.stderr.endswith(f"NOT_SET: {message}\n")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("address of Breda, Café 2: 10.0.0.0/8", "address of Breda, Café 2: 10.0.0.0/8"),
        ("it's <(touch hit) $(touch hit) `x` ~ }", "it s touch hit touch hit x"),
        ("a\nb\u202ec", "a b c"),
    ],
)
def test_a_message_keeps_its_words(text: str, message: str) -> None:
    assert shell_message(text) == message


@settings(max_examples=examples(300))
@given(TEXTS)
def test_a_comment_is_nothing_but_lines_of_comment(text: str) -> None:
    lines = list(comment(text, "//", "  "))
    assert all(line.startswith("  // ") and len(line.splitlines()) == 1 for line in lines)
    assert "".join(lines).isprintable() or not plain(text).isprintable()
    assert " ".join(line.removeprefix("  // ") for line in lines) == plain(text)


def test_a_long_comment_takes_more_lines_and_a_long_url_stays_whole() -> None:
    lines = list(comment("word " * 60, "#"))
    assert [len(line) <= LONGEST_COMMENT for line in lines] == [True] * 3
    url = "https://example.org/" + "a" * 200
    assert list(comment(f"See {url} there", "#")) == ["# See", f"# {url}", "# there"]
    assert list(comment("", "#")) == list(comment("\n\u2028", "#")) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "a b"),
        ("a\r\n\tb", "a b"),
        ("\u202ea\u202c", "a"),
        ("a\u2028b\u2029c\u0085d", "a b c d"),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c"),
        ("Café  Zuid ", "Café Zuid"),
        ("\x1b[31mred", "[31mred"),
    ],
)
def test_what_nobody_sees_is_a_space(text: str, shown: str) -> None:
    assert plain(text) == shown


@settings(max_examples=examples(300))
@given(TEXTS)
def test_a_value_of_swanctl_ends_at_its_own_quotes(text: str) -> None:
    written = swanctl(text)
    assert re.fullmatch(r'"(?:[^"\\]|\\["\\])*"', written)
    assert re.sub(r"\\(.)", r"\1", written[1:-1]) == plain(text)
