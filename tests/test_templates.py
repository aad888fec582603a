"""The templates as source: short lines, rooms that know only what lies below them, and nothing said twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from advisor.answers.questions import STEPS, Step

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*") if path.is_file())
LONGEST_LINE = 160


def name_of(path: Path) -> str:
    """A template as others name it."""
    return str(path.relative_to(FOLDER))


def named_in(text: str) -> set[str]:
    """The templates that a template extends or includes by name, or shows as a shared part."""
    return set(re.findall(r'{% (?:extends|include|shared_part) "([^"]+)"', text))


def libraries_in(text: str) -> set[str]:
    """The tag libraries that a template loads."""
    return {library for loaded in re.findall(r"{% load ([^%]+) %}", text) for library in loaded.split()}


def used_by(room: str) -> set[str]:
    """The templates of a room, and those that they extend or include, and so on."""
    waiting = [name_of(path) for path in TEMPLATES if name_of(path).startswith(room)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += named_in((FOLDER / name).read_text())
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_line_of_a_template_can_be_read_and_compared(path: Path) -> None:
    lines = enumerate(path.read_text().splitlines(), 1)
    assert [number for number, line in lines if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_asks_for_one_language(path: Path) -> None:
    asked = re.findall(r'{% (?:el)?if [^%]*language(?:_code)? [!=]= "[a-z]+"', path.read_text(), re.IGNORECASE)
    assert asked == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_that_is_named_exists(path: Path) -> None:
    own = {name for name in named_in(path.read_text()) if not name.startswith(("admin/", "reversion/"))}
    assert {name for name in own if not (FOLDER / name).is_file()} == set()


def test_no_template_of_the_faq_leans_on_the_advisor() -> None:
    advisors = {path.stem for path in (ROOT / "advisor/templatetags").glob("*.py")} - {"__init__"}
    assert advisors
    for name in used_by("faq/") | used_by("components/"):
        assert not name.startswith("advisor/"), name
        assert libraries_in((FOLDER / name).read_text()) & advisors == set(), name


def test_every_template_of_ours_is_used() -> None:
    code = "".join(
        path.read_text() for room in ("config", "web", "faq", "advisor") for path in (ROOT / room).rglob("*.py")
    )
    named = set(re.findall(r'"([\w/]+\.(?:html|md|txt|xml))"', code))
    named |= {name for path in TEMPLATES for name in re.findall(r'"([\w/]+\.(?:html|md))"', path.read_text())}
    named |= {f"advisor/steps/{step.name}.html" for step in STEPS}
    by_django = re.compile(r"\d{3}\.html|admin/")
    unused = {name for path in TEMPLATES if (name := name_of(path)) not in named and not by_django.match(name)}
    assert unused == set()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_question_of_the_wizard_has_a_template_of_its_own(step: Step) -> None:
    text = (FOLDER / f"advisor/steps/{step.name}.html").read_text()
    assert "{% block question %}" in text
    assert "{% block answer %}" in text


def test_only_the_frame_of_a_page_says_how_a_link_to_it_is_shown() -> None:
    frame = ["base.html", "components/_head_links.html"]
    assert [name_of(path) for path in TEMPLATES if 'property="og:' in path.read_text()] == frame


def test_every_attribute_is_one_that_html_knows() -> None:
    own = re.compile(r"""[\s"']hx-[a-z-]+=""")
    assert [name_of(path) for path in TEMPLATES if own.search(path.read_text())] == []


def test_a_field_with_suggestions_is_of_a_type_that_may_be_a_combobox() -> None:
    for path in TEMPLATES:
        for field in re.findall(r"<input\b[^>]*role=\"combobox\"", path.read_text()):
            assert 'type="text"' in field, name_of(path)


@pytest.mark.django_db
@pytest.mark.parametrize("clients", [40, 120, 128, 400])
def test_no_meter_shows_more_than_it_can(client: Client, clients: int) -> None:
    page = client.get(f"/en/advice/result/?clients={clients}&vnet=hub&vnet_prefixes=10.20.0.0/16").content.decode()
    meters = re.findall(r"<meter min=\"0\" max=\"([0-9.]+)\"\s+value=\"([0-9.]+)\"", page)
    assert len(meters) == page.count("<meter") > 0
    assert all(float(value) <= float(most) for most, value in meters)
