"""The check of a set-up that stands: its order, and that it loses nothing of the advice."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from advisor.core.advice import Advice
from advisor.formats.as_json import to_json
from advisor.formats.check import check_of
from advisor.formats.drawing.topology import topology_of
from advisor.formats.report import check_words, report_of
from advisor.formats.sheet import sheet_of
from advisor.pages.sheet_html import body_html
from advisor.wording.sentences import load_texts
from tests.advisor.core.edition_2026.builders import advise, need
from tests.builders import site, vnet

NEW = {"vnets": [vnet("hub", "10.20.0.0/16")], "sites": [site("Tilburg", "192.168.10.0/24")]}


def standing(**more: Any) -> dict[str, Any]:
    """A gateway that stands, with one site, on a day."""
    return {**NEW, "gateway_sku": "VpnGw1", "as_of": "2026-01-15", **more}


def checked(raw: dict[str, Any], language: str = "en") -> tuple[Advice, dict[str, Any], dict[str, Any]]:
    """The advice on a design, the same as JSON, and its check."""
    advice = advise(**raw)
    told = to_json(advice, load_texts(advice.edition), language)
    return advice, told, check_of(advice, told, told["limits"])


DESIGNS: dict[str, dict[str, Any]] = {
    "new": NEW,
    "a SKU that ends": standing(),
    "a SKU that has ended": standing(as_of="2026-11-01"),
    "SSTP that ends": standing(gateway_sku="VpnGw1AZ", clients={"count": 4, "protocol": "sstp"}, as_of="2026-11-01"),
    "errors": standing(sites=[site("Tilburg", "10.20.1.0/24"), site("Breda", "10.20.1.0/24")]),
    "near": standing(clients={"count": 230, "pool": "172.16.0.0/22"}, gateway_sku="VpnGw1AZ"),
    "Entra ID": {**NEW, "clients": {"count": 5, "authentication": "entra-id"}, "as_of": "2027-06-01"},
}


@pytest.mark.parametrize("name", DESIGNS)
def test_each_finding_stands_once_and_none_is_lost(name: str) -> None:
    _, told, check = checked(DESIGNS[name])
    texts = [one["text"] for part in ("errors", "ending", "others") for one in check[part]]
    reasons = {reason["text"] for connection in told["connections"] for reason in connection["reasons"]}
    assert sorted(text for text in texts if text not in reasons) == sorted(one["text"] for one in told["findings"])


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("new", []),
        ("a SKU that ends", ["2026-09-30"]),
        ("a SKU that has ended", ["2026-09-30"]),
        ("SSTP that ends", ["2027-03-31"]),
        ("near", []),
        ("Entra ID", ["2028-03-31"]),
    ],
)
def test_what_has_ended_or_ends_within_a_year_stands_by_its_day(name: str, days: list[str]) -> None:
    assert [one["day"] for one in checked(DESIGNS[name])[2]["ending"]] == days


def test_what_ends_after_a_year_is_told_with_the_rest() -> None:
    raw = standing(gateway_sku="VpnGw1AZ", clients={"count": 4, "protocol": "sstp"})
    codes = {"protocol-retiring"}
    _, _, check = checked(raw | {"as_of": "2026-03-30"})
    assert (check["until"], check["ending"]) == ("2027-03-30", [])
    assert codes <= {one["code"] for one in check["others"]}
    _, _, check = checked(raw | {"as_of": "2026-03-31"})
    assert [one["day"] for one in check["ending"]] == ["2027-03-31"]
    assert not codes & {one["code"] for one in check["others"]}


def test_what_ends_first_stands_first() -> None:
    raw = standing(clients={"count": 4, "protocol": "sstp"}, as_of="2026-06-01")
    assert [one["day"] for one in checked(raw)[2]["ending"]] == ["2026-09-30", "2027-03-31"]


def test_only_limits_that_are_nearly_full_are_near() -> None:
    assert [row["key"] for row in checked(DESIGNS["near"])[2]["near"]] == ["clients"]
    assert checked(DESIGNS["errors"])[2]["near"] == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", DESIGNS)
def test_the_page_and_the_report_have_each_part_in_order(name: str, language: str) -> None:
    with translation.override(language):
        asked, advice = need(**DESIGNS[name]), advise(**DESIGNS[name])
        drawn = topology_of(asked, advice, load_texts(advice.edition), language)
        sheet = sheet_of(asked, advice, drawn, language, is_check=True)
        words = check_words(sheet["check"])
        parts = ["errors", *(["ending"] if sheet["check"]["until"] else []), "near", "first", "others"]
        page = body_html(sheet, lambda slug: slug, lambda slug: slug)
        report = report_of(sheet, markdown=True)
    headings = [words[part] for part in parts if part != "others" or sheet["check"]["others"]]
    assert [told for told in headings if f">{told}</h3>" not in page] == []
    assert [told for told in headings if f"## {told}\n" not in report] == []
    for written, form in ((page, ">{}</h3>"), (report, "## {}\n")):
        places = [written.index(form.format(told)) for told in headings]
        assert places == sorted(places)
    assert page.count("<li>") >= len(sheet["advice"]["next_steps"])


def test_an_advice_that_is_no_check_stays_as_it_is() -> None:
    asked, advice = need(**NEW), advise(**NEW)
    drawn = topology_of(asked, advice, load_texts(advice.edition), "en")
    with translation.override("en"):
        sheet = sheet_of(asked, advice, drawn, "en")
        page = body_html(sheet, lambda slug: slug, lambda slug: slug)
    assert sheet["check"] is None
    assert "What to know" in page
    assert "Errors</h3>" not in page
