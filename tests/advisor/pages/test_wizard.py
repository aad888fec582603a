"""The wizard: one question a page, the answers in the address, and the same advice as by every other way in."""

from __future__ import annotations

import io
import itertools
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from advisor.answers.form import read_form
from advisor.answers.query_string import address_of, typed
from advisor.answers.questions import CHECK, STEPS, steps_for
from advisor.answers.typed import CODES
from advisor.formats.as_json import need_to_json
from tests.builders import EDITION, catalogue, need, site, vnet

pytestmark = pytest.mark.django_db


ANSWERS: dict[str, dict[str, Any]] = {
    "private": {"circuit": "1"},
    "sites": {"site": ["Tilburg", "Breda"], "site_prefixes": ["192.168.10.0/24", "192.168.11.0/24"]},
    "clients": {"clients": "40"},
    "vnets": {"vnet": ["hub", "spoke"], "vnet_prefixes": ["10.20.0.0/16", "10.30.0.0/16"]},
    "bandwidth": {"mbps": "90"},
    "routes": {"bgp": "1"},
    "gateway": {"subnet": "10.20.255.224/27"},
}


WANTS = [chosen for size in (1, 2, 3) for chosen in itertools.combinations(("sites", "clients", "vnets"), size)]


def answered(client: Client, address: str, go: str, **given: Any) -> str:
    """Where a question leads when it is answered like this."""
    joined = "&".join(part for part in (address.partition("?")[2], urlencode(given, doseq=True), f"go={go}") if part)
    answer = client.get(f"{address.partition('?')[0]}?{joined}")
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer.headers["Location"])


def name_of(address: str) -> str:
    """The name of the question at an address."""
    return address.partition("?")[0].rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("wants", WANTS, ids="+".join)
def test_every_path_leads_to_an_advice(client: Client, lang: str, wants: tuple[str, ...]) -> None:
    """Each question answered or not known, for everything that can be chosen to join."""
    for known in (True, False):
        address = answered(client, f"/{lang}/advice/steps/what/", "next", want=list(wants))
        seen = ["what"]
        while name_of(address) != CHECK:
            name = name_of(address)
            page = client.get(address).content.decode()
            count = len(steps_for(typed(QueryDict(address.partition("?")[2])))) + 1
            word = {"nl": ("Stap", "van"), "en": ("Step", "of")}[lang]
            assert f"{word[0]} {len(seen) + 1} {word[1]} {count}" in page
            assert f"{word[0].lower()} {len(seen) + 1} {word[1]} {count}" in page.partition("</title>")[0]
            seen.append(name)
            address = answered(client, address, "next" if known else "unknown", **(ANSWERS[name] if known else {}))
        assert seen == [step.name for step in STEPS if not step.wants or set(wants) & set(step.wants)]
        assert client.get(address).status_code == 200
        result = client.get(address.replace("steps/check", "result"))
        assert result.status_code == 200
        assumed = {"nl": "Aangenomen", "en": "Assumed"}[lang]
        assert (f"<h3>{assumed}</h3>" in result.content.decode()) is not known


def test_what_is_chosen_in_vain_is_told(client: Client) -> None:
    page = client.get("/nl/advice/steps/what/?go=next").content.decode()
    assert "Geef een antwoord of kies" in page


def test_a_fault_stands_at_its_field_and_nothing_is_lost(client: Client) -> None:
    page = client.get("/en/advice/steps/sites/?want=sites&site=A&site_prefixes=10.1.2.3/16&go=next").content.decode()
    assert 'value="10.1.2.3/16"' in page
    assert "Did you mean <b>10.1.0.0/16</b>?" in page
    assert 'name="want" value="sites"' in page


def test_back_keeps_what_was_typed(client: Client) -> None:
    address = answered(client, "/nl/advice/steps/clients/?want=clients&mbps=90", "back", clients="x")
    assert name_of(address) == "what"
    assert "clients=x" in address
    assert "mbps=90" in address


def test_back_keeps_what_was_assumed(client: Client) -> None:
    address = answered(client, "/nl/advice/steps/clients/?want=clients", "unknown")
    assert name_of(address) == "vnets"
    address = answered(client, answered(client, address, "back"), "back")
    assert name_of(address) == "what"
    assert "unknown=clients" in address


def test_an_address_can_say_of_every_question_that_it_was_passed_over() -> None:
    assert CODES["unknown"] == tuple(step.name for step in STEPS)


def test_twenty_pasted_sites_with_a_fault_stand_in_their_rows(client: Client) -> None:
    lines = [f"Site {number};10.{number}.0.0/24" for number in range(1, 20)] + ["Fout;10.1.2.3/16"]
    page = client.get(
        "/nl/advice/steps/sites/", {"want": "sites", "paste": "\n".join(lines), "go": "next"}
    ).content.decode()
    assert len(re.findall(r'name="site" value="\S', page)) == 20
    assert 'id="sites-19-prefixes-fault"' in page


