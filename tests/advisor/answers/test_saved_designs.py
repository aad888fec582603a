"""Designs too large for an address, advices under a code, other numbers, and a design from a file."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from advisor.answers.query_string import typed
from advisor.answers.saved_designs import LONGEST_ADDRESS, TooLarge, find_kept, keep, readable_code, shortened, unfolded
from advisor.answers.typed import MOST_ROWS
from advisor.formats.as_json import need_to_json
from advisor.models import KeptDesign
from tests.builders import need, site, sites, vnet
from web.readable_codes import READABLE

pytestmark = pytest.mark.django_db

MANY = {
    "site": [f"Site {number}" for number in range(120)],
    "site_prefixes": [f"172.16.{number}.0/24" for number in range(120)],
}


def test_a_short_design_is_its_own_address() -> None:
    assert shortened(typed(QueryDict("clients=40")), client="x") == "clients=40"
    assert not KeptDesign.objects.exists()


def test_a_long_design_is_kept_and_comes_back_whole() -> None:
    query = "edition=2016-12&" + "&".join(f"site=Kantoor+{number}" for number in range(200))
    address = shortened(typed(QueryDict(query)), client="x")
    assert len(address) < 60
    assert "edition=2016-12" in address
    found = unfolded(QueryDict(address))
    assert found is not None
    assert found.getlist("site") == QueryDict(query).getlist("site")


def test_what_stands_beside_a_kept_design_goes_before_it() -> None:
    found = unfolded(QueryDict(f"design={keep('clients=40&mbps=90', client='x')}&clients=50"))
    assert found is not None
    assert (found["clients"], found["mbps"]) == ("50", "90")


def test_a_code_is_read_however_it_is_typed() -> None:
    code = keep("clients=40", client="x")
    assert set(code) <= set(READABLE)
    for written in (code.lower(), readable_code(code), f" {code[:3]} {code[3:]}"):
        found = find_kept(written)
        assert found is not None
        assert found.query == "clients=40"


def test_no_two_codes_are_the_same() -> None:
    assert len({keep("clients=40", client="x") for _ in range(50)}) == 50


def test_what_was_kept_too_long_ago_is_gone(settings: Any) -> None:
    code = keep("clients=40", client="x")
    KeptDesign.objects.update(kept_at=timezone.now() - timedelta(weeks=settings.DESIGNS_KEPT_WEEKS, minutes=1))
    assert find_kept(code) is None
    keep("clients=41", client="x")
    assert KeptDesign.objects.count() == 1


def test_designs_push_out_no_advices(settings: Any) -> None:
    settings.DESIGNS_MB = 1
    case = keep("clients=1", {"nl": "x"}, client="x")
    for number in range(3):
        keep(f"clients={number}", client="x")
        KeptDesign.objects.filter(shown=b"").update(size=512 * 1024)
    assert find_kept(case) is not None
    assert KeptDesign.objects.filter(shown=b"").count() == 1


def test_what_a_code_shows_goes_with_it(client: Client) -> None:
    code = keep("clients=40&vnet=hub", client="x")
    for path in ("/nl/advice/", "/nl/advice/result/"):
        page = client.get(f"{path}?design={code}")
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        assert client.get(f"{path}?clients=40&was=design%3D{code}").headers["Cache-Control"] == "no-store"
    KeptDesign.objects.all().delete()
    for path in ("/nl/advice/", "/nl/advice/result/"):
        assert client.get(f"{path}?design={code}").status_code == 302


def test_a_visit_keeps_nothing(client: Client) -> None:
    design = "vnet=hub&" + "&".join(f"site=Kantoor+{number}&site_mbps=10" for number in range(200))
    code, faulty = keep(design, client="x"), keep(f"{design}&clients=x", client="x")
    paths = [
        "/embed/nl/advice",
        "/nl/advice/result/",
        "/nl/advice/result/markdown/",
        "/nl/advice/steps/sites/",
        "/nl/advice/",
    ]
    for given in (code, faulty):
        for path in paths:
            for query in (f"design={given}", f"design={given}&go=next", f"design={given}&theme=dark"):
                answer = client.get(f"{path}?{query}")
                assert answer.status_code in (200, 302)
                assert "no-store" in answer.headers["Cache-Control"]
                assert given in answer.headers.get("Location", given)
    assert KeptDesign.objects.count() == 2


def test_the_oldest_make_room(settings: Any) -> None:
    settings.DESIGNS_MB = 1
    first = keep("clients=1", client="x")
    KeptDesign.objects.filter(code=first).update(size=512 * 1024 - 100)
    second = keep("clients=2", client="x")
    assert find_kept(first) is not None
    KeptDesign.objects.filter(code=second).update(size=100)
    third = keep("clients=3", client="x")
    assert find_kept(first) is None
    assert find_kept(second) is not None
    assert find_kept(third) is not None


def test_a_design_has_a_largest_size() -> None:
    with pytest.raises(TooLarge):
        keep("x" * (512 * 1024 + 1), client="x")
    with pytest.raises(TooLarge):
        keep("x", {"nl": "x" * 4 * 1024 * 1024}, client="x")


def test_the_wizard_goes_on_with_a_design_too_large_for_an_address(client: Client) -> None:
    answer = client.post("/nl/advice/steps/sites/", MANY | {"want": "sites", "go": "next"})
    address = answer.headers["Location"]
    assert address.startswith("/nl/advice/steps/vnets/?design=")
    code = address.partition("design=")[2]
    page = client.get(address).content.decode()
    assert f'name="design" value="{code}"' in page
    posted = {"design": code, "vnet": "hub", "vnet_prefixes": "10.20.0.0/16", "go": "next"}
    after = client.post("/nl/advice/steps/vnets/", posted).headers["Location"]
    for _ in range(6):
        if "/check/" in after:
            break
        name, _sign, query = after.rpartition("/")[0].rpartition("/")[2], "", after.partition("?")[2]
        after = client.post(f"/nl/advice/steps/{name}/", QueryDict(query).dict() | {"go": "next"}).headers["Location"]
    query = after.partition("?")[2]
    design = client.get(f"/nl/advice/result/design/?{query}").json()
    assert len(design["sites"]) == 120
    assert design["vnets"][0]["prefixes"] == ["10.20.0.0/16"]
    back = client.get(f"/nl/advice/steps/sites/?{query}").content.decode()
    assert 'value="Site 119"' in back
    assert len(query) < 100


def test_a_box_that_is_no_longer_ticked_is_off_in_a_kept_design(client: Client) -> None:
    code = keep("site=Tilburg&bgp=1&transit=1", client="x")
    after = client.post("/nl/advice/steps/routes/", {"design": code, "transit": "1", "go": "next"}).headers["Location"]
    assert "transit=1" in after
    assert "bgp" not in after


def test_a_posted_form_gets_an_address_of_its_own(client: Client) -> None:
    answer = client.post("/en/advice/", {"clients": "40", "site": ["", ""], "add": "site"})
    assert answer.headers["Location"] == "/en/advice/?clients=40&add=site%3A3"
    large = client.post("/en/advice/", MANY).headers["Location"]
    page = client.get(large).content.decode()
    assert 'value="Site 119"' in page
    links = re.findall(r'href="([^"]*advice/result/[^"]*)"', page)
    assert links
    assert all(len(link) < LONGEST_ADDRESS and "design=" in link for link in links)


def test_typing_keeps_nothing(client: Client) -> None:
    answer = client.post("/en/advice/", MANY, headers={"HX-Request": "true"})
    assert answer.headers["HX-Replace-Url"] == "false"
    assert "too large for an address" in answer.content.decode()
    assert not KeptDesign.objects.exists()


@pytest.mark.parametrize(
    "address", ["/nl/advice/", "/nl/advice/result/", "/nl/advice/steps/check/", "/nl/advice/steps/sites/"]
)
def test_a_design_that_is_gone_is_told(client: Client, address: str) -> None:
    answer = client.get(f"{address}?design=K7QFM2XDRT", follow=True)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Onder deze code is niets bewaard" in page
    assert 'value="K7QFM2XDRT"' in page


def test_a_case_shows_what_was_shown_and_what_changed_since(client: Client) -> None:
    address = "site=Tilburg&site_mbps=25&clients=40&unknown=routes"
    here = client.post("/nl/advice/case/", {"address": address}).headers["Location"]
    code = here.rstrip("/").rpartition("/")[2]
    page = client.get(here).content.decode()
    assert readable_code(code) in page
    assert "Tilburg" in page
    assert "Sindsdien veranderd" not in page
    assert "Aangenomen" in page
    assert client.get("/nl/advice/case/", {"code": readable_code(code).lower()}).headers["Location"] == here
    english = client.get(here.replace("/nl/", "/en/")).content.decode()
    assert "Why not the others" in english

    from faq.models import Edition

    edition = Edition.objects.get(code="2016-12")
    edition.limits["p2s"]["max_clients"]["value"] = 30
    edition.save()
    page = client.get(here).content.decode()
    assert "Sindsdien veranderd" in page
    assert "<del>40 / 128</del> <ins>40 / 30</ins>" in page
    assert "Dit ontwerp past" in page.partition("Sindsdien veranderd")[2]


def test_a_case_of_faults_goes_to_the_check(client: Client) -> None:
    assert "/steps/check/" in client.post("/nl/advice/case/", {"address": "clients=x"}).headers["Location"]
    assert not KeptDesign.objects.exists()


def test_any_number_can_be_another(client: Client) -> None:
    was = "site=A&site=B&site_mbps=5&site_mbps=3&clients=40"
    given = {"was": was, "clients": "50", "site_mbps": ["5", "8"], "more": "3"}
    address = client.post("/en/advice/result/", given).headers["Location"]
    query = QueryDict(address.partition("?")[2])
    assert query.getlist("site") == ["A", "B", "Site 3", "Site 4", "Site 5"]
    assert query.getlist("site_mbps") == ["5", "8", "8", "8", "8"]
    page = client.get(address).content.decode()
    assert "<del>2 / 10</del> <ins>5 / 10</ins>" in page
    assert "<del>40 / 128</del> <ins>50 / 128</ins>" in page


@pytest.mark.parametrize("more", ["", "-1", "x", "99999", "²"])
def test_a_strange_number_of_sites_adds_none(client: Client, more: str) -> None:
    address = client.post("/en/advice/result/", {"was": "site=A", "more": more}).headers["Location"]
    assert QueryDict(address.partition("?")[2]).getlist("site") == ["A"]


def test_a_design_from_a_file_is_the_same_byte_for_byte(client: Client) -> None:
    asked = need(vnets=[vnet("hub", "10.20.0.0/16")], sites=[site("Tilburg", "192.168.10.0/24", bandwidth_mbps=25)])
    written = json.dumps(need_to_json(asked), ensure_ascii=False, indent=2) + "\n"
    address = client.post("/en/advice/open/", {"design_json": written}).headers["Location"]
    again = client.get(address.replace("/advice/?", "/advice/result/design/?")).content
    assert again == written.encode()


def test_the_faults_of_a_design_are_told_and_its_text_stays(client: Client) -> None:
    answer = client.post("/en/advice/open/", {"design_json": '{"sites": [{"name": "A", "prefixes": ["10.1.2.3/16"]}]}'})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Did you mean <b>10.1.0.0/16</b>?" in page
    assert "10.1.2.3/16&quot;" in page


def test_a_design_with_more_sites_than_the_pages_take_is_told(client: Client) -> None:
    written = json.dumps({"sites": sites(MOST_ROWS + 1)})
    answer = client.post("/en/advice/open/", {"design_json": written})
    assert answer.status_code == 413
    assert str(MOST_ROWS) in answer.content.decode()


def test_an_entry_about_a_limit_fills_in_the_form(client: Client) -> None:
    slug = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"
    page = client.get(f"/en/faq/{slug}/").content.decode()
    assert 'href="/en/advice/?clients=128#clients"' in page
    assert page.count("/en/advice/?") == 1
