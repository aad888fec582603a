"""What `import_faq` says of its losses, and where introductions go."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from faq.models import Edition, Entry, Section
from faq.store.editions import default_code, edition_codes, find_edition

pytestmark = pytest.mark.django_db

WHOLE = "# Questions\n\n## What is a tunnel?\n\nIt is a connection that you can use.\n"
WITH_LOSS = WHOLE + "\n![The drawing](tunnel.png)\n"


def run(path: Path, *more: str, edition: str = "intranet", language: str = "en") -> tuple[int, dict[str, Any]]:
    """The exit status of an import, and what it says as JSON."""
    said, status = StringIO(), 0
    try:
        call_command("import_faq", str(path), "--lang", language, "--edition", edition, "--json", *more, stdout=said)
    except SystemExit as ended:
        status = int(str(ended.code))
    return status, dict(json.loads(said.getvalue()))


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A place for a document."""
    return tmp_path / "faq.md"


def test_a_document_without_losses_ends_with_0(document: Path) -> None:
    document.write_text(WHOLE)
    status, said = run(document)
    assert (status, said["warnings"], said["errors"]) == (0, [], [])


def test_losses_are_listed_and_end_with_3(document: Path) -> None:
    document.write_text(WITH_LOSS)
    status, said = run(document)
    assert status == 3
    reason = "the image tunnel.png (The drawing) is not shown; its alternative text stands in its place"
    assert said["warnings"] == [{"file": str(document), "line": 7, "reason": reason}]
    assert Entry.objects.get(edition__code="intranet").translations.get().answer.endswith("The drawing")


def test_people_read_the_losses_too(document: Path) -> None:
    document.write_text(WITH_LOSS)
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_faq", str(document), "--lang", "en", "--edition", "x", stdout=out, stderr=err)
    assert ended.value.code == 3
    assert f"warning: {document}:7: the image tunnel.png" in err.getvalue()
    assert "1 new" in out.getvalue()


def test_strict_loads_nothing_where_something_would_be_lost(document: Path) -> None:
    document.write_text(WITH_LOSS)
    status, said = run(document, "--strict")
    assert (status, said["entries"]) == (1, [])
    assert said["errors"] == said["warnings"]
    assert [error["line"] for error in said["errors"]] == [7]
    assert not Edition.objects.filter(code="intranet").exists()
    document.write_text(WHOLE)
    assert run(document, "--strict")[0] == 0


def test_a_dry_run_lists_the_losses(document: Path) -> None:
    document.write_text(WITH_LOSS)
    status, said = run(document, "--dry-run")
    assert (status, len(said["warnings"])) == (3, 1)
    assert not Edition.objects.filter(code="intranet").exists()


def test_relative_links_start_from_the_base(document: Path) -> None:
    document.write_text(WHOLE + "\nSee [more](more.md#what-is-a-tunnel).\n")
    assert run(document, "--base", "https://example.org/docs/faq.md")[0] == 0
    answer = Entry.objects.get(edition__code="intranet").translations.get().answer
    assert "[more](https://example.org/docs/more.md#what-is-a-tunnel)" in answer


@pytest.mark.parametrize(
    "base", ["http://example.org", "example.org", "https://", "https://[", "ftp://x", "https://a@b/"]
)
def test_a_base_that_is_no_https_url_is_refused(document: Path, base: str) -> None:
    document.write_text(WHOLE)
    with pytest.raises(CommandError, match="is not an https URL"):
        run(document, "--base", base)


def test_a_link_to_an_entry_that_the_edition_has_stays(document: Path) -> None:
    document.write_text(WHOLE)
    run(document)
    document.write_text("# More\n\n## What is a gateway?\n\nThe end of [a tunnel](#what-is-a-tunnel) that you have.\n")
    assert run(document)[0] == 0


@pytest.mark.parametrize(
    ("answer", "spoken"),
    [
        ("Откройте настройки, выберите профиль и сохраните его.", "a language in Cyrillic letters"),
        ("Sie können das in den Einstellungen ändern, wenn Sie nicht mit dem Konto angemeldet sind.", "German"),
        ("Dat kunt u doen bij de instellingen, als u niet met het account bent aangemeld.", "Dutch"),
    ],
)
def test_a_document_in_another_language_is_refused_unless_forced(document: Path, answer: str, spoken: str) -> None:
    document.write_text(f"# FAQ\n\n## VPN?\n\n{answer}\n")
    status, said = run(document)
    assert status == 1
    assert [error["reason"] for error in said["errors"]] == [
        f"this is {spoken}, not English; use --force to import it anyway"
    ]
    assert run(document, "--force")[0] == 0