def test_a_device_that_no_table_can_tell_stays_open_until_it_is_chosen(client: Client) -> None:
    table = (
        "Naam;Prefixen;Mbit/s;Apparaat\nUtrecht;192.168.10.0/24;15;Cisco ASA\nBreda;192.168.11.0/24;20;Niet op de lijst"
    )
    asked = {"want": "sites", "paste": table, "go": "next"}
    for _ in range(2):
        answer = client.post("/nl/advice/steps/sites/", asked)
        assert answer.headers["Location"].endswith("#sites-0-device")
        page = client.get(answer.headers["Location"]).content.decode()
        assert "2 sites gelezen, 1 te corrigeren." in page
        assert '<option value="Cisco ASA" selected>Kies…</option>' in page
    rows: dict[str, Any] = {"want": "sites", "site": ["Utrecht", "Breda"], "go": "next"}
    left_open = client.post("/nl/advice/steps/sites/", rows | {"site_device": ["Cisco ASA", "unlisted"]})
    assert name_of(left_open.headers["Location"]) == "sites"
    chosen = client.post("/nl/advice/steps/sites/", rows | {"site_device": ["none", "unlisted"]})
    address = chosen.headers["Location"]
    assert name_of(address) != "sites"
    assert QueryDict(address.partition("?")[2]).getlist("site_device") == ["none", "unlisted"]


def test_wizard_form_command_and_api_give_the_same_advice(client: Client, tmp_path: Path) -> None:
    fields = {
        "vnets": [vnet("hub", "10.20.0.0/16")],
        "sites": [site("Tilburg", "192.168.10.0/24", bandwidth_mbps=25), site("Breda", device="software")],
        "clients": {"count": 40},
    }
    asked = need(**fields)
    posted = client.post("/api/v1/advice?lang=nl", json.dumps(fields), content_type="application/json").json()
    address = "site=Tilburg&site=Breda&site_prefixes=192.168.10.0/24&site_prefixes=&site_mbps=25&site_mbps="
    address += "&site_device=&site_device=software&vnet=hub&vnet_prefixes=10.20.0.0/16&clients=40"
    assert read_form(typed(QueryDict(address)), EDITION, {EDITION: catalogue()}, "nl").need == asked
    assert client.get(f"/nl/advice/result/json/?{address}").json() == posted
    assert client.get(f"/nl/advice/result/json/?{address}&want=sites&want=clients").json() == posted
    design = client.get(f"/nl/advice/result/design/?{address}").content
    (tmp_path / "need.json").write_bytes(design)
    told = io.StringIO()
    call_command("advise", str(tmp_path / "need.json"), "--format", "json", "--lang", "nl", stdout=told)
    assert json.loads(told.getvalue()) == posted
    again = client.post("/api/v1/advice?lang=nl", design, content_type="application/json")
    assert again.json() == posted
    assert json.loads(design) == need_to_json(asked)


def test_a_changed_number_tells_what_of_the_advice_changes(client: Client) -> None:
    was = address_of(typed(QueryDict("clients=40")))
    page = client.get("/nl/advice/result/", {"clients": "150", "was": was}).content.decode()
    assert "<del>40 / 128</del> <ins>150 / 128</ins>" in page
    same = client.get("/nl/advice/result/", {"clients": "40", "was": was}).content.decode()
    assert "Aan het advies verandert niets" in same


def test_an_unknown_question_is_not_found(client: Client) -> None:
    assert client.get("/nl/advice/steps/nope/").status_code == 404
    assert client.get("/nl/advice/result/exe/?clients=4").status_code == 404


def test_a_result_of_nothing_or_of_faults_goes_to_the_check(client: Client) -> None:
    for query in ("", "clients=x", "site=A&site_prefixes=10.1.2.3/16"):
        assert "/steps/check/" in client.get(f"/nl/advice/result/?{query}").headers["Location"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Not answered yet", "First answer what is missing: sites and clients.")),
        ("nl", ("Nog niet beantwoord", "Vul eerst de ontbrekende antwoorden in: sites en clients.")),
    ],
)
def test_the_check_page_marks_and_names_what_is_not_answered(
    client: Client, language: str, said: tuple[str, str]
) -> None:
    page = client.get(f"/{language}/advice/steps/check/?want=sites&want=clients").content.decode()
    assert page.count(said[0]) == 2
    assert said[1] in page


def test_the_check_page_says_yes_to_the_internet_where_nothing_was_ticked(client: Client) -> None:
    page = client.get("/nl/advice/steps/check/?want=sites&site=Tilburg").content.decode()
    assert "het verkeer mag over internet; geen circuit" in page
