"""Advice to read outside the site."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

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
@pytest.mark.parametrize(
    ("lang", "verdict", "why_not"), [("nl", "ontwerp past", "Waarom"), ("en", "design fits", "Why not")]
)
def test_the_report_has_every_part(tmp_path: Path, lang: str, verdict: str, why_not: str) -> None:
    text = command(RAW, tmp_path, lang=lang)
    markdown = command(RAW, tmp_path, lang=lang, format="markdown")
    assert verdict in text.splitlines()[0]
    assert markdown.startswith("# ")
    for one in advise(**RAW).findings:
        assert load_texts(EDITION).finding(one, lang) in text
    assert why_not in text
    for step in advise(**RAW).next_steps:
        assert load_texts(EDITION).step(step, lang) in text
    assert "Tilburg: " in text
    assert "Breda_*x*" in text
    assert r"Breda\_\*x\*" in markdown
    assert "10.20.255." in text
