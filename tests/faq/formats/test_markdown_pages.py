"""Entries and pages as Markdown, as text and as a piece of HTML."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override
from markdown_it import MarkdownIt

from faq.formats.markdown_pages import search_markdown
from faq.search.service import SearchResults
from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


SLUG = "what-is-expressroute"


NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


class TestTwins:
    """Pages as Markdown, text and pieces of HTML."""

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_an_entry_says_the_same_in_every_form(self, client: Client, language: str) -> None:
        page = f"/{language}/faq/{SLUG}"
        markdown, plain, html = (body(client, f"{page}.{form}") for form in ("md", "txt", "html"))
        told = client.get(f"/api/v1/entries/{SLUG}?lang={language}").json()
        for written in (markdown, plain, html):
            assert told["question"].partition("?")[0] in written
            assert f"{HERE}/faq/{SLUG}" in written
            assert "{limit:" not in written
            assert "entry:" not in written
        assert markdown.startswith(f"# {told['question']}")
        assert told["answer_text"] in plain
        assert told["sources"][0]["title"] in markdown
        assert plain.rstrip().endswith(f"/faq/{SLUG}")
        assert f"]({told['sources'][0]['url']})" in markdown
        assert f'href="{HERE}/{language}/faq/' in html
        assert f"]({HERE}/{language}/faq/" in markdown
        assert "<h1>" in MarkdownIt().render(markdown)

    def test_a_copy_holds_as_much_of_an_entry_as_is_asked_for(self, client: Client) -> None:
        page = f"/en/faq/{SLUG}"
        whole, short, limits = (body(client, f"{page}.txt{query}") for query in ("", "?part=short", "?part=limits"))
        first, second, *_ = whole.split("\n\n")
        assert short.startswith(f"{first}\n\n{second}\n\nEdition 2016-12, checked on ")
        assert len(short) < len(whole) < len(limits)
        assert "\n\nLimits:\n- " in limits
        assert "<li>" in body(client, f"{page}.html?part=limits").partition("Limits:")[2]
        assert body(client, f"{page}.html?part=short").count("<p>") == 4
        assert client.get(f"{page}.txt?part=half").status_code == 404

    @pytest.mark.parametrize(("form", "kind"), [("md", "text/markdown"), ("txt", "text/plain"), ("html", "text/html")])
    def test_each_form_has_its_type_and_names_the_page(self, client: Client, form: str, kind: str) -> None:
        answer = client.get(f"/en/faq/{SLUG}.{form}")
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer.headers["Link"] == f'<{HERE}/en/faq/{SLUG}/>; rel="canonical"'
        assert "ETag" in answer.headers

    @pytest.mark.parametrize(
        ("page", "twin", "says"),
        [
            ("", "index.md", "what-is-expressroute"),
            ("faq/", "faq.md", "### What is ExpressRoute"),
            ("sections/bgp/", "sections/bgp.md", "## "),
            ("limits/", "limits.md", "| 128 |"),
            ("editions/", "editions.md", "2016-12"),
            ("about/", "about.md", "## What it stores about you"),
            ("api/", "api.md", "`POST /api/v1/advice`"),
        ],
    )
    def test_each_page_has_one_and_says_where(self, client: Client, page: str, twin: str, says: str) -> None:
        assert f'<link rel="alternate" type="text/markdown" href="/en/{twin}">' in body(client, f"/en/{page}")
        answer = client.get(f"/en/{twin}")
        assert answer.headers["Link"] == f'<{HERE}/en/{page}>; rel="canonical"'
        assert answer.content.decode().startswith("# ")
        assert says in answer.content.decode()

    def test_a_search_has_one_with_what_it_found(self, client: Client) -> None:
        page = body(client, "/en/search/?q=how+many+clients&type=point-to-site")
        assert 'type="text/markdown" href="/en/search.md?q=how+many+clients&amp;type=point-to-site">' in page
        answer = client.get("/en/search.md?q=how+many+clients&type=point-to-site")
        assert answer.headers["X-Robots-Tag"] == "noindex"
        first = next(line for line in answer.content.decode().splitlines() if line.startswith("- "))
        assert f"]({HERE}/en/faq/how-many-vpn-client-endpoints" in first
        assert "128" in answer.content.decode()
        assert client.get("/en/search.md?q=how+many+clients&type=point-to-site").headers["X-Robots-Tag"] == "noindex"

    def test_a_twin_stays_in_its_edition(self, client: Client) -> None:
        published(edition())
        for path in ("search.md?q=tunnel&", "index.md?"):
            assert f"]({HERE}/en/faq/what-is-a-tunnel/?edition=2020-01)" in body(client, f"/en/{path}edition=2020-01")

    def test_the_twin_of_a_search_says_what_was_mended_and_that_there_is_more(self, client: Client) -> None:
        assert "Did you mean expressroute?" in body(client, "/en/search.md?q=expresroute")
        assert "best results are shown" in body(client, "/en/search.md?q=gateway")

    @pytest.mark.parametrize(("found", "says"), [(0, False), (1, True)])
    def test_results_of_a_corrected_search_are_told_where_there_are_any(self, found: int, says: bool) -> None:
        with override("en"):
            written = search_markdown("expresroute", SearchResults(corrected="expressroute", own_total=found), "")
        assert ("Showing results for that." in written) is says

    @pytest.mark.parametrize(
        ("asked", "says"), [("xyzzyplugh", "Nothing was found"), ("", "# Search"), ("tunnels [x](y) *b* <i>", r"\[x\]")]
    )
    def test_a_search_without_results_says_so_and_nothing_typed_is_markup(
        self, client: Client, asked: str, says: str
    ) -> None:
        assert says in client.get("/en/search.md", {"q": asked}).content.decode()

    @pytest.mark.parametrize("path", ["advice/", "advice/result/"])
    def test_an_advice_has_one(self, client: Client, path: str) -> None:
        page = body(client, f"/en/{path}?{NEED}")
        (twin,) = re.findall(r'type="text/markdown" href="([^"]+)"', page)
        assert body(client, twin.replace("&amp;", "&")).startswith("# ")

    def test_another_edition_is_read_by_asking_for_it(self, client: Client) -> None:
        published(edition())
        assert "Editie 2020-01" in body(client, "/nl/faq/what-is-a-tunnel.md?edition=2020-01")

    @pytest.mark.parametrize(
        "path", ["faq/none.md", f"faq/{SLUG}.pdf/", "sections/none.md", "faq/none/card.png", "none.md"]
    )
    def test_what_is_not_there_is_not_found(self, client: Client, path: str) -> None:
        assert client.get(f"/nl/{path}").status_code == 404
