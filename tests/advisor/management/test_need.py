"""`manage.py need`: from the files of a setup to a design that `advise` takes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.advisor.existing_files import FILES, PASTED, SECRETS

pytestmark = pytest.mark.django_db


def written(tmp_path: Path, **files: bytes) -> list[str]:
    """The paths of files with this content: those of the setup, if none are given."""
    given = {name.replace("_", "."): content for name, content in files.items()} or FILES
    for name, content in given.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in given]


def command(*files: str, edition: str = "2026", **options: Any) -> str:
    """What `manage.py need` writes."""
    out = io.StringIO()
    call_command("need", *files, edition=edition, stdout=out, **options)
    return out.getvalue()


def test_the_design_alone_goes_on_to_advise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    design = command(*written(tmp_path), format="need")
    assert [one["name"] for one in json.loads(design)["vnets"]] == ["vnet-delft"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(design.encode())))
    out = io.StringIO()
    call_command("advise", "-", "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["gateway"]["sku"] == "VpnGw1AZ"


def test_the_report_in_json_is_that_of_the_api(tmp_path: Path, client: Any) -> None:
    paths = written(tmp_path)
    told = json.loads(command(*paths, format="json", lang="en"))
    sent = {"file": [SimpleUploadedFile(Path(path).name, Path(path).read_bytes()) for path in paths]}
    of_api = client.post("/api/v1/need?edition=2026&lang=en", sent).json()
    for part in ("understood", "ignored", "missing"):
        for line in told[part]:
            line["file"] = line["file"].rpartition("/")[2]
    assert told == of_api


@pytest.mark.parametrize(
    ("lang", "told"),
    [("nl", "VNet vnet-delft hoort bij het ontwerp."), ("en", "VNet vnet-delft is part of the design.")],
)
def test_the_report_in_words_tells_where_each_line_was_read(tmp_path: Path, lang: str, told: str) -> None:
    report = command(*written(tmp_path), lang=lang)
    assert f"- {told} [" in report
    assert "vnets.json" in report


def test_it_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASTED.encode())))
    assert json.loads(command("-", format="need"))["gateway_sku"] == "VpnGw1"


@pytest.mark.parametrize("form", ["text", "json", "need"])
def test_files_that_cannot_be_read_end_with_status_2_and_every_fault(tmp_path: Path, form: str) -> None:
    paths = written(tmp_path, a_json=b'{"sharedKey": "GEHEIM', b_json=b'"GEHEIM"', c_json=FILES["vnets.json"])
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("need", *paths, format=form, stdout=out, stderr=err)
    assert stopped.value.code == 2
    said = out.getvalue() + err.getvalue()
    assert "a.json" in said
    assert "b.json" in said
    assert "c.json" not in said
    assert "GEHEIM" not in said


def test_what_is_no_file_and_no_edition_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        command(str(tmp_path / "nothing.json"))
    with pytest.raises(CommandError, match="Unknown edition '1999'"):
        command(*written(tmp_path), edition="1999")


@pytest.mark.parametrize("form", ["text", "json", "need"])
def test_no_secret_comes_back(tmp_path: Path, form: str) -> None:
    told = command(*written(tmp_path), format=form)
    assert [secret for secret in SECRETS if secret in told] == []
