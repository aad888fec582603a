"""The sitemap: every public page in each language, with where it is in the others; an index where it is long. A page
of it costs no more where there are more of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.contrib.sitemaps.views import sitemap as page_of_sitemap
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from faq.pages.public_page import public_page
from faq.store.editions import Edition, find_edition, known_editions
from faq.store.entries import sections, slugs_with_days
from faq.store.reading_order import count_entries
from web.htmx import HtmxHttpRequest
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

PAGES = ("", "faq/", "limits/", "editions/", "changes/", "about/", "accessibility/", "advice/", "api/")
"""Pages that are no entry and no section, below the language."""


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page below the language: its path with its query, and when its text last changed where that is known."""

    path: str
    changed_at: datetime | None = None


class _Addresses(Sequence[tuple[SitemapPage, str]]):
    """Every page in each language: the pages of the default edition, then of other editions the entries that it lacks,
    at their canonical address. Only the part that is asked for is read.
    """

    def __init__(self) -> None:
        default = find_edition("").edition
        own = [SitemapPage(path) for path in PAGES]
        own += [SitemapPage(f"sections/{section.slug}/") for section in sections(default, DEFAULT_LANGUAGE)]
        self._parts: list[tuple[int, Callable[[int, int], Sequence[SitemapPage]]]] = [
            (len(own), lambda first, most: own[first : first + most]),
            (count_entries(default), partial(_entries, default, None)),
        ]
        self._parts += [
            (count_entries(edition, beyond=default), partial(_entries, edition, default))
            for edition in known_editions()
            if edition != default
        ]

    def __len__(self) -> int:
        return len(LANGUAGES) * sum(count for count, _ in self._parts)

    def __getitem__(self, asked: Any) -> Any:
        """A part of them, as a slice with a beginning and an end."""
        first, end = asked.start // len(LANGUAGES), -(-asked.stop // len(LANGUAGES))
        found = [(page, language) for page in self._pages(first, end) for language in LANGUAGES]
        return found[asked.start - first * len(LANGUAGES) : asked.stop - first * len(LANGUAGES)]

    def _pages(self, first: int, end: int) -> Iterator[SitemapPage]:
        for count, read in self._parts:
            if first < count and end > 0:
                begin = max(first, 0)
                yield from read(begin, min(end, count) - begin)
            first, end = first - count, end - count


def _entries(edition: Edition, lacking: Edition | None, first: int, most: int) -> list[SitemapPage]:
    query = "" if lacking is None else f"?edition={edition.code}"
    return [
        SitemapPage(f"faq/{slug}/{query}", changed_at)
        for slug, changed_at in slugs_with_days(edition, first, most, beyond=lacking)
    ]


class PublicPages(Sitemap):  # type: ignore[type-arg]
    """Every page of the default edition; of other editions the entries that it lacks, at their canonical address."""

    i18n = True
    alternates = True
    limit = 1_000
    protocol = urlsplit(settings.ORIGIN).scheme

    def _items(self) -> _Addresses:
        """What Django divides into pages."""
        return _Addresses()

    def location(self, item: SitemapPage) -> str:
        """The path of a page in the language of the moment."""
        return f"/{get_language()}/{item.path}"

    def lastmod(self, item: SitemapPage) -> datetime | None:
        """When the text of a page last changed."""
        return item.changed_at

    def get_domain(self, site: Any = None) -> str:
        """The host of the site, whatever host was asked."""
        return urlsplit(settings.ORIGIN).netloc

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """The addresses of a page of the sitemap; the default language is for readers of any other, as in the pages."""
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            locations: Mapping[str, str] = {one["lang_code"]: one["location"] for one in url["alternates"]}
            url["alternates"].append({"lang_code": "x-default", "location": locations[DEFAULT_LANGUAGE]})
        return urls


@require_safe
@public_page
def sitemap(request: HtmxHttpRequest) -> HttpResponse:
    """The sitemap where it fits in one page, else the index of its pages."""
    pages = PublicPages().paginator
    if pages.num_pages == 1:
        return _page(request)
    where = settings.ORIGIN + reverse("sitemap-page")
    listed = [SitemapIndexItem(f"{where}?p={number}") for number in pages.page_range]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": listed}, content_type="application/xml")


@require_safe
@public_page
def sitemap_page(request: HtmxHttpRequest) -> HttpResponse:
    """A page of the sitemap (`?p=`)."""
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    return page_of_sitemap(request, {"pages": PublicPages}, section="pages")
