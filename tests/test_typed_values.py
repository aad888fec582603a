"""A value that an editor, an importer, or a visitor can give is accepted only if every surface can show it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.parsers import expat

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from faq.editors.entry_form import EntryForm
from faq.management.commands.import_faq import WITH_LOSSES
from faq.models import Entry
from faq.store.publishing import publish
from tests.every import some
from tests.faq.builders import account, edition, published
from tests.faq.editors.test_entry_admin import change, posted
from tests.kept_reads import reads_kept_for_one_test

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(db: None) -> Iterator[None]:
    with reads_kept_for_one_test():
        yield


NASTY = {
    "NUL": "a\x00b",
    "a bell": "a\x07b",
    "a vertical tab": "a\x0bb",
    "a form feed": "a\x0cb",
    "an escape": "a\x1b[31mb",
    "a unit separator": "a\x1fb",
    "a delete": "a\x7fb",
    "a next line": "a\x85b",
    "U+FFFE": "a\ufffeb",
    "U+FFFF": "a\uffffb",
    "half a pair": "a\ud800b",
    "a direction": "a\u202eb\u2028c",
    "an emoji": "a\U0001f468\u200d\U0001f469b",
    "markup": "]]></title><script>&lt;{{ a }}{limit:",
    "a number": "9" * 28,
    "infinity": "1e400",
    "a date": "18-10-2016",
    "no date": "2016-13-45",
    "a day long ago": "0001-01-01",
    "much": "ab " * 90,
}


def nasty(first: int) -> dict[str, Any]:
    """The values that a test is asked with, and what each is called: one in four, other ones for each test."""
    chosen = some(NASTY.items(), 4, first)
    return {"argvalues": [value for _, value in chosen], "ids": [name for name, _ in chosen]}


TEXT_FIELDS = ("nl_question", "nl_answer", "nl_asked_as", "en_question", "en_answer", "sources", "checked", "order")

SLUG = "what-is-a-tunnel"
EDITION = "?edition=2020-01"
PAGES = [
    *(f"/{language}/faq/{SLUG}{form}{EDITION}" for language in ("nl", "en") for form in ("/", ".md", ".txt", ".html")),
    *(f"/embed/{language}/{SLUG}{EDITION}" for language in ("nl", "en")),
    f"/api/v1/entries/{SLUG}{EDITION}",
    f"/api/v1/entries/{SLUG}{EDITION}&format=markdown",
    f"/api/v1/entries{EDITION}",
    f"/nl/changes.atom{EDITION}",
    f"/en/changes.atom{EDITION}",
    f"/nl/sections/basics/{EDITION}",
    f"/nl/faq/{EDITION}",
    f"/en/faq.md{EDITION}",
    f"/nl/search/{EDITION}&q=tunnel",
    f"/api/v1/search{EDITION}&q=tunnel",
    f"/api/v1/suggest{EDITION}&q=tun",
    "/sitemap.xml",
    "/llms.txt",
    f"/oembed?format=xml&url={quote(f'{settings.ORIGIN}/nl/faq/{SLUG}/{EDITION}')}",
    f"/oembed?format=json&url={quote(f'{settings.ORIGIN}/en/faq/{SLUG}/{EDITION}')}",
]
"""What shows an entry."""

DESIGN = (
    "",
    "result/",
    "result/json/",
    "result/markdown/",
    "result/text/",
    "result/html/",
    "result/svg/",
    "steps/sites/",
)
"""What shows a design, below `/nl/advice/`."""


def holds(answer: Any, where: str) -> None:
    """An answer is no error of the site, and what is XML or JSON in it can be read."""
    assert answer.status_code < 500, where
    assert "oembed" not in where or answer.status_code in (200, 404), where
    body, kind = answer.getvalue(), answer.headers.get("Content-Type", "")
    if "xml" in kind or "svg" in kind:
        expat.ParserCreate().Parse(body, True)
    if "json" in kind:
        json.loads(body)
    for part in body.decode().split('<script type="application/ld+json"')[1:]:
        json.loads(part.partition(">")[2].partition("</script>")[0])


def shown_everywhere(client: Client) -> None:
    """Every surface shows the entry."""
    for path in PAGES:
        holds(client.get(path), path)


def admin_of(entry: Entry) -> Iterator[str]:
    """The pages of the admin on an entry."""
    yield from ("/admin/faq/entry/", change(entry), f"/admin/faq/entry/{entry.pk}/history/", "/admin/faq/entry/queue/")


@pytest.fixture
def entry() -> Entry:
    """A published entry in a trial edition."""
    return published(edition())


@pytest.mark.parametrize("value", **nasty(0))
def test_what_an_editor_can_publish_is_shown_everywhere(client: Client, entry: Entry, value: str) -> None:
    editor = Client()
    editor.force_login(account(None))
    typed = {name: {"sources": f"guide.md | {value}"}.get(name, value) for name in TEXT_FIELDS}
    said = posted(entry, **typed) | {"edition": entry.edition_id}
    holds(editor.post(change(entry), _sendable(said) | {"_publish": "1"}), "the form")
    refused = EntryForm(said, instance=Entry.objects.get(pk=entry.pk)).errors
    taken = {name: text for name, text in typed.items() if name not in refused}
    form = EntryForm(posted(entry, **taken) | {"edition": entry.edition_id}, instance=entry)
    assert form.is_valid(), form.errors
    publish(Entry.objects.get(pk=entry.pk), form.content())
    shown_everywhere(client)
    for path in admin_of(entry):
        holds(editor.get(path), path)


@pytest.mark.parametrize("value", **nasty(1))
def test_what_is_stored_already_breaks_nothing(client: Client, entry: Entry, value: str) -> None:
    held = value.replace("\ud800", "").replace("\x00", "")  # no database holds them
    text = entry.translations.get(language="nl")
    text.question, text.html, text.plain, text.summary = held, f"<p>{held}</p>", held, held
    text.save()
    entry.sources = [{"document": held, "date": held}]
    entry.save()
    entry.section.title_nl = held[:200]
    entry.section.save()
    shown_everywhere(client)


@pytest.mark.parametrize("value", **nasty(2))
def test_what_can_be_imported_is_shown_everywhere(client: Client, tmp_path: Path, value: str) -> None:
    document = tmp_path / "faq.md"
    written = (
        f'## Basics\n\n### <a name="{SLUG}"></a>What is a tunnel {value}?\n\nThe answer is {value}, and the pipe.\n'
    )
    document.write_bytes(written.encode("utf-8", "surrogatepass"))
    try:
        call_command("import_faq", str(document), lang="en", edition="2020-01", force=True)
    except CommandError:  # and nothing was loaded
        return
    except SystemExit as loaded:
        if loaded.code != WITH_LOSSES:
            raise
    shown_everywhere(client)


@pytest.mark.parametrize("value", **nasty(3))
def test_what_a_visitor_types_fails_nothing(client: Client, value: str) -> None:
    typed = value.encode("utf-8", "replace").decode()
    for path in (
        "/nl/search/?q=",
        "/en/search/text/?text=",
        "/api/v1/search?q=",
        "/api/v1/suggest?q=",
        "/nl/advice/case/?code=",
    ):
        holds(client.get(path + quote(typed)), path)
    for path, name in (
        ("/nl/search/text/", "text"),
        ("/nl/search/asked/", "q"),
        ("/nl/faq/what-is-expressroute/feedback/", "text"),
        ("/nl/advice/case/", "address"),
        ("/nl/advice/open/", "design_json"),
        ("/admin/login/", "username"),
    ):
        holds(client.post(path, {name: typed}), path)


@pytest.mark.parametrize("value", **nasty(0))
def test_what_stands_in_a_design_is_shown_everywhere_or_refused(client: Client, value: str) -> None:
    typed = value.encode("utf-8", "replace").decode()
    whole = {"site": "Delft", "vnet": "hub", "vnet_prefixes": "10.20.0.0/16", "clients": "4"}
    names = {"site": typed, "vnet_region": typed, "vnet_subscription": typed}
    values = dict.fromkeys(("site_prefixes", "site_mbps", "site_ip", "clients", "mbps", "pool", "roots"), typed)
    for said in (whole | names, whole | values):
        query = urlencode(said)
        for form in DESIGN:
            holds(client.get(f"/nl/advice/{form}?{query}"), form)
        kept = client.post("/nl/advice/case/", {"address": query})
        holds(kept, "case")
        if "/case/" in kept.headers.get("Location", ""):
            for form in ("", "markdown/", "text/", "html/"):
                holds(client.get(kept.headers["Location"] + form), f"case {form}")


@pytest.mark.parametrize("value", **nasty(1))
def test_what_a_program_sends_is_answered(client: Client, value: Any) -> None:
    designs = [
        {"sites": [{"name": value, "prefixes": [value], "bandwidth_mbps": value}]},
        {"vnets": [{"name": value, "region": value, "subscription": value}]},
        {"sites": [{"name": value}], "clients": {"count": 4}},
        {value: value},
    ]
    for design in designs:
        body = json.dumps(design)
        for language in ("nl", "en"):
            answer = client.post(f"/api/v1/advice?lang={language}", body, content_type="application/json")
            assert answer.status_code in (200, 422), answer.content
            holds(answer, body)
        holds(client.post("/en/advice/open/", {"design_json": body}, follow=True), body)
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "search", "arguments": {"query": value}},
    }
    headers = {"accept": "application/json, text/event-stream"}
    holds(client.post("/mcp", json.dumps(call), content_type="application/json", headers=headers), "mcp")


def _sendable(said: dict[str, Any]) -> dict[str, Any]:
    """A form as a browser can send it, which has no halves of pairs."""
    return {
        name: text.encode("utf-8", "replace").decode() if isinstance(text, str) else text
        for name, text in said.items()
        if text is not None
    }
