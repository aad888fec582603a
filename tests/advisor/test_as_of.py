"""As of a date: page, API, and command fill in today; links carry a date only where the visitor gave one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db

OVER_SSTP: Mapping[str, Any] = {
    "edition": "2026",
    "vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}],
    "clients": {"count": 20, "protocol": "sstp"},
    "gateway_sku": "VpnGw1AZ",
}
ADDRESS = "edition=2026&vnet=hub&vnet_prefixes=10.20.0.0/16&clients=20&protocol=sstp&sku=VpnGw1AZ"


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a day today."""

    def make(day: date) -> None:
        monkeypatch.setattr("advisor.service.localdate", lambda: day)
        monkeypatch.setattr("web.page_cache.localdate", lambda: day)

    return make


def asked(client: Client, need: Mapping[str, Any]) -> dict[str, Any]:
    """The advice of the API."""
    answer = client.post("/api/v1/advice?lang=en", json.dumps(need), content_type="application/json")
    told: dict[str, Any] = answer.json()
    return told


def codes(advice: Mapping[str, Any]) -> set[str]:
    """The codes of the errors and warnings."""
    return {one["code"] for one in advice["findings"] if one["severity"] != "info"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-01", {"protocol-retiring"}),
        ("2027-03-30", {"protocol-retiring"}),
        ("2027-03-31", {"protocol-retired"}),
        ("2028-04-01", {"protocol-retired"}),
    ],
)
def test_today_and_a_given_day_say_the_same(client: Client, today: Any, day: str, expected: set[str]) -> None:
    given = asked(client, {**OVER_SSTP, "as_of": day})
    today(date.fromisoformat(day))
    assert asked(client, OVER_SSTP) == given
    assert (given["as_of"], codes(given)) == (day, expected)


def test_the_command_fills_in_today(today: Any, tmp_path: Path) -> None:
    today(date(2027, 4, 1))
    (tmp_path / "need.json").write_text(json.dumps(OVER_SSTP))
    out = StringIO()
    call_command("advise", str(tmp_path / "need.json"), "--format", "json", stdout=out)
    assert codes(json.loads(out.getvalue())) == {"protocol-retired"}


def test_a_page_is_kept_for_a_day_and_its_links_carry_no_date(client: Client, today: Any) -> None:
    today(date(2027, 3, 31))
    first = client.get(f"/en/advice/result/?{ADDRESS}")
    today(date(2027, 4, 1))
    second = client.get(f"/en/advice/result/?{ADDRESS}")
    for page, day in ((first, "March 31, 2027"), (second, "April 1, 2027")):
        assert re.search(rf"<dt>As of</dt>\s*<dd>{day}</dd>", page.content.decode())
    assert first.headers["ETag"] != second.headers["ETag"]
    assert "as_of" not in first.content.decode()
    unchanged = client.get(
        f"/en/advice/result/?{ADDRESS}", headers={"If-Modified-Since": first.headers["Last-Modified"]}
    )
    assert unchanged.status_code == 200


def test_a_given_day_stays_in_the_links(client: Client) -> None:
    page = client.get(f"/en/advice/result/?{ADDRESS}&as_of=2027-04-01").content.decode()
    assert "as_of=2027-04-01" in page


@pytest.mark.parametrize(
    ("day", "suggestion"),
    [
        ("soon", None),
        ("2027-W01-1", None),
        ("1-4-2027", "2027-04-01"),
        ("2025-12-31", "2026-01-01"),
        ("2031-01-02", "2031-01-01"),
        (20270401, None),
    ],
)
def test_a_day_that_is_none_or_out_of_range_is_refused(client: Client, day: object, suggestion: str | None) -> None:
    told = asked(client, {**OVER_SSTP, "as_of": day})
    error = told["errors"][0]
    assert (error["path"], error["value"], error["suggestion"]) == ("as_of", day, suggestion)


def test_an_edition_whose_facts_do_not_change_has_no_use_for_it(client: Client) -> None:
    need = {"edition": "2016-12", "clients": {"count": 5}}
    assert asked(client, need)["as_of"] is None
    told = asked(client, {**need, "as_of": "2027-04-01"})
    found = next(one for one in told["findings"] if one["code"] == "field-not-used")
    assert told["as_of"] is None
    assert (found["severity"], found["subjects"]) == ("info", ["as_of"])
