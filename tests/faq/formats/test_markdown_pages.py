"""What machines read: twins, structured data, sitemap, robots.txt, llms.txt, feeds, and the cards of links."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import extruct
import feedparser
import pytest
from django.conf import settings
from django.test import Client
from markdown_it import MarkdownIt
from PIL import Image

from faq.models import Entry, Translation
from faq.pages.safe_html import as_json_ld
from faq.pages.schema_org import faq_page
from faq.store.publishing import publish, save_draft, withdraw
from tests.faq.builders import content, edition, published, text

pytestmark = pytest.mark.django_db

HERE = settings.ORIGIN
SLUG = "what-is-expressroute"
NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"
SURFACES = (
    "/nl/faq/{slug}.md", "/nl/faq/{slug}.txt", "/nl/faq/{slug}.html", "/nl/faq/{slug}/card.png", "/nl/faq/{slug}/",
    "/nl/faq.md", "/nl/index.md", "/nl/sections/basics.md", "/nl/changes.atom", "/nl/sections/basics/changes.atom",
    "/nl/faq/", "/nl/sections/basics/", "/sitemap.xml", "/llms.txt", "/api/v1/entries", "/api/v1/entries/{slug}",
    "/api/v1/search?q=kanarievogel", "/nl/search/?q=kanarievogel", "/embed/nl/{slug}",
    "/embed/nl/search?q=kanarievogel", f"/oembed?url={HERE}/nl/faq/{{slug}}/",
    "/opensearch/nl/suggestions?q=kanarie", "/api/v1/suggest?q=kanarie",
)  # fmt: skip


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
        assert "guide" in plain or told["sources"][0]["document"] in plain
        assert f'href="{HERE}/{language}/faq/' in html
        assert f"]({HERE}/{language}/faq/" in markdown
        assert "<h1>" in MarkdownIt().render(markdown)

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
            ("about/", "about.md", "## What it keeps about you"),
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
        assert f"]({HERE}/en/faq/how-many-vpn-client-endpoints" in answer.content.decode().splitlines()[2]
        assert "128" in answer.content.decode()
        assert client.get("/en/search.md?q=how+many+clients&type=point-to-site").headers["X-Robots-Tag"] == "noindex"

    def test_a_twin_stays_in_its_edition(self, client: Client) -> None:
        published(edition())
        for path in ("search.md?q=tunnel&", "index.md?"):
            assert f"]({HERE}/en/faq/what-is-a-tunnel/?edition=2020-01)" in body(client, f"/en/{path}edition=2020-01")

    def test_the_twin_of_a_search_says_what_was_mended_and_that_there_is_more(self, client: Client) -> None:
        assert "Did you mean expressroute?" in body(client, "/en/search.md?q=expresroute")
        assert "best are shown" in body(client, "/en/search.md?q=gateway")

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


class TestCopying:
    """The links that the copy buttons are."""

    def test_an_entry_is_copied_in_either_language_and_three_forms(self, client: Client) -> None:
        links = re.findall(r'<a href="([^"]+)" data-copy="(\w+)"', body(client, f"/en/faq/{SLUG}/"))
        assert [kind for _, kind in links] == ["text", "html", "markdown"] * 2
        assert links[0][0].startswith("/en/")
        assert links[3][0].startswith("/nl/")
        for address, _ in links:
            assert f"{HERE}/faq/{SLUG}" in body(client, address)

    def test_an_advice_is_copied_with_a_link_that_opens_it(self, client: Client) -> None:
        page = body(client, f"/en/advice/result/?{NEED}")
        links = [link.replace("&amp;", "&") for link in re.findall(r'<a href="([^"]+)" data-copy', page)]
        assert len(links) == 6
        for address in links:
            copied = body(client, address)
            assert "Tilburg" in copied
            assert "/advice/result/?site=Tilburg" in copied.replace("&amp;", "&")
        assert "<h1>This design fits.</h1>" in body(client, links[1])

    def test_a_case_is_copied_as_it_was_kept(self, client: Client) -> None:
        case = client.post("/en/advice/case/", {"address": NEED}).headers["Location"]
        links = re.findall(r'<a href="([^"]+)" data-copy', body(client, case))
        assert len(links) == 6
        for address in links:
            assert case.split("/")[-2][:5] in body(client, address)
        assert client.get(f"{case}svg/").status_code == 404


class TestStructuredData:
    """schema.org's FAQPage, read by another's library."""

    @pytest.mark.parametrize(("path", "count"), [(f"faq/{SLUG}/", 1), ("sections/bgp/", 18), ("faq/", 67)])
    def test_a_page_has_its_questions_and_answers(self, client: Client, path: str, count: int) -> None:
        (found,) = extruct.extract(body(client, f"/en/{path}"), syntaxes=["json-ld"])["json-ld"]
        assert (found["@type"], found["inLanguage"]) == ("FAQPage", "en")
        assert len(found["mainEntity"]) == count
        for question in found["mainEntity"]:
            assert question["@type"] == "Question"
            assert question["name"]
            assert question["acceptedAnswer"]["text"]
            assert question["url"].startswith(f"{HERE}/en/faq/")

    def test_nothing_in_it_ends_its_element(self) -> None:
        written = as_json_ld({"name": "</script><script>alert(1)</script><!-- & \u2028"})
        assert written.count("<") == 2
        inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        assert json.loads(inside) == {"name": "</script><script>alert(1)</script><!-- & \u2028"}

    def test_a_page_without_entries_has_none(self) -> None:
        assert faq_page([], "nl")["mainEntity"] == []


class TestListings:
    """sitemap.xml, robots.txt and llms.txt."""

    def test_the_sitemap_has_every_page_in_both_languages_each_pointing_at_the_other(self, client: Client) -> None:
        root = ElementTree.fromstring(body(client, "/sitemap.xml"))  # noqa: S314 -- our own words
        space, xhtml = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
        pages = {url.findtext(f"{space}loc"): url for url in root}
        assert len(pages) == len(root) == 2 * (7 + 9 + 67)
        for address, url in pages.items():
            links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(f"{xhtml}link")}
            assert set(links) == {"nl", "en", "x-default"}
            assert address in links.values()
            assert set(links.values()) <= set(pages)
        for address in list(pages)[:40]:
            assert client.get(str(address).removeprefix(HERE)).status_code == 200

    def test_robots_leave_advice_and_the_admin_alone(self, client: Client) -> None:
        said = body(client, "/robots.txt")
        assert "Disallow: /admin/" in said
        assert "Disallow: /nl/advice/result/" in said
        assert f"Sitemap: {HERE}/sitemap.xml" in said

    def test_llms_txt_leads_to_what_is_there(self, client: Client) -> None:
        said = body(client, "/llms.txt")
        assert said.startswith("# Gatewijzer\n\n> ")
        links = re.findall(r"\]\((http[^)]+)\)", said)
        assert len(links) == 3 + 2 * (3 + 9 + 67)
        for link in links[:12]:
            assert client.get(link.removeprefix(HERE)).status_code in (200, 405)
        assert "&#x27;" not in said

    def test_llms_txt_of_another_edition_stays_in_it(self, client: Client) -> None:
        published(edition())
        said = body(client, "/llms.txt?edition=2020-01")
        assert "this is edition 2020-01." in said
        assert f"[What is a tunnel?]({HERE}/en/faq/what-is-a-tunnel.md?edition=2020-01)" in said
        links = re.findall(r"\]\((http[^)]+edition=2020-01)\)", said)
        assert len(links) == 2 * (3 + 1 + 1)
        for link in links:
            assert client.get(link.removeprefix(HERE)).status_code == 200


class TestFeeds:
    """Atom feeds of changes, read by another's library."""

    @pytest.mark.parametrize("path", ["/nl/changes.atom", "/en/changes.atom", "/en/sections/bgp/changes.atom"])
    def test_one_is_well_formed_and_leads_to_entries(self, client: Client, path: str) -> None:
        answer = client.get(path)
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert feed.feed.language == path[1:3]
        assert 1 <= len(feed.entries) <= 50
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        assert all(entry.link.startswith(f"{HERE}{path[:4]}faq/") for entry in feed.entries)
        page = path.removesuffix("changes.atom")
        assert 'type="application/atom+xml"' in body(client, page)
        assert f'href="{path}"' in body(client, page)

    def test_what_changed_last_comes_first(self, client: Client) -> None:
        made = edition()
        published(made, slug="older")
        published(made, slug="newer", order=2)
        Translation.objects.filter(entry__slug="older").update(changed_at="2026-01-01T00:00:00Z")
        feed = feedparser.parse(client.get("/en/changes.atom?edition=2020-01").content)
        assert [entry.link.rstrip("/").rpartition("/")[2] for entry in feed.entries] == ["newer", "older"]

    def test_a_section_that_is_not_there_has_none(self, client: Client) -> None:
        assert client.get("/nl/sections/none/changes.atom").status_code == 404


