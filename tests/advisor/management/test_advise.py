"""`manage.py advise`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from advisor.formats.as_json import to_json
from advisor.wording.sentences import load_texts
from tests.builders import EDITION, advise, site, vnet

RAW: dict[str, Any] = {
    "vnets": [vnet("hub", "10.20.0.0/16"), vnet("spoke", "10.30.0.0/16")],
    "sites": [site("Tilburg", "192.168.10.0/24", bandwidth_mbps=25), site("Breda_*x*")],
    "clients": {"count": 40},
}


def command(raw: Any, tmp_path: Path, **options: Any) -> str:
    """What `manage.py advise` writes for a need."""
    (tmp_path / "need.json").write_text(json.dumps(raw))
    out = io.StringIO()
    call_command("advise", str(tmp_path / "need.json"), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_command_gives_the_advice_of_the_core(tmp_path: Path, lang: str) -> None:
    said = json.loads(command(RAW, tmp_path, format="json", lang=lang))
    assert said == to_json(advise(**RAW), load_texts(EDITION), lang)


@pytest.mark.django_db
def test_the_command_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    out = io.StringIO()
    call_command("advise", "-", "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["findings"][0]["code"] == "nothing-to-connect"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_need_that_does_not_fit_ends_with_status_2_and_every_fault(tmp_path: Path, form: str) -> None:
    (tmp_path / "need.json").write_text('{"sites": [{"name": "A", "prefixes": ["10.1.2.3/16"]}], "x": 1}')
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("advise", str(tmp_path / "need.json"), "--format", form, stdout=out, stderr=err)
    assert stopped.value.code == 2
    said = out.getvalue() + err.getvalue()
    assert "sites[0].prefixes[0]" in said
    assert "10.1.0.0/16" in said
    assert "Dit veld bestaat niet" in said


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nope\.json"):
        call_command("advise", str(tmp_path / "nope.json"))
