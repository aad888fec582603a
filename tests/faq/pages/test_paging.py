"""Long lists, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import Http404
from django.test import Client, RequestFactory

from faq.models import Edition
from faq.pages.paging import Paging, page_url, paging_of
from faq.store.entries import SectionHeading, headings
from tests.faq.builders import edition
from tests.faq.many_entries import many_entries
from tests.faq.pages.test_views import body

pytestmark = pytest.mark.django_db

ENTRIES, SECTIONS = 260, 2
OF = "edition=2031-01"
CANONICAL = re.compile(r'rel="canonical" href="([^"]+)"')
BESIDE = re.compile(r'<link rel="(prev|next)" href="([^"]+)"')


@pytest.fixture
def long() -> Edition:
    """An edition of more than one page, with more than one page of each section."""
    made = edition("2031-01")
    many_entries(made, ENTRIES, SECTIONS)
    return made


def slugs(made: Edition, section: str | None = None) -> list[str]:
    return [heading.slug for heading in headings(made, "nl", section=section)]


def linked(page: str) -> list[str]:
    """The entries that a page leads to, in order."""
    return list(dict.fromkeys(re.findall(r'href="/nl/faq/([a-z0-9-]*number-\d+)/\?edition=2031-01"', page)))


def test_a_list_has_pages_that_follow_each_other() -> None:
    assert [(one.first, one.neighbors) for one in (Paging(1, 3, 10), Paging(2, 3, 10), Paging(3, 3, 10))] == [
        (0, {"next": 2}),
        (10, {"prev": 1, "next": 3}),
        (20, {"prev": 2}),
    ]
    assert Paging(1, 1, 10).neighbors == {}


def test_each_section_begins_on_the_page_of_its_first_entry() -> None:
    listed = [SectionHeading(slug, slug, count) for slug, count in (("a", 9), ("b", 2), ("c", 19), ("d", 1))]
    assert Paging(1, 4, 10).begins_on(listed) == {"a": 1, "b": 1, "c": 2, "d": 4}


@pytest.mark.parametrize("asked", ["0", "3", "-1", "+1", "01", "1.0", "one", "", "²", "9" * 30, "1\x00"])
def test_a_page_that_is_not_there_is_not_found(asked: str) -> None:
    with pytest.raises(Http404):
        paging_of(RequestFactory().get("/", {"page": asked}), 20, 10)


def test_an_empty_list_is_one_page() -> None:
    assert paging_of(RequestFactory().get("/"), 0, 10) == Paging(1, 1, 10)


def test_the_url_of_a_page_keeps_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/nl/faq/", {"all": "1", "page": "2", "edition": "2026"})
    assert page_url(request, 3) == "/nl/faq/?all=1&edition=2026&page=3"
    assert page_url(request, 1) == "/nl/faq/?all=1&edition=2026"


@pytest.mark.parametrize("query", [OF, f"all=1&{OF}"])
def test_the_pages_of_the_whole_faq_have_every_entry_once_in_order(client: Client, long: Edition, query: str) -> None:
    pages = [body(client, f"/nl/faq/?{query}"), body(client, f"/nl/faq/?{query}&page=2")]
    parts = [re.findall(r' id="([a-z0-9-]*number-\d+)"', page) for page in pages]
    assert [len(part) for part in parts] == [250, 10]
    assert parts[0] + parts[1] == slugs(long)
    assert client.get(f"/nl/faq/?{query}&page=3").status_code == 404


def test_each_page_says_which_one_it_is_and_where_the_others_are(client: Client, long: Edition) -> None:
    first, second = body(client, f"/nl/faq/?{OF}"), body(client, f"/nl/faq/?all=1&{OF}&page=2")
    at = f"{settings.ORIGIN}/nl/faq/?{OF}"
    assert [CANONICAL.findall(page) for page in (first, second)] == [[at], [f"{at}&amp;page=2"]]
    assert BESIDE.findall(first) == [("next", f"/nl/faq/?{OF}&amp;page=2")]
    assert BESIDE.findall(second) == [("prev", f"/nl/faq/?all=1&amp;{OF}")]
    assert "Pagina 2 van 2" in second
    assert f'hreflang="en" href="{settings.ORIGIN}/en/faq/?{OF}&amp;page=2"' in second
    assert 'src="/static/other_pages.js"' in first


def test_the_contents_lead_to_the_page_on_which_a_section_begins(client: Client, long: Edition) -> None:
    first, last = (one.slug for one in long.sections.filter(slug__startswith="made-up"))
    page = body(client, f"/nl/faq/?{OF}&page=2")
    assert f'href="/nl/faq/?{OF}#{first}"' in page
    assert f'href="/nl/faq/?{OF}#{last}"' in page
    assert f'href="#{last}"' in body(client, f"/nl/faq/?{OF}")


@pytest.mark.parametrize("code", ["2016-12", "2026"])
@pytest.mark.parametrize("path", ["/nl/faq/", "/nl/faq/?all=1", "/nl/changes/", "/nl/sections/bgp/"])
def test_every_list_of_a_shipped_edition_is_one_page(client: Client, code: str, path: str) -> None:
    page = body(client, f"{path}{'&' if '?' in path else '?'}edition={code}")
    assert BESIDE.findall(page) == []
    assert 'class="paging' not in page
    assert "other_pages.js" not in page


def test_the_pages_of_a_section_have_every_entry_of_it_once_in_order(client: Client, long: Edition) -> None:
    section = str(long.sections.filter(slug__startswith="made-up")[0].slug)
    pages = [body(client, f"/nl/sections/{section}/?{OF}"), body(client, f"/nl/sections/{section}/?{OF}&page=2")]
    assert [len(linked(page)) for page in pages] == [100, 30]
    assert linked(pages[0]) + linked(pages[1]) == slugs(long, section)


def markdown(client: Client, path: str) -> Iterator[str]:
    """The pages of a Markdown document, each found by the Link header of the one before."""
    following: str | None = path
    while following:
        answer = client.get(following)
        assert answer.status_code == 200
        yield answer.content.decode()
        found = re.search(r'<([^>]+)>; rel="next"', answer.headers["Link"])
        following = found[1].removeprefix(settings.ORIGIN) if found else None
        assert not found or found[1] in answer.content.decode()


@pytest.mark.parametrize(("path", "sizes"), [("faq", [250, 10]), ("sections/{section}", [100, 30])])
def test_the_pages_of_a_markdown_document_have_every_entry_once_in_order(
    client: Client, long: Edition, path: str, sizes: list[int]
) -> None:
    section = str(long.sections.filter(slug__startswith="made-up")[0].slug)
    pages = list(markdown(client, f"/nl/{path.format(section=section)}.md?{OF}"))
    parts = [re.findall(rf"<{settings.ORIGIN}/faq/([a-z0-9-]+)\?", page) for page in pages]
    assert [len(part) for part in parts] == sizes
    assert [slug for part in parts for slug in part] == slugs(long, None if path == "faq" else section)


@pytest.mark.parametrize("path", ["/nl/index.md", "/llms.txt"])
def test_a_long_faq_is_told_by_its_sections(client: Client, long: Edition, path: str) -> None:
    page = body(client, f"{path}?{OF}")
    assert "number-" not in page
    assert page.count("/nl/sections/made-up-") == SECTIONS
    assert f"/nl/faq.md?{OF}" in page
    assert "what-is-expressroute" in body(client, path)
