"""Valid entries, editions and accounts, of which a test changes one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, User

from faq.knowledge.entry import EditionContent, EntryContent, SectionContent, SourceDocument, Text
from faq.models import Edition, Entry, Section
from faq.store.limit_rows import write_limits
from faq.store.publishing import publish, published_content

LIMITS: dict[str, Any] = {
    "checked": "2026-11-23",
    "sources": {"DOC": {"document": "guide.md", "date": "2016-12"}},
    "p2s": {
        "max_clients": {
            "value": 128,
            "unit": "client",
            "source": "DOC",
            "name": {"nl": "Clients tegelijk", "en": "Clients at once"},
        }
    },
}

EXAMPLES = "2016-12"
"""The edition that the examples of most tests are of; tests of another name it."""

EXPRESSROUTE = "what-is-expressroute"

PAGES = [
    "/nl/",
    "/en/",
    "/nl/faq/",
    "/en/faq/",
    f"/nl/faq/{EXPRESSROUTE}/",
    f"/en/faq/{EXPRESSROUTE}/",
    "/nl/sections/bgp/",
    "/en/sections/bgp/",
    "/nl/search/",
    "/nl/search/?q=tunnel",
    "/en/search/?q=tunnel",
    "/nl/limits/",
    "/en/limits/",
    "/nl/editions/",
    "/nl/about/",
    "/en/about/",
    "/nl/advice/",
    "/en/advice/?site=Delft&site_mbps=70",
]
"""A page of each kind that readers see."""


def text(**changes: Any) -> Text:
    """A text in Dutch."""
    return Text(
        **{"question": "Wat is een tunnel?", "answer": "**Een buis.** Meer niet.", "asked_as": ("buis",)} | changes
    )


def content(**changes: Any) -> EntryContent:
    """An entry in both languages."""
    whole: dict[str, Any] = {
        "slug": "what-is-a-tunnel",
        "section": "basics",
        "order": 1,
        "connection_types": ("site-to-site",),
        "deployment_models": ("classic",),
        "limits": ("p2s.max_clients",),
        "sources": (SourceDocument("guide.md", "2016-12"),),
        "checked": date(2026, 11, 23),
        "texts": {"nl": text(), "en": text(question="What is a tunnel?", answer="**A pipe.** No more.")},
    }
    return EntryContent(**whole | changes)


def edition_content(*entries: EntryContent, **changes: Any) -> EditionContent:
    """An edition with one section."""
    whole: dict[str, Any] = {
        "code": "2020-01",
        "date": date(2020, 1, 1),
        "names": {"nl": "Januari 2020", "en": "January 2020"},
        "descriptions": {"nl": "Proef.", "en": "Trial."},
        "sections": (SectionContent("basics", {"nl": "Basis", "en": "Basics"}),),
        "limits": LIMITS,
        "entries": entries or (content(),),
    }
    return EditionContent(**whole | changes)


def edition(code: str = "2020-01", **changes: Any) -> Edition:
    """An edition in the database, with one section."""
    fields: dict[str, Any] = {"code": code, "date": date(2020, 1, 1), "name_nl": code, "name_en": code} | changes
    limits = fields.pop("limits", LIMITS)
    made = Edition.objects.create(**fields)
    write_limits(made, limits)
    Section.objects.create(edition=made, slug="basics", order=1, title_nl="Basis", title_en="Basics")
    return made


def published(made: Edition | None = None, **changes: Any) -> Entry:
    """A published entry in the database."""
    entry: Entry = publish(Entry(edition=made or edition()), content(**changes))
    return entry


def example(slug: str = EXPRESSROUTE, code: str = EXAMPLES) -> Entry:
    """A shipped entry."""
    return Entry.objects.get(edition__code=code, slug=slug)


def renamed(slug: str, present: str, code: str = EXAMPLES) -> Entry:
    """A published entry under another slug, in one edition."""
    entry = example(slug, code)
    renamed: Entry = publish(entry, replace(published_content(entry), slug=present))
    return renamed


def account(role: str | None, name: str = "somebody") -> User:
    """A staff account in a role; None is a superuser."""
    user = User.objects.create_user(name, password="een-lang-wachtwoord", is_staff=True, is_superuser=role is None)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
