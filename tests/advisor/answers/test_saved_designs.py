"""Designs does not fit in a URL, saved under a code, and the pages that go on with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from advisor.answers.query_string import typed
from advisor.answers.saved_designs import TooLarge, find_kept, keep, readable_code, shortened, unfolded
from advisor.models import KeptDesign
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
    design = "vnet=hub&" + "&".join(f"site=Kantoor+{number}&site_mbps=10" for number in range(90))
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


@pytest.mark.parametrize(
    "address", ["/nl/advice/", "/nl/advice/result/", "/nl/advice/steps/check/", "/nl/advice/steps/sites/"]
)
def test_a_design_that_is_gone_is_told(client: Client, address: str) -> None:
    answer = client.get(f"{address}?design=K7QFM2XDRT", follow=True)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Onder deze code is niets opgeslagen" in page
    assert 'value="K7QFM2XDRT"' in page
