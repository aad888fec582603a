"""oEmbed: for the URL of a page, the frame that shows it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from faq.store.publishing import withdraw
from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN
HOST = HERE.removeprefix("http://")


SLUG = "what-is-expressroute"


NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"


class TestOEmbed:
    """`/oembed`."""

    def ask(self, client: Client, url: str, **more: str) -> Any:
        return client.get("/oembed", {"url": url} | more)

    @pytest.mark.parametrize(
        ("url", "frame"),
        [
            (f"/nl/faq/{SLUG}/", f"/embed/nl/{SLUG}"),
            (f"/en/faq/{SLUG}/?edition=2016-12", f"/embed/en/{SLUG}?edition=2016-12"),
            (f"/faq/{SLUG}", f"/embed/nl/{SLUG}"),
            (f"/embed/en/{SLUG}", f"/embed/en/{SLUG}"),
            ("/en/search/?q=bgp", "/embed/en/search?q=bgp"),
            ("/embed/en/search?q=bgp", "/embed/en/search?q=bgp"),
            ("/nl/advice/?clients=40", "/embed/nl/advice?clients=40"),
            (f"/en/advice/result/?{NEED}", f"/embed/en/advice?{NEED}"),
        ],
    )
    def test_a_page_of_ours_comes_as_one_frame(self, client: Client, url: str, frame: str) -> None:
        told = self.ask(client, HERE + url).json()
        assert (told["type"], told["version"], told["width"], told["height"]) == ("rich", "1.0", 640, 480)
        assert f'<iframe src="{HERE}{frame.replace("&", "&amp;")}" width="640"' in told["html"]
        assert told["html"].count("<") == 2
        assert client.get(frame, follow=True).status_code == 200

    def test_a_short_address_does_too(self, client: Client) -> None:
        short = client.get(f"/api/v1/entries/{SLUG}").json()["short_url"]
        assert f'/embed/nl/{SLUG}"' in self.ask(client, short).json()["html"]
        assert f'/embed/nl/{SLUG}?edition=2026"' in self.ask(client, f"{short}?edition=2026").json()["html"]

    def test_xml_says_the_same(self, client: Client) -> None:
        url = f"{HERE}/en/faq/{SLUG}/"
        answer = self.ask(client, url, format="xml", maxwidth="320", maxheight="9999")
        assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
        root = ElementTree.fromstring(answer.content)  # noqa: S314 -- our own words
        told = self.ask(client, url, maxwidth="320", maxheight="9999").json()
        assert {element.tag: element.text for element in root} == {name: str(value) for name, value in told.items()}
        assert (told["width"], told["height"]) == (320, 480)

    @pytest.mark.parametrize(
        "url",
        [
            "", "nonsense", "//evil.example/nl/faq/x/", f"https://evil.example/nl/faq/{SLUG}/", "javascript:alert(1)",
            f"{HERE}@evil.example/nl/faq/{SLUG}/", f"http://u@{HOST}/nl/faq/{SLUG}/",
            f"http://127.0.0.1/nl/faq/{SLUG}/", f"https://{HOST}/nl/faq/{SLUG}/", "http://[::1",
            "file:///etc/passwd",
            f"{HERE}.evil.example/nl/", f"{HERE}/nl/faq/{SLUG}/\r\nX: y", f'{HERE}/nl/faq/"><script>',
            f"{HERE}\\@evil.example/",
            f"{HERE}/nl/faq/" + "a" * 5000,
        ],
    )  # fmt: skip
    def test_a_hostile_url_gets_a_reason(self, client: Client, url: str) -> None:
        answer = self.ask(client, url)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"] == "url"

    @pytest.mark.parametrize(
        "given",
        [
            {"callback": "x"},
            {"maxwidth": "-1"},
            {"maxwidth": "1e9"},
            {"maxheight": "0"},
            {"maxheight": "x"},
            {"maxwidth": "1" + "0" * 5000},
            {"maxwidth": "0" * 5000 + "1"},
            {"maxheight": "\u0661"},
        ],
    )
    def test_a_hostile_parameter_does_too(self, client: Client, given: dict[str, str]) -> None:
        answer = self.ask(client, f"{HERE}/nl/faq/{SLUG}/", **given)
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, *given)

    @pytest.mark.parametrize(
        "path", ["/nl/faq/no-such/", "/nl/", "/nl/limits/", "/admin/", "/e/zzzzzz", "/nl/faq/../../admin/"]
    )
    def test_what_has_no_frame_is_not_found(self, client: Client, path: str) -> None:
        assert self.ask(client, HERE + path).status_code == 404

    def test_a_withdrawn_entry_is_as_one_that_never_was(self, client: Client) -> None:
        entry = published(edition())
        assert self.ask(client, f"{HERE}/nl/faq/{entry.slug}/").status_code == 200
        withdraw(entry)
        gone, never = (self.ask(client, f"{HERE}/nl/faq/{slug}/") for slug in (entry.slug, "never-was"))
        assert gone.status_code == never.status_code == 404
        assert gone.json()["errors"][0]["reason"] == never.json()["errors"][0]["reason"]

    def test_another_format_is_not_implemented(self, client: Client) -> None:
        assert self.ask(client, f"{HERE}/nl/faq/{SLUG}/", format="yaml").status_code == 501

    @pytest.mark.parametrize(
        "path", [f"/nl/faq/{SLUG}/", f"/en/advice/result/?{NEED}", f"/en/advice/?{NEED}", "/nl/search/?q=bgp+en+%C3%A9"]
    )
    def test_pages_tell_where_to_ask(self, client: Client, path: str) -> None:
        page = client.get(path).content.decode()
        (json_link,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
        (xml_link,) = re.findall(r'type="text/xml\+oembed" href="([^"]+)"', page)
        assert quote(HERE + path, safe="") == json_link.partition("url=")[2].replace("&amp;", "&")
        for link in (json_link, xml_link):
            assert client.get(link.removeprefix(HERE).replace("&amp;", "&")).status_code == 200
