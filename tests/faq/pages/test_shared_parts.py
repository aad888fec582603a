"""Parts that pages share: alike where they may be, and never another page's."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from faq.pages import shared_parts

pytestmark = pytest.mark.django_db

PAGES = (
    *("/nl/", "/en/", "/nl/limits/", "/en/limits/", "/nl/search/?q=bgp", "/en/search/?q=bgp", "/nl/about/"),
    *("/nl/limits/?edition=2016-12", "/nl/search/?q=bgp&edition=2016-12", "/nl/search/?q=%3Cb%3E&edition=nothing"),
)
"""Pages in both languages, in editions that there are and that there are not."""


def frame_of(page: str) -> str:
    """What the parts of a page say that others share."""
    return "".join(
        found
        for pattern in (
            r'<link rel="search".*?<meta name="twitter:card"',
            r'<a class="brand".*?</nav>',
            r"<footer.*?</footer>",
        )
        for found in re.findall(pattern, page, re.DOTALL)
    )


def told(path: str) -> str:
    """The shared parts of a page, as a visitor gets it."""
    return frame_of(Client().get(path).content.decode())


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[Any, str]:
    """What was rendered so far, kept as a process does; whole pages are not."""
    rendered: dict[Any, str] = {}
    monkeypatch.setattr(shared_parts, "_rendered", lambda: rendered)
    monkeypatch.setattr("web.page_cache.Shelf.get", lambda *_: None)
    return rendered


def test_a_page_says_the_same_whether_others_were_asked_for_before(known: dict[Any, str]) -> None:
    apart = {}
    for path in PAGES:
        known.clear()
        apart[path] = told(path)
    for path in (*PAGES, *reversed(PAGES)):
        assert told(path) == apart[path], path
        assert apart[path].count("<nav") == 2


def test_a_part_is_rendered_once(known: dict[Any, str]) -> None:
    told("/nl/search/?q=one")
    before = dict(known)
    assert {key[0] for key in before} >= {"components/_head_links.html", "components/_colophon.html"}
    told("/nl/search/?q=two&section=bgp&type=point-to-site")
    assert known == before
    assert all(known[key] is before[key] for key in known)


def test_a_part_holds_nothing_of_what_was_typed(known: dict[Any, str]) -> None:
    told("/nl/search/?q=zeppelin&edition=zeppelin&language=zeppelin")
    assert "zeppelin" not in "".join(known.values())
