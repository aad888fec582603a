"""One row per field: all that takes or shows a need follows from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override

from advisor.answers.form import AdviceForm, read_form
from advisor.answers.query_string import PARAMETERS, address_of, typed
from advisor.answers.questions import STEPS
from advisor.answers.saved_designs import PARAMETER
from advisor.answers.typed import raw_need, typed_of, whole_parameters
from advisor.core.decide import decide
from advisor.core.design import Design
from advisor.core.editions.e2016_12 import BOOK
from advisor.core.field_parameters import parameters, rows_of
from advisor.core.fields import FIELDS, Need, Site, fields_of, row
from advisor.core.kinds import YES_NO, YES_NO_IN_ROW, Inside, Members, whole_number
from advisor.core.need import NeedRefused, parse_need
from advisor.core.observations import Observation, observed
from advisor.formats.as_json import need_to_json
from advisor.formats.json_schema import need_schema
from advisor.formats.parameter_table import ParameterRow, parameter_table
from advisor.wording import labels
from faq.knowledge.limits import Catalogue
from tests.builders import EDITION, catalogue

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class WiderSite(Site):
    """A site with one field more."""

    metered: bool = row(False, YES_NO_IN_ROW, "Its line is paid by volume.", parameter="metered")


@dataclass(frozen=True, slots=True)
class WiderNeed(Need):
    """A need with a yes or no and a number more, and a wider site."""

    sites: tuple[WiderSite, ...] = row(
        (), Members(WiderSite, "Site", brief=("name", "prefixes", "mbps", "device")), parameter="site"
    )
    pilot: bool = row(False, YES_NO, "Not for production.", parameter="pilot", group="gateway")
    cameras: int | None = row(None, whole_number(0), "Cameras on the network.", parameter="cameras", group="vnets")


@pytest.fixture(autouse=True)
def _labels(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"pilot": "Not for production", "cameras": "Cameras", "site_metered": "Metered"}
    monkeypatch.setattr(labels, "FIELD_NAMES", {**labels.FIELD_NAMES, **names})
    monkeypatch.setattr(labels, "CHOICE_NAMES", {**labels.CHOICE_NAMES, "site_metered": labels.YES_NO_NAMES})
    monkeypatch.setattr(labels, "NO_CHOICE", {**labels.NO_CHOICE, "site_metered": "no"})


def read(raw: object) -> WiderNeed:
    """A wider need out of parsed JSON."""
    need = parse_need(raw, EDITION, {EDITION: catalogue()}, WiderNeed)
    assert isinstance(need, WiderNeed)
    return need


def form_of(query: str) -> AdviceForm:
    """The form that an address, or a posted form, fills: by the reader that the page uses."""
    return read_form(typed(QueryDict(query), WiderNeed), EDITION, {EDITION: catalogue()}, "en")


def many_cameras(need: Need, limits: Catalogue, design: Design) -> Iterator[Observation]:
    """A rule that reads both fields."""
    if isinstance(need, WiderNeed) and not need.pilot and (need.cameras or 0) > 4000 and design.tunnels:
        yield observed("many-cameras", "cameras")


WIDER_BOOK = replace(
    BOOK,
    rules=(*BOOK.rules, many_cameras),
    findings={**BOOK.findings, "many-cameras": "warning"},
    entries={**BOOK.entries, "many-cameras": None},
)


def test_a_field_is_read_from_json() -> None:
    need = read({"pilot": True, "cameras": 5, "sites": [{"name": "Delft", "metered": True}]})
    assert (need.pilot, need.cameras, need.sites[0].metered) == (True, 5, True)
    assert (read({}).pilot, read({}).cameras) == (False, None)
    assert need_to_json(need)["cameras"] == 5
    assert read(need_to_json(need)) == need
    assert list(need_to_json(need)) == [*FIELDS, "pilot", "cameras"]


def test_its_faults_stand_at_their_path_and_in_order() -> None:
    raw = {"cameras": -1, "pilot": 1, "bgp": "x", "sites": [{"name": "Delft", "metered": "x", "camera": 1}]}
    with pytest.raises(NeedRefused) as refused:
        read(raw)
    assert [(error.path, error.reason) for error in refused.value.errors] == [
        ("sites[0].metered", "expected-yes-no"),
        ("sites[0].camera", "unknown-field"),
        ("bgp", "expected-yes-no"),
        ("pilot", "expected-yes-no"),
        ("cameras", "number-too-small"),
    ]


def test_it_is_read_from_an_address_and_written_to_one() -> None:
    address = "edition=2016-12&site=Delft&site=Gouda&site_metered=&site_metered=1&vnet=vnet&cameras=5&pilot=1"
    need = form_of(address).need
    assert need == read({"sites": [{"name": "Delft"}, {"name": "Gouda", "metered": True}], "cameras": 5, "pilot": True})
    assert address_of(typed_of(need)) == address
    assert raw_need(typed_of(need))[0]["pilot"] is True


def test_it_stands_in_the_form_with_its_label_and_its_fault() -> None:
    form = form_of("cameras=many&pilot=1&site=Delft&site_metered=1")
    assert [(fault.anchor, fault.value) for fault in form.faults] == [("cameras", "many")]
    with override("en"):
        page = render_to_string("advisor/pages/_vnets.html", {"form": form})
        page += render_to_string("advisor/pages/_gateway.html", {"form": form})
        sites = render_to_string("advisor/pages/_sites.html", {"form": form})
    assert '<label for="cameras">Cameras</label>' in page
    assert 'name="cameras" value="many"' in page
    assert 'id="cameras-fault"' in page
    assert '<input type="checkbox" name="pilot" value="1" checked> Not for production' in page
    assert '<label for="sites-0-metered">Metered</label>' in sites
    options = r'name="site_metered"\s*>\s*<option value="">no</option>\s*<option value="1" selected>yes</option>'
    assert re.search(options, sites)


def test_it_stands_in_the_json_schema() -> None:
    properties = need_schema([EDITION], WiderNeed)["properties"]
    assert properties["pilot"] == {"type": "boolean", "default": False, "description": "Not for production."}
    number = {"type": "integer", "minimum": 0, "maximum": 999_999_999, "description": "Cameras on the network."}
    assert properties["cameras"] == {"anyOf": [number, {"type": "null"}]}
    assert properties["sites"]["items"]["properties"]["metered"]["type"] == "boolean"


def test_it_stands_in_the_table_of_parameters() -> None:
    table = list(parameter_table(WiderNeed))
    assert table[-2:] == [
        ParameterRow("pilot", "pilot", "boolean", "false", "Not for production."),
        ParameterRow("cameras", "cameras", "integer 0–999999999 | null", "", "Cameras on the network."),
    ]
    assert ParameterRow("site_metered", "sites[].metered", "boolean", "false", "Its line is paid by volume.") in table


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"cameras": 4000, "sites": [{"name": "Delft"}]}, []),
        ({"cameras": 4001}, []),
        ({"cameras": 4001, "sites": [{"name": "Delft"}], "pilot": True}, []),
        ({"cameras": 4001, "sites": [{"name": "Delft"}]}, ["many-cameras"]),
    ],
)
def test_a_rule_reads_it(fields: dict[str, Any], found: list[str]) -> None:
    advice = decide(read(fields), catalogue(), books={EDITION: WIDER_BOOK})
    assert [one.code for one in advice.findings if "cameras" in one.subjects] == found


def test_every_default_is_what_its_kind_reads() -> None:
    assert read({"sites": []}) == WiderNeed(EDITION)
    assert need_schema([EDITION])["properties"].keys() == set(FIELDS)


def test_no_two_fields_have_the_same_parameter_unless_they_are_typed_together() -> None:
    names = [one.name for one in parameters()]
    twice = {name for name in names if names.count(name) > 1}
    assert twice == {"site_device"}


def test_every_field_has_a_meaning_and_a_parameter() -> None:
    rows = [*fields_of(Need), *chain.from_iterable(fields_of(rows.kind.table) for rows in rows_of().values())]
    for field in rows:
        assert isinstance(field.kind, Inside) or (field.meaning and field.parameter), field.name


def test_every_group_is_a_question_and_every_field_that_is_asked_for_has_a_label() -> None:
    asked = [one for one in whole_parameters() if one.field.group]
    assert {one.field.group for one in asked} <= {step.name for step in STEPS}
    shown = {one.name for one in asked} | {one.name for one in parameters() if one.rows}
    assert shown | {"hub"} == set(labels.FIELD_NAMES) - {"client_vnets", "pilot", "cameras", "site_metered"}


def test_the_form_has_every_field_that_a_group_asks_for(client: Any, db: None) -> None:
    page = client.get("/en/advice/?vnet=hub&edition=2026").content.decode()
    for one in parameters():
        if one.rows or one.field.group:
            assert f'name="{one.name}"' in page


def test_a_field_that_the_edition_has_no_use_for_is_shown_only_where_it_was_said(client: Any, db: None) -> None:
    page = client.get("/en/advice/?vnet=hub&edition=2016-12&protocol=sstp").content.decode()
    assert 'name="protocol"' in page
    assert 'name="auth"' not in page
    assert 'name="site_nat"' not in page
    assert "edition 2016-12" in page


def test_amounts_keep_their_decimals() -> None:
    need = form_of("mbps=12,5").need
    assert need is not None
    assert need.bandwidth_mbps == Decimal("12.5")
    assert json.dumps(need_to_json(need)["bandwidth_mbps"]) == "12.5"


def test_the_documentation_has_every_parameter_and_no_other() -> None:
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    tables = [table for one in documents for table in _parameter_tables(one.read_text(encoding="utf-8"))]
    told = {name for table in tables for line in table for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert told == PARAMETERS | {PARAMETER}


def _parameter_tables(text: str) -> Iterator[list[str]]:
    """The lines of each table whose first column is headed *parameter*."""
    for found in re.findall(r"^\| parameter \| meaning \|\n\|[ |-]+\|\n((?:\|.*\n)+)", text, re.MULTILINE):
        yield found.splitlines()