def test_introductions_are_shown_with_their_section_and_go_out_and_in_again(
    document: Path, client: Client, tmp_path: Path
) -> None:
    document.write_text(
        "# Help\n\nWelcome to *all*.\n\n## Power\n\nAbout the [power](#is-it-hot) of it.\n\n"
        "**Does it blink?**\n\nYes.\n\n**Is it hot?**\n\nNo.\n"
    )
    assert run(document)[0] == 0
    with override("en"):
        page = client.get(reverse("faq:section", args=["power"]) + "?edition=intranet")
    assert page.status_code == 200
    assert "<p>Welcome to <em>all</em>.</p>" in page.content.decode()
    assert 'About the <a href="/en/faq/is-it-hot/?edition=intranet">power</a> of it.' in page.content.decode()
    address = f"{settings.ORIGIN}/en/faq/is-it-hot/?edition=intranet"
    in_markdown = f"\n\nWelcome to *all*.\n\nAbout the [power]({address}) of it.\n\n"
    for path in ("/en/sections/power.md", "/en/faq.md"):
        assert in_markdown in client.get(path, {"edition": "intranet"}).content.decode()
    whole = client.get("/en/faq/", {"edition": "intranet"}).content.decode()
    assert 'About the <a href="/en/faq/is-it-hot/?edition=intranet">power</a> of it.' in whole
    (section,) = client.get("/api/v1/sections", {"edition": "intranet", "lang": "en"}).json()["sections"]
    assert section["introduction_markdown"].split() == in_markdown.split()
    assert f'<a href="{address}">power</a>' in section["introduction_html"]
    before = Section.objects.get(edition__code="intranet").introduction_en
    for form in ("markdown", "yaml"):
        out = tmp_path / f"out-{form}.md"
        arguments = ("--edition", "intranet", "--lang", "en", "--format", form, "--output", str(out))
        call_command("export_faq", *arguments, stderr=StringIO())
        status, said = run(out)
        assert (status, {entry["status"] for entry in said["entries"]}) == (0, {"unchanged"})
        assert run(out, edition=f"copy-{form}")[0] == 0
        assert Section.objects.get(edition__code=f"copy-{form}").introduction_en == before


def test_a_link_to_an_anchor_of_the_document_leads_to_the_entry_in_every_form(document: Path, client: Client) -> None:
    document.write_text("# Help\n\n**Does it blink?**\n\nYes, when [hot](#is-it-hot).\n\n**Is it hot?**\n\nNo.\n")
    assert run(document)[0] == 0
    whole = f"[hot]({settings.ORIGIN}/en/faq/is-it-hot/?edition=intranet)"
    entry = client.get("/api/v1/entries/does-it-blink", {"edition": "intranet", "lang": "en"}).json()
    assert whole in entry["answer_markdown"]
    assert whole in client.get("/en/faq/does-it-blink.md", {"edition": "intranet"}).content.decode()


def test_an_introduction_that_a_section_has_already_is_kept_and_reported(document: Path) -> None:
    document.write_text(WHOLE.replace("# Questions\n", "# Questions\n\nFirst.\n"))
    assert run(document)[0] == 0
    document.write_text(WHOLE.replace("# Questions\n", "# Questions\n\nSecond.\n"))
    status, said = run(document)
    assert (status, Section.objects.get(edition__code="intranet").introduction_en) == (3, "First.")
    assert "--overwrite replaces" in said["warnings"][0]["reason"]
    assert run(document, "--overwrite")[0] == 0
    assert Section.objects.get(edition__code="intranet").introduction_en == "Second."


def test_content_files_hold_introductions(document: Path, tmp_path: Path) -> None:
    document.write_text(WHOLE.replace("# Questions\n", "# Questions\n\nFirst.\n"))
    run(document)
    arguments = ("--edition", "intranet", "--format", "content", "--output", str(tmp_path / "out"))
    call_command("export_faq", *arguments, stderr=StringIO())
    assert 'introduction = { en = "First." }' in (tmp_path / "out" / "intranet" / "edition.toml").read_text()


def test_a_code_without_a_date_becomes_no_newest_edition(document: Path) -> None:
    document.write_text(WHOLE)
    for code in ("2014-03", "intranet", "0-first", "2016"):
        assert run(document, edition=code)[0] == 0
    codes = edition_codes()
    assert codes.index("2014-03") < min(codes.index(code) for code in ("intranet", "0-first", "2016"))
    assert default_code([code for code in codes if code not in ("2026", "2016-12")]) == "2014-03"
    assert find_edition("nothing").edition.code not in ("intranet", "0-first", "2016")


def test_titles_that_are_too_long_are_refused(document: Path) -> None:
    document.write_text(f"# T\n\n## {'long ' * 50}\n\n### What is it?\n\nThis.\n")
    status, said = run(document)
    assert (status, said["errors"][0]["reason"]) == (1, "the title of a section has 249 characters; at most 200")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "## What is a gateway?\nA device.\n\n## What is a tunnel?\nAn encrypted path.\n"),
        ("en", "# FAQ\n\n## Is a license included?\nA license is included.\n"),
        ("en", "# FAQ\n\n## Is a VPN a must?\nNo. A VPN is a choice.\n\n## Is a router a must?\nYes. It is a must.\n"),
        ("nl", "# FAQ\n\n## Is de licentie inbegrepen?\nDe licentie is inbegrepen.\n\n## Is de poort open?\nJa.\n"),
    ],
)
def test_a_short_document_in_its_own_language_is_taken(document: Path, language: str, text: str) -> None:
    document.write_text(text)
    assert run(document, language=language)[0] == 0
