"""An advice outside the site: the command, the report and the drawing."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given

from advisor.core.decide import decide
from advisor.formats.as_json import to_json
from advisor.formats.drawing import MOST_DRAWN, draw, draw_narrow, tell
from advisor.wording.sentences import load_texts
from tests.advisor.core.strategies import needs
from tests.builders import EDITION, advise, catalogue, need, site, sites, vnet

SVG = "{http://www.w3.org/2000/svg}"
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
    assert "Een veld met deze naam is er niet" in said


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nope\.json"):
        call_command("advise", str(tmp_path / "nope.json"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lang", "verdict", "why_not"), [("nl", "Dit ontwerp past", "Waarom"), ("en", "fits", "Why not")]
)
def test_the_report_has_every_part(tmp_path: Path, lang: str, verdict: str, why_not: str) -> None:
    text = command(RAW, tmp_path, lang=lang)
    markdown = command(RAW, tmp_path, lang=lang, format="markdown")
    assert verdict in text.splitlines()[0]
    assert markdown.startswith("# ")
    for one in advise(**RAW).findings:
        assert load_texts(EDITION).finding(one, lang) in text
    assert why_not in text
    assert "Breda_*x*" in text
    assert r"Breda\_\*x\*" in markdown
    assert "10.20.255." in text


FORMS = (draw, draw_narrow)


def drawn(form: Any = draw, **fields: Any) -> ET.Element:
    """The drawing of the advice on a need with these fields, parsed."""
    return ET.fromstring(form(need(**fields), advise(**fields), load_texts(EDITION), "nl"))  # noqa: S314 -- our own


def words(svg: ET.Element) -> list[str]:
    """All that stands in a drawing."""
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def test_every_member_has_a_box_and_a_line() -> None:
    svg = drawn(**RAW)
    assert {"Tilburg", "192.168.10.0/24", "Breda_*x*", "spoke", "hub", "40 clients"} <= set(words(svg))
    assert len(list(svg.iter(f"{SVG}line"))) == 4 + 2  # two sites, a VNet and the clients; two kinds in the key


def test_a_narrow_drawing_has_a_branch_for_each_and_is_half_as_wide() -> None:
    svg = drawn(draw_narrow, **RAW)
    assert set(words(svg)) == set(words(drawn(**RAW)))
    branches = [path.attrib["d"] for path in svg.iter(f"{SVG}path")]
    assert len(branches) == 4
    ends = [float(branch.partition("V")[2].partition("H")[0]) for branch in branches]
    assert ends == sorted(ends)
    assert float(svg.attrib["viewBox"].split()[2]) <= 320
    assert len(list(svg.iter(f"{SVG}line"))) == 2


def test_a_site_on_two_kinds_of_lines_hangs_on_both_trunks() -> None:
    fields = {"sites": [site("Tilburg", bandwidth_mbps=80)], "private_path": True, "expressroute_backup": True}
    branches = [path.attrib["d"] for path in drawn(draw_narrow, **fields).iter(f"{SVG}path")]
    assert len({branch.partition(" ")[0] for branch in branches}) == len(branches) == 2


@pytest.mark.parametrize("form", FORMS)
def test_many_sites_share_a_box_that_counts_them(form: Any) -> None:
    svg = drawn(form, sites=sites(30))
    assert f"nog {30 - MOST_DRAWN + 1} sites" in words(svg)


def test_what_is_not_joined_is_told() -> None:
    fields = {"sites": [site("Kiosk", device="none")]}
    assert "Niet aangesloten: Kiosk." in list(tell(need(**fields), advise(**fields), load_texts(EDITION), "nl"))


@given(needs)
def test_any_advice_is_drawn_as_well_formed_svg(raw: dict[str, Any]) -> None:
    asked = need(**raw)
    for language in ("nl", "en"):
        for form in FORMS:
            svg = ET.fromstring(form(asked, decide(asked, catalogue()), load_texts(EDITION), language))  # noqa: S314 -- our own
            assert svg.find(f"{SVG}title") is not None
