"""What README.md, CHANGELOG.md and docs/ promise: settings, commands, links and paths that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [README, *DOCS]
TEXT = "\n".join(page.read_text() for page in PAGES)
SETTINGS = (ROOT / "config/settings.py").read_text()

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FOLDERS = ("config", "web", "faq", "advisor", "templates", "static", "locale", "tests", "docs", "deploy", ".ci")
FILES = ("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "manage.py", "pyproject.toml", "requirements.lock")
OWN_PATH = re.compile(rf"(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./<>*-]*|{'|'.join(map(re.escape, FILES))}")


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", page.read_text())


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    words = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(prose(page)))
    return {word.replace(" ", "-") for word in words}


def links(page: Path) -> Iterator[str]:
    """The links of a page to files of the project."""
    return (link for link in LINK.findall(CODE.sub("", prose(page))) if not re.match(r"[a-z]+:", link))


def test_the_docs_name_every_setting() -> None:
    names = set(re.findall(r'"((?:GATEWIJZER|DATABASE|CACHE)_[A-Z_]+)"', SETTINGS))
    assert names
    assert {name for name in names if f"`{name}`" not in TEXT} == set()
    ours = {name for name in names if name.startswith("GATEWIJZER_")}
    assert set(re.findall(r"`(GATEWIJZER_[A-Z_]+)`", TEXT)) == ours


def test_the_docs_name_every_target_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {target for target in targets if f"make {target}" not in TEXT} == set()


def test_the_readme_has_at_most_150_lines() -> None:
    assert len(README.read_text().splitlines()) <= 150


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_the_readme_leads_to_every_page_of_the_docs(page: Path) -> None:
    assert f"docs/{page.name}" in {link.partition("#")[0] for link in links(README)}


def test_each_section_of_the_figures_names_a_command_that_exists() -> None:
    for section in (ROOT / "docs/figures.md").read_text().split("\n## ")[1:]:
        assert re.search(r"^Command: `make [a-z]+`", section, re.MULTILINE), section
        for module in re.findall(r"`python -m (tests\.[a-z.]+)`", section):
            path = ROOT / module.replace(".", "/")
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading_that_exist(page: Path) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_in_backticks_exists(page: Path) -> None:
    """`<name>` stands for any name: at least one file or folder has to fit."""
    paths = [path for path in CODE.findall(prose(page)) if OWN_PATH.fullmatch(path)]
    assert [path for path in paths if not any(ROOT.glob(re.sub(r"<[^<>]*>", "*", path.rstrip("/"))))] == []
