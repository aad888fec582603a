"""The files to deploy a design with: the same bytes by the command, by the API, and from the pages."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from advisor.answers.query_string import address_of
from advisor.answers.saved_designs import readable_code
from advisor.answers.typed import typed_of
from advisor.formats.deployables import FORMATS
from advisor.service import parse
from tests.builders import site, sites, vnet

pytestmark = pytest.mark.django_db

CODES = [form.code for form in FORMATS]
LANGUAGES = ("nl", "en")

HUB = vnet("hub", "10.20.0.0/16")
TILBURG = site("Tilburg", "192.168.10.0/24", public_ipv4="52.166.10.20", device="software")
ONE_SITE: dict[str, Any] = {"edition": "2026", "vnets": [HUB], "sites": [TILBURG]}
TWO_SITES: dict[str, Any] = ONE_SITE | {"sites": [TILBURG, site("Breda", "192.168.20.0/24")]}
NOTHING: dict[str, Any] = {"edition": "2026", "vnets": [HUB]}
OVERLAP: dict[str, Any] = ONE_SITE | {"sites": [site("Tilburg", "10.20.1.0/24")]}
LONG_AGO: dict[str, Any] = ONE_SITE | {"edition": "2016-12"}
BOTH_SUBSCRIPTIONS: dict[str, Any] = ONE_SITE | {
    "vnets": [HUB | {"subscription": "a"}, vnet("spoke", "10.30.0.0/16", subscription="b")]
}


def by_api(client: Client, need: Any, form: str, lang: str = "en", **asked: Any) -> Any:
    """What the API answers."""
    query = urlencode({"lang": lang, **asked}, doseq=True)
    return client.post(f"/api/v1/deployables/{form}?{query}", json.dumps(need), content_type="application/json")


def by_command(tmp_path: Path, need: Any, form: str, lang: str = "en", **options: Any) -> tuple[int, str, str]:
    """The exit status of the command, and what it writes to standard output and to standard error."""
    (tmp_path / "need.json").write_text(json.dumps(need))
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("advise", str(tmp_path / "need.json"), format=form, lang=lang, stdout=out, stderr=err, **options)
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def address(need: Mapping[str, Any], **more: Any) -> str:
    """The query string of a page for a need."""
    return "&".join(filter(None, (address_of(typed_of(parse(need))), urlencode(more, doseq=True))))


def by_page(client: Client, need: Any, form: str, lang: str = "en", **asked: Any) -> Any:
    """The download of a page."""
    return client.get(f"/{lang}/advice/result/{form}/?{address(need, **asked)}")


def result(client: Client, need: Any, lang: str = "en", **asked: Any) -> str:
    """The page of an advice."""
    answer = client.get(f"/{lang}/advice/result/?{address(need, **asked)}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def deploy(page: str) -> str:
    """The part of a page with the files."""
    return page.partition('<section class="deploy')[2].partition("</section>")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_surface_gives_the_same_bytes(client: Client, tmp_path: Path, code: str, lang: str) -> None:
    asked = {"vnets": "new", "gateway_ip": ["20.50.1.1", "20.50.1.2"]}
    of_api = by_api(client, TWO_SITES, code, lang, site="Tilburg", **asked)
    status, of_command, _ = by_command(
        tmp_path, TWO_SITES, code, lang, vnets="new", site="Tilburg", gateway_ip=["20.50.1.1", "20.50.1.2"]
    )
    of_page = by_page(client, TWO_SITES, code, lang, of_site="Tilburg", **asked)
    assert (of_api.status_code, status, of_page.status_code) == (200, 0, 200)
    assert of_api.content.decode() == of_command == of_page.content.decode()
    assert of_api.headers["Content-Type"] == of_page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert (
        of_command
        == by_command(
            tmp_path, TWO_SITES, code, lang, vnets="new", site="Tilburg", gateway_ip=["20.50.1.1", "20.50.1.2"]
        )[1]
    )


@pytest.mark.parametrize("code", CODES)
def test_a_page_gives_it_as_a_file_with_its_name(client: Client, code: str) -> None:
    (name,) = [form.file_name for form in FORMATS if form.code == code]
    answer = by_page(client, ONE_SITE, code)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_link_in_it_leads_to_the_same_advice(client: Client, lang: str) -> None:
    written = by_api(client, ONE_SITE, "device", lang).content.decode()
    link = written.partition("<")[2].partition(">")[0]
    path = "/" + link.partition("://")[2].partition("/")[2]
    assert path.startswith(f"/{lang}/advice/result/?edition=2026&site=Tilburg")
    assert client.get(path).status_code == 200


def test_no_link_stands_in_it_where_the_design_does_not_fit_in_one(client: Client) -> None:
    many = ONE_SITE | {"sites": [one | {"prefixes": []} for one in sites(200, public_ipv4=False, behind_nat=True)]}
    many |= {"active_active": False, "expressroute_circuit": True}
    answer = by_api(client, many, CODES[0])
    assert answer.status_code in (200, 409)
    assert "/advice/result/" not in answer.content.decode()


REFUSALS = [
    ("does-not-fit", OVERLAP, "device", {}),
    ("edition-not-deployable", LONG_AGO, "device", {}),
    ("nothing-to-deploy", NOTHING, "device", {}),
    ("several-subscriptions", BOTH_SUBSCRIPTIONS, "bicep", {}),
    ("which-site", TWO_SITES, "swanctl", {}),
    ("no-such-site", TWO_SITES, "device", {"site": "Goes"}),
    ("site-not-on-vpn", ONE_SITE | {"sites": [], "clients": {"count": 5}}, "swanctl", {}),
]


@pytest.mark.parametrize(("reason", "need", "code", "asked"), REFUSALS)
def test_each_surface_tells_why_there_is_no_file(
    client: Client, tmp_path: Path, reason: str, need: Any, code: str, asked: dict[str, str]
) -> None:
    answer = by_api(client, need, code, **asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "application/problem+json")
    told = answer.json()
    assert (told["reason"], told["status"]) == (reason, 409)
    assert [found["severity"] for found in told["findings"]] == ["error"] * (reason == "does-not-fit")
    sentence = told["detail"].partition(" http")[0]
    status, out, err = by_command(tmp_path, need, code, **asked)
    assert (status, out) == (3, "")
    assert sentence in err
    page = by_page(client, need, code, **{f"of_{name}": value for name, value in asked.items()})
    assert page.status_code == 409
    assert sentence in page.content.decode().replace("&#x27;", "'")


def test_a_design_of_long_ago_is_led_to_the_edition_that_can_be_deployed(client: Client, tmp_path: Path) -> None:
    detail = by_api(client, LONG_AGO, "device").json()["detail"]
    assert "/en/advice/result/?edition=2026&site=Tilburg" in detail
    assert "edition=2026&site=Tilburg" in by_command(tmp_path, LONG_AGO, "device")[2]
    assert "edition=2026&amp;site=Tilburg" in deploy(result(client, LONG_AGO))


def test_the_errors_of_a_design_that_does_not_fit_are_those_of_the_advice(client: Client) -> None:
    advice = client.post("/api/v1/advice?lang=en", json.dumps(OVERLAP), content_type="application/json").json()
    errors = [found for found in advice["findings"] if found["severity"] == "error"]
    assert by_api(client, OVERLAP, CODES[0]).json()["findings"] == errors != []


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"vnets": "some"}, "vnets"),
        ({"gateway_ip": "10.0.0"}, "gateway_ip"),
        ({"gateway_ip": ["20.1.1.1"] * 9}, "gateway_ip"),
        ({"lang": "de"}, "lang"),
        ({"sku": "Basic"}, "sku"),
    ],
)
def test_an_option_that_there_is_not_is_a_400(client: Client, asked: dict[str, Any], path: str) -> None:
    answer = by_api(client, ONE_SITE, "device", **asked)
    assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])


@pytest.mark.parametrize("asked", [{"vnets": "some"}, {"gateway_ip": "10.0.0"}])
def test_a_page_refuses_such_an_option_too(client: Client, asked: dict[str, str]) -> None:
    assert by_page(client, ONE_SITE, "device", **asked).status_code == 400
    assert client.get(f"/en/advice/result/?{address(ONE_SITE, **asked)}").status_code == 400


def test_a_command_refuses_such_an_option_too(tmp_path: Path) -> None:
    (tmp_path / "need.json").write_text(json.dumps(ONE_SITE))
    with pytest.raises(CommandError, match="no IPv4 address"):
        call_command("advise", str(tmp_path / "need.json"), "--format", "device", "--gateway-ip", "10.0.0")


def test_an_unknown_format_is_not_found(client: Client) -> None:
    answer = by_api(client, ONE_SITE, "terrafrom")
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (404, "format")
    assert by_page(client, ONE_SITE, "terrafrom").status_code == 404


def test_an_invalid_design_is_told_as_everywhere(client: Client, tmp_path: Path) -> None:
    need = ONE_SITE | {"bgp": 1}
    assert by_api(client, need, "device").status_code == 422
    assert by_command(tmp_path, need, "device")[0] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_links_to_each_file_and_each_link_leads_to_it(client: Client, lang: str) -> None:
    part = deploy(result(client, ONE_SITE, lang))
    hrefs = [one.partition('"')[0].replace("&amp;", "&") for one in part.split('<a href="')[1:]]
    files = {href: client.get(href) for href in hrefs if f"/{lang}/advice/result/" in href and "#" not in href}
    assert [answer.status_code for answer in files.values()] == [200] * len(FORMATS)
    names = [answer.headers["Content-Disposition"].partition('"')[2].strip('"') for answer in files.values()]
    assert set(names) == {form.file_name for form in FORMATS}


def test_software_gets_the_file_of_strongswan_first_and_a_device_that_of_any(client: Client) -> None:
    part = deploy(result(client, TWO_SITES))
    of_tilburg, of_breda = part.partition("site Tilburg")[2].split("site Breda")
    assert of_tilburg.index("swanctl.conf") < of_tilburg.index("device.md")
    assert of_breda.index("device.md") < of_breda.index("swanctl.conf")


def test_a_site_of_many_is_chosen_in_a_list_that_needs_no_script(client: Client) -> None:
    many = ONE_SITE | {"sites": [site(f"S{number}", f"192.168.{number}.0/24") for number in range(20)]}
    part = deploy(result(client, many, vnets="new"))
    assert part.count("<option>") == 20
    assert 'formaction="/en/advice/result/swanctl/"' in part
    hidden = [one.split('"')[0:3:2] for one in part.split('<input type="hidden" name="')[1:]]
    pairs = [*hidden, ["of_site", "S7"]]
    answer = client.get("/en/advice/result/swanctl/?" + urlencode([(name, value) for name, value in pairs]))
    assert "192.168.7.0/24" in answer.content.decode()
    assert ["vnets", "new"] in hidden


def test_the_way_to_have_vnets_is_chosen_by_links(client: Client) -> None:
    part = deploy(result(client, ONE_SITE))
    assert '<b aria-current="true">Exist already</b>' in part
    assert "vnets=new#deploy" in part
    other = deploy(result(client, ONE_SITE, vnets="new"))
    assert '<b aria-current="true">Are created too</b>' in other
    assert other.count("vnets=new") >= len(FORMATS)


@pytest.mark.parametrize(("need", "said"), [(NOTHING, "nothing to create"), (OVERLAP, "does not fit")])
def test_the_page_says_why_there_is_nothing_in_place_of_the_links(client: Client, need: Any, said: str) -> None:
    part = deploy(result(client, need))
    assert said in part
    assert "<a " not in part


def test_only_the_format_that_is_refused_has_no_link(client: Client) -> None:
    part = deploy(result(client, BOTH_SUBSCRIPTIONS))
    assert "<b>main.bicep</b>" in part
    assert "in 2 subscriptions" in part
    assert "device.md</a>" in part


def test_nothing_typed_stands_unescaped_on_the_page(client: Client) -> None:
    part = deploy(result(client, ONE_SITE | {"sites": [TILBURG | {"name": '<b onclick="x">"'}]}))
    assert "&lt;b onclick=&quot;x&quot;&gt;" in part
    assert "<b onclick" not in part


def test_below_a_code_are_the_files_of_what_was_kept(client: Client) -> None:
    kept = client.post("/en/advice/case/", {"address": address(ONE_SITE)}).headers["Location"]
    part = deploy(client.get(kept).content.decode())
    kept = f"/en/advice/case/{readable_code(kept.split('/')[-2])}/"
    assert f'href="{kept}bicep/"' in part
    assert f'href="{kept}?vnets=new#deploy"' in part
    answer = client.get(f"{kept}device/")
    assert answer.status_code == 200
    assert "52.166.10.20" in answer.content.decode()
    assert client.get(f"{kept}terrafrom/").status_code == 404


def test_what_a_kept_design_gives_is_stored_nowhere(client: Client) -> None:
    kept = client.post("/en/advice/case/", {"address": address(ONE_SITE)}).headers["Location"]
    code = kept.rstrip("/").rpartition("/")[2]
    answer = client.get(f"/en/advice/result/device/?design={code}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