class TestCards:
    """Pictures that links are shown with."""

    @pytest.mark.parametrize("path", [f"nl/faq/{SLUG}/card.png", "en/card.png", "nl/advice/card.png"])
    def test_one_is_a_picture_of_the_usual_size(self, client: Client, path: str) -> None:
        answer = client.get(f"/{path}")
        assert answer.headers["Content-Type"] == "image/png"
        with Image.open(BytesIO(answer.content)) as image:
            assert image.size == (1200, 630)
            assert len(image.getcolors(256) or ()) > 4
        assert len(answer.content) < 60_000

    def test_the_icon_has_the_sizes_that_are_asked_for(self, client: Client) -> None:
        answer = client.get("/favicon.ico")
        assert answer.headers["Content-Type"] == "image/x-icon"
        with Image.open(BytesIO(answer.content)) as image:
            assert image.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
        assert len(answer.content) < 6_000

    def test_the_longest_question_fits(self, client: Client) -> None:
        made = edition()
        long = "Waarom kan een zeer uitzonderlijk lange vraag over site-naar-site-verbindingen " * 3
        published(made, texts={"nl": text(question=long.strip())})
        assert client.get("/nl/faq/what-is-a-tunnel/card.png?edition=2020-01").status_code == 200

    def test_every_sign_of_the_questions_is_in_the_font(self) -> None:
        from faq.formats.link_cards import _font

        missing = bytes(_font("Bold", 40).getmask("\uffff"))
        signs = set("".join(Translation.objects.values_list("question", flat=True))) - {" "}
        assert [sign for sign in signs if bytes(_font("Bold", 40).getmask(sign)) == missing] == []

    @pytest.mark.parametrize("path", ["result/", "", "steps/check/", "steps/sites/"])
    def test_an_advice_tells_nothing_of_anybodys_answers(self, client: Client, path: str) -> None:
        page = body(client, f"/en/advice/{path}?{NEED}")
        tags = re.findall(r'<meta (?:property="og:|name="twitter)[^>]*>', page)
        assert len(tags) >= 8
        assert "Tilburg" not in "".join(tags)
        assert "192.168" not in "".join(tags)
        assert '<meta name="robots" content="noindex">' in page
        assert f'<link rel="canonical" href="{HERE}/en/advice/{path}">' in page

    def test_an_entry_names_its_own(self, client: Client) -> None:
        page = body(client, f"/en/faq/{SLUG}/")
        assert f'<meta property="og:image" content="{HERE}/en/faq/{SLUG}/card.png">' in page
        assert '<meta property="og:title" content="What is ExpressRoute' in page


@pytest.mark.parametrize("surface", SURFACES)
def test_no_surface_shows_a_draft_or_what_was_withdrawn(client: Client, settings: Any, surface: str) -> None:
    settings.DEFAULT_EDITION = "2020-01"
    made = edition()
    published(made, slug="other", order=2)
    entry: Entry = publish(Entry(edition=made), content(texts={"nl": text(question="Wat is een kanarievogel?")}))
    path = surface.format(slug=entry.slug)
    before = client.get(path)
    withdraw(entry)
    save_draft(entry, content(texts={"nl": text(question="Wat is een kanarievogel nu?")}))
    after = client.get(path)
    assert before.status_code == 200
    assert b"kanarievogel?" not in after.content.replace(b"kanarievogel?q", b"")
    assert b"kanarievogel nu" not in after.content
    if "{slug}" in surface:
        assert after.status_code == 404
