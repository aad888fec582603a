"""What holds as of a day: edition 2026 on the day before, the day of, and the day after each of its dates."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest

from advisor.core.decide import decide
from advisor.core.need import NeedRefused
from advisor.core.parameters import Phrase
from advisor.wording.sentences import load_texts
from tests.advisor.core.edition_2026.builders import (
    HUB,
    OFFICE,
    SPOKE,
    advise,
    catalogue,
    finding,
    need,
    problems,
    row,
    sku,
    some_clients,
    text,
)

SSTP: dict[str, Any] = {"clients": some_clients(protocol="sstp")}
RETIRED, RETIRING = {"protocol-retired"}, {"protocol-retiring"}
OLDEST = ["Standard", "HighPerformance"]
WITHOUT_ZONES = [f"VpnGw{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", RETIRING),
        ("2026-03-30", RETIRING),
        ("2026-03-31", RETIRED),
        ("2026-04-01", RETIRED),
        ("2026-11-01", RETIRED),
        ("2027-04-01", RETIRED),
        ("2028-04-01", RETIRED),
    ],
)
def test_sstp_on_a_new_gateway(day: str, expected: set[str]) -> None:
    assert problems(advise(**SSTP, as_of=day)) == expected


@pytest.mark.parametrize("existing", [{"gateway_sku": "VpnGw1AZ"}, {"gateway_routing": "route-based"}])
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", RETIRING),
        ("2026-03-31", RETIRING),
        ("2026-11-01", RETIRING),
        ("2027-03-30", RETIRING),
        ("2027-03-31", RETIRED),
        ("2027-04-01", RETIRED),
        ("2028-04-01", RETIRED),
    ],
)
def test_sstp_on_an_existing_gateway(existing: dict[str, Any], day: str, expected: set[str]) -> None:
    advice = advise(**SSTP, **existing, as_of=day)
    assert problems(advice) == expected


@pytest.mark.parametrize(
    ("day", "advised", "allowed", "expected"),
    [
        ("2027-03-30", "Basic", 128, RETIRING),
        ("2027-03-31", "VpnGw1AZ", 250, RETIRED | {"gateway-sku-too-small"}),
        ("2027-04-01", "VpnGw1AZ", 250, RETIRED | {"gateway-sku-too-small"}),
    ],
)
def test_the_clients_of_sstp_count_as_over_openvpn_once_it_ends(
    day: str, advised: str, allowed: int, expected: set[str]
) -> None:
    advice = advise(**SSTP, gateway_sku="Basic", as_of=day)
    assert sku(advice) == advised
    assert row(advice, "clients").allowed == allowed
    assert problems(advice) == expected


@pytest.mark.parametrize(("day", "exceeded"), [("2027-03-30", True), ("2027-03-31", False)])
def test_129_clients_fit_over_openvpn(day: str, exceeded: bool) -> None:
    advice = advise(clients={"count": 129, "protocol": "sstp"}, gateway_sku="VpnGw1AZ", as_of=day)
    assert ("client-limit-exceeded" in problems(advice)) == exceeded


@pytest.mark.parametrize("retired", OLDEST)
@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2026-01-01", "will-be"),
        ("2026-06-29", "will-be"),
        ("2026-06-30", "is"),
        ("2026-07-01", "is"),
        ("2028-04-01", "is"),
    ],
)
def test_the_oldest_skus_end(retired: str, day: str, word: str) -> None:
    advice = advise(sites=[OFFICE], gateway_sku=retired, as_of=day)
    assert problems(advice) == {"gateway-sku-retired"}
    assert finding(advice, "gateway-sku-retired").variant == f"{word}-migrated"
    assert "June 30, 2026" in text(advice, "gateway-sku-retired")


@pytest.mark.parametrize("retired", WITHOUT_ZONES)
@pytest.mark.parametrize(
    ("day", "word"),
    [("2026-01-01", "will-be"), ("2026-09-29", "will-be"), ("2026-09-30", "is"), ("2026-10-01", "is")],
)
def test_the_skus_without_zones_end(retired: str, day: str, word: str) -> None:
    advice = advise(sites=[OFFICE], gateway_sku=retired, as_of=day)
    assert problems(advice) == {"gateway-sku-retired"}
    assert finding(advice, "gateway-sku-retired").variant == f"{word}-in-place"
    assert "September 30, 2026" in text(advice, "gateway-sku-retired")
    assert sku(advice) == f"{retired}AZ"


@pytest.mark.parametrize("day", ["2026-01-01", "2026-06-29", "2026-09-29", "2026-11-01", "2028-04-01"])
def test_a_new_gateway_never_has_a_sku_that_ends(day: str) -> None:
    for mbps in (10, 651, 1251, 2501, 5001):
        assert sku(advise(sites=[OFFICE], bandwidth_mbps=mbps, as_of=day)).endswith("AZ")


@pytest.mark.parametrize("day", ["2026-11-01", "2027-04-01", "2028-04-01"])
def test_what_has_no_date_holds_on_every_day(day: str) -> None:
    assert problems(advise(sites=[OFFICE], as_of=day)) == set()
    assert problems(advise(vnets=[HUB, SPOKE], as_of=day)) == set()
    assert problems(advise(clients=some_clients(systems=["windows-10"]), as_of=day)) == {"client-system-out-of-support"}
    assert problems(advise(sites=[OFFICE], gateway_sku="VpnGw2", as_of=day)) == {"gateway-sku-retired"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-01", {"protocol-retiring", "gateway-sku-retired"}),
        ("2027-04-01", {"protocol-retired", "gateway-sku-retired"}),
        ("2028-04-01", {"protocol-retired", "gateway-sku-retired"}),
    ],
)
def test_one_need_on_three_days(day: str, expected: set[str]) -> None:
    assert problems(advise(sites=[OFFICE], **SSTP, gateway_sku="VpnGw2", as_of=day)) == expected


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2026-11-01", "sign-in-ends"),
        ("2028-03-30", "sign-in-ends"),
        ("2028-03-31", "sign-in-ended"),
        ("2028-04-01", "sign-in-ended"),
    ],
)
def test_apps_that_were_registered_by_hand_end(day: str, word: str) -> None:
    advice = advise(clients=some_clients(authentication="entra-id"), as_of=day)
    (connection,) = advice.connections
    (told,) = connection.reasons
    (sign_in,) = cast(tuple[Phrase], dict(told.parameters)["sign_in"])
    assert sign_in.code == word
    assert "March 31, 2028" in load_texts("2026").reason(told, "en")


@pytest.mark.parametrize("authentication", [None, "certificate", "radius"])
def test_of_other_ways_to_sign_in_nothing_ends(authentication: str | None) -> None:
    advice = advise(clients=some_clients(authentication=authentication))
    assert "2028" not in load_texts("2026").reason(advice.connections[0].reasons[0], "en")


def test_without_a_day_it_holds_of_the_start_of_the_edition() -> None:
    asked = need(**SSTP, as_of=None)
    assert asked.as_of is None
    assert catalogue().start == date(2026, 1, 1)
    assert problems(decide(asked, catalogue())) == RETIRING


@pytest.mark.parametrize(("day", "taken"), [("2025-12-31", False), ("2026-01-01", True), ("2031-01-01", True)])
def test_a_day_is_of_the_edition_and_five_years_on(day: str, taken: bool) -> None:
    if taken:
        assert need(as_of=day).as_of == date.fromisoformat(day)
        return
    with pytest.raises(NeedRefused):
        need(as_of=day)
