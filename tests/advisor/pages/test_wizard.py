"""The wizard: one question a page, the answers in the address, and the same advice as by every other way in."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from advisor.answers.form import read_form
from advisor.answers.query_string import address_of, typed
from advisor.answers.questions import CHECK, STEPS
from advisor.answers.typed import CODES
from advisor.formats.as_json import need_to_json
from tests.builders import EDITION, catalogue, need, site, vnet
from tests.every import some
from tests.kept_reads import reads_kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(db: None) -> Iterator[None]:
    with reads_kept():
        yield


ANSWERS: dict[str, dict[str, Any]] = {
    "private": {"private": "0"},
    "circuit": {"circuit": "1"},
    "backup": {"backup": "1"},
    "circuit_encrypt": {"circuit_encrypt": "0"},
    "sites": {"site": ["Tilburg", "Breda"], "site_prefixes": ["192.168.10.0/24", "192.168.11.0/24"]},
    "clients": {"clients": "40"},
    "systems": {"systems": ["windows-11", "macos"]},
    "auth": {"auth": "certificate"},
    "vnets": {"vnet": ["hub", "spoke"], "vnet_prefixes": ["10.20.0.0/16", "10.30.0.0/16"]},
    "encrypt": {"encrypt": "0"},
    "bandwidth": {"mbps": "90"},
    "routes": {"bgp": "1"},
    "gateway": {"sku": "VpnGw1AZ"},
    "subnet": {"subnet": "10.20.255.224/27"},
}

OPENED = ("backup", "circuit_encrypt", "subnet")
"""The questions that an answer opens."""


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


@pytest.mark.any_database
@pytest.mark.parametrize(("lang", "edition"), some([("nl", EDITION), ("en", EDITION), ("en", "2026")], 2))
@pytest.mark.parametrize("wants", some(WANTS, 3), ids="+".join)
def test_every_path_leads_to_an_advice(client: Client, lang: str, edition: str, wants: tuple[str, ...]) -> None:
    """Each question answered or not known, for everything that can be chosen to join."""
    for known in (True, False):
        address = answered(client, f"/{lang}/advice/steps/what/?edition={edition}", "next", want=list(wants))
        seen, counts = ["what"], []
        while name_of(address) != CHECK:
            name = name_of(address)
            seen.append(name)
            number, count = count_on(client, address, lang)
            assert number == len(seen)
            counts.append((name, count))
            address = answered(
                client, address, "next" if known else "unknown", **(answer_to(name, edition) if known else {})
            )
        assert seen == [
            step.name
            for step in STEPS
            if not step.is_aside
            and step.is_of(edition)
            and (not step.wants or set(wants) & set(step.wants))
            and (known or step.name not in OPENED)
        ]
        changes = [before for (before, one), (_, other) in itertools.pairwise(counts) if one != other]
        assert changes == ([step for step in ("circuit", "gateway") if step in seen] if known else [])
        assert count_on(client, address, lang) == (len(seen) + 1, len(seen) + 1)
        result = client.get(address.replace("steps/check", "result"))
        assert result.status_code == 200
        assumed = {"nl": "Aangenomen", "en": "Assumed"}[lang]
        assert (f"<h3>{assumed}</h3>" in result.content.decode()) is not known


def answer_to(name: str, edition: str) -> dict[str, Any]:
    """An answer to a question in an edition."""
    in_edition: dict[str, dict[str, Any]] = {}
    if edition == EDITION:
        in_edition = {"systems": {"systems": ["windows-10"]}, "gateway": {"sku": "Standard"}}
    return in_edition.get(name, ANSWERS[name])


def count_on(client: Client, address: str, lang: str) -> tuple[int, int]:
    """The number of a question and of how many, as its page and its title say alike."""
    page = client.get(address).content.decode()
    step, of = {"nl": ("tap", "van"), "en": ("tep", "of")}[lang]
    said = re.findall(rf"[Ss]{step} (\d+) {of} (\d+)", page)
    assert len(said) == 2
    assert said[0] == said[1]
    return int(said[0][0]), int(said[0][1])


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
    assert name_of(address) == "systems"
    address = answered(client, answered(client, address, "back"), "back")
    assert name_of(address) == "what"
    assert "unknown=clients" in address


def test_an_address_can_say_of_every_question_that_it_was_passed_over() -> None:
    assert CODES["unknown"] == CODES["answered"] == tuple(step.name for step in STEPS if not step.is_aside)


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
    assert "<del>40 / 128</del> <ins>150 / 128, te veel</ins>" in page
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


def test_the_check_page_says_what_was_answered_and_what_is_assumed(client: Client) -> None:
    told = text_of(client.get("/en/advice/steps/check/?want=sites&site=Tilburg&answered=private").content.decode())
    assert "May the traffic cross the public internet? Yes, it may Change" in told
    assert "Is there an ExpressRoute circuit already? Assumed: No Change" in told
    assert "Must both instances of the gateway carry tunnels (active-active)? Assumed: No Answer" in told


def text_of(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_an_answer_of_no_is_kept_without_another_parameter(client: Client) -> None:
    address = answered(client, "/nl/advice/steps/private/?want=sites", "next", private="0")
    assert name_of(address) == "circuit"
    assert "answered=private" in address
    assert "private=" not in address.replace("answered=private", "")
    back = client.get(answered(client, address, "back")).content.decode()
    assert chosen_in(back, "private") == ["0"]


def test_nothing_is_chosen_before_an_answer(client: Client) -> None:
    for name in ("private", "circuit"):
        page = client.get(f"/nl/advice/steps/{name}/?want=sites").content.decode()
        assert chosen_in(page, name) == []


def chosen_in(page: str, name: str) -> list[str]:
    """What is chosen of a question with several choices."""
    boxes = re.findall(rf'<input type="(?:radio|checkbox)" name="{name}"[^>]*>', page)
    return [re.search(r'value="([^"]*)"', box)[1] for box in boxes if "checked" in box]  # type: ignore[index]


PASSED_OVER = [
    "what",
    "private",
    "circuit",
    "backup",
    "circuit_encrypt",
    "sites",
    "clients",
    "systems",
    "auth",
    "vnets",
    "encrypt",
]


@pytest.mark.parametrize("name", PASSED_OVER)
def test_a_question_passed_over_says_so_with_a_link_to_its_field(client: Client, name: str) -> None:
    said = {"want": ["sites", "clients", "vnets"], "circuit": "1"} if name not in ("what", "circuit") else {}
    said = {"want": ["sites"]} if name == "circuit" else said
    page = client.get(f"/en/advice/steps/{name}/", {"edition": "2026", **said, "go": "next"})
    told = page.content.decode()
    assert "<title>Error: " in told
    assert "One thing to correct" in told
    anchor = re.search(r'<li><a href="#([^"]+)">', told)[1]  # type: ignore[index]
    assert f'id="{anchor}"' in told
    assert "Answer, or choose" in told


def test_a_fault_names_its_field_and_the_row(client: Client) -> None:
    query = {
        "want": "sites",
        "site": ["Tilburg", "Breda"],
        "site_prefixes": ["10.1.0.0/16", "10.2.0.0/33"],
        "go": "next",
    }
    told = text_of(client.get("/en/advice/steps/sites/", query).content.decode())
    assert "Prefixes of site Breda: " in told


def test_a_changed_answer_leads_back_to_the_check(client: Client) -> None:
    said = "want=clients&clients=90&systems=macos&auth=certificate&answered=bandwidth&answered=vnets&answered=gateway"
    page = client.get(f"/nl/advice/steps/check/?{said}").content.decode()
    change = re.search(r'href="(/nl/advice/steps/clients/[^"]+)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    field = re.search(r'<input id="clients"[^>]*>', client.get(change).content.decode())[0]  # type: ignore[index]
    assert "autofocus" in field
    posted = dict(QueryDict(change.partition("?")[2]).lists()) | {"clients": ["200"], "go": ["next"]}
    after = client.post("/nl/advice/steps/clients/", posted).headers["Location"]
    assert name_of(after) == CHECK
    assert "clients=200" in after
    assert "changed=clients" in after
    assert "Gewijzigd: uw antwoord op" in client.get(after).content.decode()


@pytest.mark.parametrize("before", ["", "&answered=private&answered=bandwidth&answered=routes&answered=gateway"])
def test_a_changed_answer_that_opens_questions_leads_to_those_first(client: Client, before: str) -> None:
    """Also where the questions before it were never asked, as of a design that was made in the form."""
    page = client.get(
        f"/nl/advice/steps/check/?edition=2026&site=Tilburg&site_prefixes=10.1.0.0/16{before}"
    ).content.decode()
    change = re.search(r'href="(/nl/advice/steps/circuit/[^"]+)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    backup = answered(client, change, "next", circuit="1")
    assert name_of(backup) == "backup"
    encrypt = answered(client, backup, "next", backup="0")
    assert name_of(encrypt) == "circuit_encrypt"
    assert name_of(answered(client, encrypt, "next", circuit_encrypt="0")) == CHECK


def test_a_visitor_who_also_wants_clients_is_asked_about_them_and_no_more(client: Client) -> None:
    said = "edition=2026&site=Tilburg&site_prefixes=10.1.0.0/16"
    page = client.get(f"/nl/advice/steps/check/?{said}").content.decode()
    address = re.search(r'href="(/nl/advice/steps/what/[^"]+to=check[^"]*)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    address = answered(client, address, "next", want=["sites", "clients"])
    seen = []
    while name_of(address) != CHECK:
        seen.append(name_of(address))
        address = answered(client, address, "next", **ANSWERS[seen[-1]])
    assert seen == ["clients", "systems", "auth"]


def test_back_from_a_changed_answer_leads_to_the_check(client: Client) -> None:
    address = answered(client, "/nl/advice/steps/clients/?want=clients&to=check", "back", clients="40")
    assert name_of(address) == CHECK


@pytest.mark.parametrize("name", ["backup", "circuit_encrypt"])
def test_what_depends_on_a_circuit_is_asked_only_where_there_is_one(client: Client, name: str) -> None:
    without = client.get("/en/advice/steps/check/?edition=2026&want=sites&site=A&answered=circuit").content.decode()
    having = client.get("/en/advice/steps/check/?edition=2026&want=sites&site=A&circuit=1").content.decode()
    assert f"/steps/{name}/" not in without
    assert f"/steps/{name}/" in having


@pytest.mark.parametrize("answer", ["backup", "circuit_encrypt", "subnet=10.20.0.0/27", "pool=172.16.0.0/24"])
def test_an_answer_of_before_is_shown_where_its_question_would_not_be_asked(client: Client, answer: str) -> None:
    """Links and saved designs go on saying what they said."""
    name, _, value = answer.partition("=")
    said = f"site=A&clients=4&{name}={value or 1}"
    assert f"/steps/{name}/" in client.get(f"/en/advice/steps/check/?{said}").content.decode()
    design = client.get(f"/en/advice/result/design/?{said}").json()
    assert design == client.get(f"/en/advice/result/design/?{said}&want=sites&want=clients").json()
    assert any(design.get(key) for key in ("expressroute_backup", "expressroute_encryption", "gateway_subnet")) or (
        design["clients"]["pool"] == value
    )


def test_an_edition_asks_only_for_what_it_has_a_use_for(client: Client) -> None:
    page = client.get("/en/advice/steps/check/?want=clients&clients=4&edition=2016-12").content.decode()
    for name in ("auth", "protocol", "as_of", "dev_test"):
        assert f"/steps/{name}/" not in page
    answer = client.get("/en/advice/steps/auth/?want=clients&clients=4&edition=2016-12")
    assert name_of(answer.headers["Location"]) == "vnets"


def test_several_operating_systems_are_chosen_from_a_list(client: Client) -> None:
    address = answered(client, "/en/advice/steps/systems/?want=clients", "next", systems=["windows-11", "macos"])
    assert "systems=windows-11,macos" in address
    page = client.get(answered(client, address, "back")).content.decode()
    assert chosen_in(page, "systems") == ["windows-11", "macos"]


def test_a_system_that_is_none_stays_to_be_taken_away(client: Client) -> None:
    page = client.get(
        "/en/advice/steps/systems/?want=clients&clients=4&systems=windows-11,amiga&go=next"
    ).content.decode()
    assert chosen_in(page, "systems") == ["windows-11", "amiga"]
    assert "<title>Error: " in page


def test_the_first_question_counts_only_when_it_is_known_how_many_follow(client: Client) -> None:
    page = client.get("/en/advice/steps/what/").content.decode()
    assert "<small>Step 1</small>" in " ".join(page.split()).replace("> Step", ">Step").replace("1 <", "1<")
    assert "Step 1 of" not in page


def test_home_leads_to_both_ways_to_advice_alike(client: Client) -> None:
    page = client.get("/en/").content.decode()
    for path in ("/en/advice/steps/what/", "/en/advice/"):
        assert f'<a class="button" href="{path}">' in page


def test_staying_keeps_the_answers_in_the_other_language(client: Client) -> None:
    """The switch of language takes along what is typed."""
    posted = {"want": "sites", "site": ["Tilburg", ""], "site_prefixes": ["10.1.0.0/99", ""], "go": "stay"}
    address = client.post("/en/advice/steps/sites/", posted).headers["Location"]
    assert name_of(address) == "sites"
    page = client.get(address).content.decode()
    assert 'value="10.1.0.0/99"' in page
    assert "<title>Error: " not in page
    chosen = client.post("/en/advice/steps/private/", {"want": "sites", "private": "0", "go": "stay"}).headers[
        "Location"
    ]
    assert chosen_in(client.get(chosen).content.decode(), "private") == ["0"]


def test_the_entries_that_explain_a_question_fold_open(client: Client) -> None:
    page = client.get("/en/advice/steps/private/?want=sites").content.decode()
    folded = re.search(r"<details>\s*<summary>What is ExpressRoute.*?</details>", page, re.DOTALL | re.IGNORECASE)
    assert folded
    assert 'href="/en/faq/what-is-expressroute/"' in folded[0]


def test_a_change_after_the_advice_says_what_of_it_changes(client: Client) -> None:
    page = client.get("/en/advice/result/?clients=40&systems=macos").content.decode()
    check = re.search(r'href="(/en/advice/steps/check/[^"]+)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    checked = client.get(check).content.decode()
    change = re.search(r'href="(/en/advice/steps/clients/[^"]+)"', checked)[1].replace("&amp;", "&")  # type: ignore[index]
    posted = dict(QueryDict(change.partition("?")[2]).lists()) | {"clients": ["150"], "go": ["next"]}
    after = client.get(client.post("/en/advice/steps/clients/", posted).headers["Location"]).content.decode()
    result = re.search(r'href="(/en/advice/result/[^"]+)" autofocus', after)[1].replace("&amp;", "&")  # type: ignore[index]
    assert "<del>40 / 128</del>" in client.get(result).content.decode()
