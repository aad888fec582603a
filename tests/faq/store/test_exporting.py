"""Documents of others to the database and back, by the commands."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from faq.models import Edition, Entry
from faq.store import content_version
from faq.store.publishing import publish, working_content
from tests.faq.builders import text

pytestmark = pytest.mark.django_db

DUTCH = """---
title: Veelgestelde vragen | Intranet
---
# <a name="faq"></a>Veelgestelde vragen
## <a name="basics"></a>Basis
### <a name="what-is-a-tunnel"></a>Wat is een tunnel?
Dat is een versleutelde verbinding tussen twee netwerken. U hebt daarvoor een VPN-apparaat nodig.

### <a name="what-is-a-gateway"></a>Wat is een gateway?
Een gateway is het apparaat waar de tunnel in Azure eindigt. Zie [de tunnel](#what-is-a-tunnel).
"""
ENGLISH = """# Questions
## <a name="basics"></a>Basics
### <a name="what-is-a-tunnel"></a>What is a tunnel?
It is an encrypted connection between two networks. You need a VPN device for that.
"""


@pytest.fixture
def dutch(tmp_path: Path) -> Path:
    """A document in Dutch."""
    path = tmp_path / "faq.md"
    path.write_text(DUTCH)
    return path


def imported(path: Path, *more: str, language: str = "nl", edition: str = "intranet") -> dict[str, Any]:
    """What an import says, as JSON."""
    said = StringIO()
    call_command("import_faq", str(path), "--lang", language, "--edition", edition, "--json", *more, stdout=said)
    return dict(json.loads(said.getvalue()))


def statuses(said: dict[str, Any]) -> dict[str, str]:
    """The status of each entry."""
    return {entry["slug"]: entry["status"] for entry in said["entries"]}


def exported(*arguments: str) -> str:
    """What an export writes."""
    said = StringIO()
    call_command("export_faq", *arguments, stdout=said, stderr=StringIO())
    return said.getvalue()


def test_a_document_is_imported_and_read(dutch: Path, client: Client) -> None:
    assert statuses(imported(dutch)) == {"what-is-a-tunnel": "new", "what-is-a-gateway": "new"}
    page = client.get("/nl/faq/what-is-a-gateway/?edition=intranet").content.decode()
    assert "Een gateway is het apparaat" in page
    assert 'href="/nl/faq/what-is-a-tunnel/?edition=intranet"' in page
    assert Edition.objects.get(code="intranet").sections.get().title_nl == "Basis"


def test_importing_it_again_changes_nothing(dutch: Path) -> None:
    imported(dutch)
    before = content_version.current()
    assert set(statuses(imported(dutch)).values()) == {"unchanged"}
    assert content_version.current() == before


def test_a_changed_document_changes_its_entry(dutch: Path) -> None:
    imported(dutch)
    dutch.write_text(DUTCH.replace("versleutelde verbinding", "beveiligde verbinding"))
    assert statuses(imported(dutch)) == {"what-is-a-tunnel": "changed", "what-is-a-gateway": "unchanged"}


def test_the_other_language_is_added_and_what_has_one_only_says_so(dutch: Path, tmp_path: Path) -> None:
    imported(dutch)
    english = tmp_path / "faq-en.md"
    english.write_text(ENGLISH)
    assert statuses(imported(english, language="en")) == {"what-is-a-tunnel": "changed"}
    only = {entry["slug"]: entry.get("only_in") for entry in imported(dutch)["entries"]}
    assert only == {"what-is-a-tunnel": None, "what-is-a-gateway": "nl"}


def test_an_editors_change_is_a_conflict_until_overwritten(dutch: Path) -> None:
    imported(dutch)
    entry = Entry.objects.get(edition__code="intranet", slug="what-is-a-tunnel")
    publish(entry, working_content(entry).with_text("nl", text(answer="**Van een redacteur.**")))
    assert statuses(imported(dutch))["what-is-a-tunnel"] == "conflict"
    entry.refresh_from_db()
    assert working_content(entry).texts["nl"].answer == "**Van een redacteur.**"
    assert statuses(imported(dutch, "--overwrite"))["what-is-a-tunnel"] == "changed"


def test_the_shipped_content_is_not_overwritten_by_a_document(tmp_path: Path) -> None:
    path = tmp_path / "faq.md"
    path.write_text(DUTCH.replace("what-is-a-tunnel", "what-is-expressroute"))
    said = statuses(imported(path, edition="2016-12"))
    assert said["what-is-expressroute"] == "conflict"


def test_a_dry_run_says_it_and_does_nothing(dutch: Path) -> None:
    assert set(statuses(imported(dutch, "--dry-run")).values()) == {"new"}
    assert not Edition.objects.filter(code="intranet").exists()


def test_a_document_in_the_wrong_language_is_refused_unless_forced(dutch: Path) -> None:
    with pytest.raises(CommandError, match="this is Dutch, not English; use --force"):
        call_command("import_faq", str(dutch), "--lang", "en", "--edition", "intranet")
    assert not Edition.objects.filter(code="intranet").exists()
    assert set(statuses(imported(dutch, "--force", language="en")).values()) == {"new"}


def test_a_document_that_cannot_be_read_changes_nothing_and_says_file_line_and_reason(
    dutch: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text(DUTCH + '\n### <a name="what-is-a-tunnel"></a>\nJa.\n')
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command(
            "import_faq", str(dutch), str(broken), "--lang", "nl", "--edition", "intranet", "--json", stdout=said
        )
    report = json.loads(said.getvalue())
    assert report["entries"] == []
    assert report["errors"][0]["file"] == str(broken)
    assert report["errors"][0]["line"] == 12
    assert report["errors"][0]["reason"] == "this heading has no text"
    assert not Edition.objects.filter(code="intranet").exists()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b"\xff\xfe bad", "not UTF-8"),
        (b"a\x00b", "NUL"),
        (b"", "no question was found"),
        (b"### YamlMime:FAQ\ntitle: [", "this is not YAML"),
        (b'## A\n### <a name="x"></a>V?\n{limit:p2s.max_clients}\n', "is no limit of this edition"),
        (b"## A\n### " + b"v" * 400 + b"\nja\n", "the question has 400 characters; at most 300"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, written: bytes, reason: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(written)
    with pytest.raises(CommandError, match=reason):
        call_command("import_faq", str(path), "--lang", "nl", "--edition", "intranet")


@pytest.mark.parametrize("name", ["", "../x", "2016 12", "A" * 50])
def test_an_edition_has_a_name_that_an_address_can_hold(dutch: Path, name: str) -> None:
    with pytest.raises(CommandError, match="not a valid edition name"):
        call_command("import_faq", str(dutch), "--lang", "nl", "--edition", name)


@pytest.mark.parametrize("form", ["markdown", "yaml"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_exporting_and_importing_the_shipped_content_changes_nothing(tmp_path: Path, language: str, form: str) -> None:
    path = tmp_path / "export.txt"
    path.write_text(exported("--lang", language, "--format", form))
    before = content_version.current()
    said = statuses(imported(path, language=language, edition="2016-12"))
    assert len(said) == 67
    assert set(said.values()) == {"unchanged"}
    assert content_version.current() == before


@pytest.mark.parametrize("form", ["markdown", "yaml"])
def test_an_export_imported_elsewhere_exports_the_same(tmp_path: Path, form: str) -> None:
    path = tmp_path / "export.txt"
    path.write_text(exported("--lang", "nl", "--format", form))
    imported(path, edition="copy")
    again = exported("--lang", "nl", "--format", form, "--edition", "copy")
    heads = (2, 4) if form == "markdown" else (4, 4)
    assert again.partition("## " if form == "markdown" else "sections:")[2]
    assert again.split("\n")[heads[1] :][-50:] == path.read_text().split("\n")[-50:]


def test_an_exported_document_has_numbers_and_no_references() -> None:
    document = exported("--lang", "nl")
    assert "{limit:" not in document
    assert "hooguit 128" in document
    assert '<a name="what-is-expressroute"></a>' in document


def test_exported_content_files_are_loaded_as_unchanged(tmp_path: Path) -> None:
    exported("--format", "content", "--output", str(tmp_path))
    said = StringIO()
    call_command("sync", "--content", str(tmp_path), stdout=said)
    assert "67 unchanged" in said.getvalue()


def test_an_edition_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(CommandError, match="unknown edition 'x'; available: 2026, 2016-12"):
        exported("--edition", "x")
