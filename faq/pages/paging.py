"""Long lists, a page at a time: which page a URL asks for (`?page=2`), and where the others are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from faq.pages.context import page_context
from faq.store.editions import ChosenEdition
from faq.store.entries import SectionHeading

ENTRIES_ON_A_PAGE = 250
"""Entries on a page of the whole FAQ, or of another list of all entries. Every shipped edition is one page, and a page
of answers stays small enough to be kept.
"""

ENTRIES_OF_A_SECTION = 100
"""Entries on a page of a section."""

NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Paging:
    """A page of a list: its number, from 1; how many there are; and how many entries a page has at most."""

    number: int
    pages: int
    size: int

    @property
    def first(self) -> int:
        """How many entries are on the pages before."""
        return (self.number - 1) * self.size

    @property
    def neighbors(self) -> dict[str, int]:
        """The numbers of the pages next to it, by how a link names them: `prev` and `next`."""
        beside = {"prev": self.number - 1, "next": self.number + 1}
        return {name: number for name, number in beside.items() if 1 <= number <= self.pages}

    def begins_on(self, sections: Iterable[SectionHeading]) -> dict[str, int]:
        """The number of the page on which each section begins, by its slug: sections follow each other in the list."""
        numbers, place = {}, 0
        for section in sections:
            numbers[section.slug] = place // self.size + 1
            place += section.count
        return numbers


def paging_of(request: HttpRequest, entries: int, size: int = ENTRIES_ON_A_PAGE) -> Paging:
    """The page of a list of so many entries that a request asks for. Raises Http404 for one that is not there."""
    asked, pages = request.GET.get("page", "1"), max(1, -(-entries // size))
    if not NUMBER.fullmatch(asked) or int(asked) > pages:
        raise Http404(asked[:40])
    return Paging(int(asked), pages, size)


def page_url(request: HttpRequest, number: int) -> str:
    """The path and query of a page of the list that a request shows."""
    query = [(name, value) for name, values in request.GET.lists() for value in values if name != "page"]
    query += [("page", str(number))] if number > 1 else []
    return request.path + (f"?{urlencode(query)}" if query else "")


def with_page(url: str, number: int) -> str:
    """A URL of a list, for a page of it."""
    return url if number == 1 else f"{url}{'&' if '?' in url else '?'}page={number}"


def paged_context(request: HttpRequest, chosen: ChosenEdition, paging: Paging) -> dict[str, Any]:
    """The context of a page of a list: that of every page, with the canonical URLs of this page of the list."""
    context = page_context(request, chosen)
    others = {language: with_page(url, paging.number) for language, url in context["alternates"].items()}
    return context | {
        "canonical": with_page(context["canonical"], paging.number),
        "alternates": others,
        "paging": paging,
        "beside": {name: page_url(request, number) for name, number in paging.neighbors.items()},
    }
