"""Content files: read, written, and refused where they do not hold. `tests/faq/test_shipped_content.py` reads ours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from faq.knowledge.content_files import ContentRefused, entry_to_toml, read_edition
from faq.knowledge.entry import from_json, to_json
from tests.faq.builders import content

CONTENT = Path(__file__).parents[3] / "faq" / "content"
SHIPPED = CONTENT / "2016-12"


@pytest.mark.parametrize("code", ["2016-12", "2026"])
def test_an_entry_survives_json_and_toml_exactly(tmp_path: Path, code: str) -> None:
    edition = read_edition(CONTENT / code)
    shutil.copytree(CONTENT / code, tmp_path / code)
    for entry in edition.entries:
        assert from_json(to_json(entry)) == entry
        (tmp_path / code / entry.section / f"{entry.slug}.toml").write_text(entry_to_toml(entry))
    assert read_edition(tmp_path / code) == edition


def test_json_keeps_an_entry_without_a_date_or_a_language() -> None:
    bare = content(checked=None, texts={"nl": content().texts["nl"]})
    assert from_json(to_json(bare)) == bare


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped edition that a test may damage."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "2016-12"))


EXPRESSROUTE = "what-are-my-cross-premises-connection-options/what-is-expressroute.toml"


@pytest.mark.parametrize(
    ("find", "put", "reason"),
    [
        ("order = ", "ordre = ", "ordre: unknown key"),
        ("order = ", "order = 'x' # ", "order: must be int, not 'x'"),
        ('"expressroute"', '"espresso"', "connection_types: 'espresso' is not one of"),
        ("[nl]\nquestion", "[nl]\nquestoin", "nl.question: missing or not a string"),
        ("related = [", "related = ['nowhere',", "related: there is no entry 'nowhere'"),
        ("limits = [", "limits = ['p2s.nothing',", "limits: 'p2s.nothing' is not in the catalogue"),
        ('answer = """\n', 'answer = """\n{limit:nothing.there}', "{limit:nothing.there} is not in the catalogue"),
        ('answer = """\n', 'answer = """\n[x](nowhere)', "the link to 'nowhere' leads to no entry"),
        (
            'answer = """\n',
            'answer = """\n[x](other-page.md)',
            "the link to 'other-page.md' is broken on this site",
        ),
    ],
)
def test_a_faulty_entry_is_refused_with_file_key_and_reason(folder: Path, find: str, put: str, reason: str) -> None:
    path = folder / EXPRESSROUTE
    assert find in path.read_text()
    path.write_text(path.read_text().replace(find, put, 1))
    with pytest.raises(ContentRefused) as refused:
        read_edition(folder)
    assert any(fault.file == f"2016-12/{EXPRESSROUTE}" and reason in fault.reason for fault in refused.value.faults)


def test_a_file_that_does_not_parse_is_refused_with_its_line(folder: Path) -> None:
    (folder / EXPRESSROUTE).write_text("order = 1\nconnection_types = [\n")
    with pytest.raises(ContentRefused) as refused:
        read_edition(folder)
    assert any(fault.file.endswith("what-is-expressroute.toml") for fault in refused.value.faults)


def test_the_faults_of_every_file_are_found_at_once(folder: Path) -> None:
    for name in (EXPRESSROUTE, "bgp/can-i-use-bgp-with-my-vnet-to-vnet-connections.toml"):
        (folder / name).write_text((folder / name).read_text().replace("order = ", "ordre = ", 1))
    (folder / "limits.toml").write_text(
        (folder / "limits.toml").read_text().replace('unit = "client"', 'unit = "clint"')
    )
    with pytest.raises(ContentRefused) as refused:
        read_edition(folder)
    files = {fault.file for fault in refused.value.faults}
    assert {f"2016-12/{EXPRESSROUTE}", "2016-12/limits.toml"} < files
    assert not any("is not in the catalogue" in fault.reason for fault in refused.value.faults)


def test_the_check_command_names_the_fault(folder: Path, settings: object) -> None:
    (folder / EXPRESSROUTE).write_text("ordre = 1")
    settings.CONTENT_DIR = folder.parent  # type: ignore[attr-defined]
    with pytest.raises(SystemCheckError, match=r"what-is-expressroute\.toml: ordre: unknown key"):
        call_command("check")


def test_a_slug_that_is_also_a_former_slug_is_refused(folder: Path) -> None:
    path = folder / EXPRESSROUTE
    path.write_text('former_slugs = ["is-the-vnet-to-vnet-traffic-secure"]\n' + path.read_text())
    with pytest.raises(ContentRefused, match="is-the-vnet-to-vnet-traffic-secure"):
        read_edition(folder)
