"""Loading content: new, changed, unchanged, in conflict; never over an editor's change; wholly or not at all."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from faq.knowledge.entry import EditionContent
from faq.models import Edition, Entry
from faq.store import content_version
from faq.store.loading import sync_edition
from faq.store.publishing import publish, save_draft, working_content
from tests.faq.builders import EXAMPLES, content, edition_content, example, text

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parents[3] / "faq" / "content"


def statuses(wanted: EditionContent, **options: bool) -> dict[str, str]:
    """What a sync says of each entry."""
    return {outcome.slug: outcome.status for outcome in sync_edition(wanted, **options)}


def loaded() -> Entry:
    """The one entry of the trial edition."""
    return Entry.objects.get(edition__code="2020-01")


def changed(answer: str = "**Iets anders.**") -> EditionContent:
    """The trial edition with a new Dutch answer in its file."""
    return edition_content(content(texts={**content().texts, "nl": text(answer=answer)}))


def by_an_editor(answer: str = "**Van een redacteur.**") -> Entry:
    """The entry, changed and published on the site."""
    entry: Entry = publish(loaded(), working_content(loaded()).with_text("nl", text(answer=answer)))
    return entry


def test_what_is_not_there_is_new_and_then_unchanged() -> None:
    assert statuses(edition_content()) == {"what-is-a-tunnel": "new"}
    assert statuses(edition_content()) == {"what-is-a-tunnel": "unchanged"}
    assert working_content(loaded()) == content()


def test_an_unchanged_sync_starts_no_generation() -> None:
    sync_edition(edition_content())
    before = content_version.current()
    sync_edition(edition_content())
    assert content_version.current() == before


def test_a_changed_file_changes_the_entry() -> None:
    sync_edition(edition_content())
    assert statuses(changed()) == {"what-is-a-tunnel": "changed"}
    assert loaded().translations.get(language="nl").html == "<p><strong>Iets anders.</strong></p>\n"


def test_an_editors_change_is_a_conflict_and_stays() -> None:
    sync_edition(edition_content())
    by_an_editor()
    assert statuses(edition_content()) == {"what-is-a-tunnel": "conflict"}
    assert statuses(changed()) == {"what-is-a-tunnel": "conflict"}
    assert working_content(loaded()).texts["nl"].answer == "**Van een redacteur.**"


def test_an_editors_draft_is_a_conflict_and_stays() -> None:
    sync_edition(edition_content())
    save_draft(loaded(), content().with_text("nl", text(answer="**Nog niet af.**")))
    assert statuses(changed()) == {"what-is-a-tunnel": "conflict"}
    assert (loaded().draft or {})["texts"]["nl"]["answer"] == "**Nog niet af.**"


def test_a_change_in_another_part_than_the_editors_is_taken() -> None:
    sync_edition(edition_content())
    by_an_editor()
    other = content(
        texts={"nl": text(answer="**Van een redacteur.**"), "en": text(question="What?", answer="**New.**")}
    )
    assert statuses(edition_content(other)) == {"what-is-a-tunnel": "changed"}
    assert working_content(loaded()).texts["en"].answer == "**New.**"


def test_a_conflict_can_be_overwritten() -> None:
    sync_edition(edition_content())
    by_an_editor()
    assert statuses(edition_content(), overwrite=True) == {"what-is-a-tunnel": "changed"}
    assert working_content(loaded()) == content()
    assert statuses(edition_content()) == {"what-is-a-tunnel": "unchanged"}


def test_a_conflict_leaves_the_other_entries_to_be_loaded() -> None:
    other = content(slug="what-is-a-gateway", order=2)
    sync_edition(edition_content(content(), other))
    publish(loaded_as("what-is-a-tunnel"), content(texts={"nl": text(answer="**Van mij.**")}))
    moved = replace(other, connection_types=())
    assert statuses(edition_content(content(), moved)) == {
        "what-is-a-tunnel": "conflict",
        "what-is-a-gateway": "changed",
    }


def loaded_as(slug: str) -> Entry:
    """An entry of the trial edition."""
    return Entry.objects.get(edition__code="2020-01", slug=slug)


def test_a_dry_run_says_it_and_does_nothing() -> None:
    assert statuses(edition_content(), dry_run=True) == {"what-is-a-tunnel": "new"}
    assert not Edition.objects.filter(code="2020-01").exists()
    sync_edition(edition_content())
    before = content_version.current()
    assert statuses(changed(), dry_run=True) == {"what-is-a-tunnel": "changed"}
    assert working_content(loaded()) == content()
    assert content_version.current() == before


def test_it_happens_wholly_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    two = edition_content(content(), content(slug="what-is-a-gateway", order=2, section="elsewhere"))
    with pytest.raises(Exception, match="Section matching query does not exist"):
        sync_edition(two)
    assert not Edition.objects.filter(code="2020-01").exists()


def test_a_renamed_file_renames_the_entry_and_keeps_its_former_slug() -> None:
    sync_edition(edition_content())
    pk = loaded().pk
    renamed = edition_content(content(slug="what-is-a-pipe", former_slugs=("what-is-a-tunnel",)))
    assert statuses(renamed) == {"what-is-a-pipe": "changed"}
    assert (loaded().pk, loaded().slug, loaded().former_slugs) == (pk, "what-is-a-pipe", ["what-is-a-tunnel"])
    assert statuses(renamed) == {"what-is-a-pipe": "unchanged"}


def test_a_changed_limit_changes_what_the_answers_show() -> None:
    counted = content(texts={"nl": text(answer="**Hooguit {limit:p2s.max_clients} tegelijk.**")})
    first = edition_content(counted)
    sync_edition(first)
    raised: dict[str, Any] = json.loads(json.dumps(first.limits))
    raised["p2s"]["max_clients"]["value"] = 250
    assert statuses(replace(first, limits=raised)) == {"what-is-a-tunnel": "unchanged"}
    assert loaded().translations.get(language="nl").plain == "Hooguit 250 tegelijk."


def test_an_entry_in_one_language_says_so() -> None:
    outcome = sync_edition(edition_content(content(texts={"nl": text()})))[0]
    assert outcome.only_in == "nl"


def run(*arguments: str) -> str:
    """What `manage.py sync` says."""
    said = StringIO()
    call_command("sync", *arguments, stdout=said)
    return said.getvalue()


def test_the_command_loads_the_shipped_content_quietly_the_second_time() -> None:
    assert "edition 2016-12: 0 new, 0 changed, 67 unchanged, 0 conflicts" in run()


def test_the_command_speaks_json() -> None:
    said = json.loads(run("--json"))
    assert said["errors"] == []
    of_examples = [entry for entry in said["entries"] if entry["edition"] == EXAMPLES]
    assert len(of_examples) == 67
    assert {entry["status"] for entry in said["entries"]} == {"unchanged"}


def test_the_command_refuses_faulty_content_and_the_site_keeps_what_it_had(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "content")
    broken = tmp_path / "content/2016-12/bgp/is-bgp-supported-on-all-azure-vpn-gateway-skus.toml"
    broken.write_text("order = 1\n[nl\n")
    before = content_version.current()
    with pytest.raises(CommandError, match=r"is-bgp-supported.*toml:2"):
        run("--content", str(tmp_path / "content"))
    assert content_version.current() == before
    assert Entry.objects.filter(slug="is-bgp-supported-on-all-azure-vpn-gateway-skus").exists()


def test_the_command_says_faults_as_json_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SHIPPED, tmp_path / "content")
    (tmp_path / "content/2016-12/bgp/is-bgp-supported-on-all-azure-vpn-gateway-skus.toml").write_text(
        "order = 1\n[nl\n"
    )
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("sync", "--json", "--content", str(tmp_path / "content"), stdout=said)
    fault = json.loads(said.getvalue())["errors"][0]
    assert fault["file"] == "2016-12/bgp/is-bgp-supported-on-all-azure-vpn-gateway-skus.toml"
    assert fault["line"] == 2
    assert fault["reason"]


def test_a_folder_without_editions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no edition in"):
        run("--content", str(tmp_path))


def test_the_command_says_what_stays_deleted_and_how_it_comes_back() -> None:
    gone = example()
    gone.delete()
    said = run()
    assert "edition 2016-12: 0 new, 0 changed, 66 unchanged, 0 conflicts, 1 deleted" in said
    assert "  deleted    what-is-expressroute" in said
    assert "--overwrite brings it back" in said
    entries = {(entry["edition"], entry["slug"]): entry["status"] for entry in json.loads(run("--json"))["entries"]}
    assert {one for one, status in entries.items() if status == "deleted"} == {(EXAMPLES, "what-is-expressroute")}
    assert "edition 2016-12: 1 new" in run("--overwrite")
