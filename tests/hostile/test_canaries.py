"""What readers may not see is on no surface: tokens in drafts, in what was withdrawn or deleted, and in what the desk
and the editors keep, looked for on every public page, in every form of it, in the API, MCP, the search, and its index.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from faq.knowledge.entry import SourceDocument
from faq.models import AskedQuestion, Delivery, DeskNote, Edition, Entry, Feedback, Portal, Section, Webhook
from faq.search import indexer
from faq.store.publishing import publish, save_draft, withdraw
from faq.store.slugs import short_code
from tests.every import EVERY, some
from tests.faq.builders import EXAMPLES, EXPRESSROUTE, content, text
from tests.hostile.addresses import every_pattern, path_of, world
from tests.hostile.report import tell
from tests.pdf_files import text_of

pytestmark = pytest.mark.django_db

TOKEN = "kanarievogel"
"""What every token begins with; no text of the site has it."""

SEEN = f"{TOKEN}zichtbaar"
"""The token of what is published: a sweep that does not find it would prove nothing."""

MCP = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


def texts(kind: str) -> dict[str, Any]:
    """An entry with a token in each of its texts."""
    return {
        "section": "bgp",
        "connection_types": (),
        "limits": (),
        "texts": {
            "nl": text(
                question=f"Wat is {TOKEN}{kind}vraag?",
                answer=f"Een {TOKEN}{kind}antwoord.\n\nEn {TOKEN}{kind}meer.",
                asked_as=(f"{TOKEN}{kind}formulering",),
            ),
            "en": text(question=f"What is {TOKEN}{kind}question?", answer=f"It is {TOKEN}{kind}answer.", asked_as=()),
        },
        "sources": (SourceDocument(f"{TOKEN}{kind}bron.md", "2016-12"),),
    }


def made(kind: str, slug: str, **changes: Any) -> Any:
    """The content of an entry of a kind."""
    return content(slug=slug, **(texts(kind) | changes))


def slug_of(kind: str) -> str:
    """The slug of the entry of a kind, which is a token as well."""
    return f"{TOKEN}-{kind}"


def published(kind: str) -> Entry:
    """An entry of a kind that readers see."""
    edition = Edition.objects.get(code=EXAMPLES)
    entry: Entry = publish(Entry(edition=edition), made(kind, slug_of(kind)))
    return entry


KINDS = ("nieuw", "gewijzigd", "ingetrokken", "verwijderd", "alleenconcept")


@pytest.fixture
def hidden() -> dict[str, Entry]:
    """What is published for now: to be changed, withdrawn, and deleted."""
    return {kind: published(kind) for kind in ("ingetrokken", "verwijderd", "zichtbaar")}


def hide(entries: dict[str, Entry]) -> None:
    """Everything that readers may not see."""
    edition = Edition.objects.get(code=EXAMPLES)
    save_draft(Entry(edition=edition), made("nieuw", slug_of("nieuw")))
    open_entry = Entry.objects.get(edition=edition, slug=EXPRESSROUTE)
    save_draft(open_entry, made("gewijzigd", slug_of("gewijzigd")))
    only_drafts = Section.objects.create(
        edition=edition, slug=HIDDEN_SECTION, order=99, title_nl=f"{TOKEN}sectie", title_en=f"{TOKEN}sectie"
    )
    draft = made("alleenconcept", slug_of("alleenconcept"), section=only_drafts.slug)
    save_draft(Entry(edition=edition), draft)
    withdraw(entries["ingetrokken"])
    entries["verwijderd"].delete()
    now = timezone.now()
    DeskNote.objects.update_or_create(slug=EXPRESSROUTE, edition="", defaults={"text": f"{TOKEN}notitie"})
    Feedback.objects.create(
        slug=EXPRESSROUTE, edition=EXAMPLES, language="nl", helpful=False, text=f"{TOKEN}feedback", week=now.date()
    )
    AskedQuestion.objects.create(week=now.date(), edition=EXAMPLES, language="nl", text=f"{TOKEN}gevraagd", asked=9)
    Portal.objects.create(name=f"{TOKEN}portaal", origin="https://p.example.org")
    Webhook.objects.update_or_create(pk=1, defaults={"url": f"https://{TOKEN}hook.example", "secret": f"{TOKEN}geheim"})
    Delivery.objects.create(message=f"{TOKEN}bericht", kind="test", body=f"{TOKEN}body", created_at=now)
    User.objects.create_user(f"{TOKEN}account", f"{TOKEN}@example.org", is_staff=True)


def words() -> list[str]:
    """What a visitor may search for to come near a token: its beginning, half of it, and another one of its entry."""
    near = [f"{TOKEN}{kind}"[:-3] for kind in KINDS]
    return [TOKEN[:6], f"wat is {TOKEN[:-2]}", *near, *(f"{TOKEN}{kind}meer" for kind in KINDS)]


HIDDEN_SECTION = f"{TOKEN}-sectie"

SEARCHES = (
    "/nl/search/?q=",
    "/en/search/?q=",
    "/nl/search.md?q=",
    "/api/v1/search?q=",
    "/api/v1/search?section=bgp&q=",
    "/api/v1/suggest?q=",
    "/api/v1/suggest?lang=en&q=",
    "/opensearch/nl/suggestions?q=",
    "/embed/nl/search?q=",
    "/nl/search/text/?text=",
)


def addresses() -> Iterator[str]:
    """Every public page, in both languages, and each with the slugs and words of what is hidden."""
    there = world()
    for pattern in every_pattern():
        if not pattern.startswith("admin/"):
            for given in _given(pattern, there.arguments(pattern)):
                path = path_of(pattern, given)
                yield path
                if path.startswith("/nl/"):
                    yield path.replace("/nl/", "/en/", 1)
    yield from ("/nl/faq/?all=1", "/en/faq/?all=1", f"/nl/?edition={EXAMPLES}", f"/nl/changes/?edition={EXAMPLES}")
    yield from (page + word for page in SEARCHES for word in words())
    for slug in (EXPRESSROUTE, *map(slug_of, KINDS)):
        for form in ("json", "xml"):
            yield f"/oembed?format={form}&url=http%3A%2F%2F127.0.0.1%3A8000%2Fnl%2Ffaq%2F{slug}%2F"
        yield f"/api/v1/entries/{slug}?format=markdown"


def _given(pattern: str, known: dict[str, str]) -> list[dict[str, str]]:
    """What a pattern can name, with the names of what is hidden."""
    given = [known]
    if "%(slug)s" in pattern:
        given += [known | {"slug": slug} for slug in (*map(slug_of, KINDS), HIDDEN_SECTION)]
    if "%(section)s" in pattern:
        given += [known | {"section": HIDDEN_SECTION}]
    if pattern.startswith("e/"):
        given += [known | {"code": short_code(slug_of(kind))} for kind in KINDS]
    if "%(form)s" in pattern and "faq" in pattern:
        given = [one | {"form": form} for one in given for form in ("md", "txt", "html", "pdf")]
    return given


def calls() -> Iterator[tuple[str, dict[str, Any]]]:
    """What an assistant may ask: a method with its parameters."""
    for word in words():
        for name in ("search", "limits"):
            yield "tools/call", {"name": name, "arguments": {"query": word}}
    for slug in (EXPRESSROUTE, *map(slug_of, KINDS)):
        yield "tools/call", {"name": "read_entry", "arguments": {"slug": slug}}
    yield "resources/list", {}


def told_to_an_assistant(client: Client, method: str, parameters: dict[str, Any]) -> bytes:
    """What is answered over MCP."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
    return client.post("/mcp", json.dumps(message), content_type="application/json", headers=MCP).content


def found_in(body: bytes, asked: str) -> list[str]:
    """The tokens in an answer, but for those that the request itself said."""
    said = asked.lower()
    readable = (
        body.decode("utf-8", "replace").lower() if body[:5] != b"%PDF-" else text_of(body).replace(" ", "").lower()
    )
    tokens = {token for token in re.findall(rf"{TOKEN}[-a-z]*", readable) if not said.count(token.rstrip("-"))}
    return sorted(token for token in tokens if not token.startswith((SEEN, f"{TOKEN}-zichtbaar")))


def leaks(client: Client, asked: Iterable[str], before: dict[str, str]) -> tuple[int, list[tuple[str, Any]]]:
    """How many answers there were, and which of them have a token. `before` has the ETags of when it was published."""
    tried, found = 0, list[tuple[str, Any]]()
    for address in asked:
        ways: list[dict[str, str]] = [{}, {"HX-Request": "true"}] if address.startswith(("/nl/", "/en/")) else [{}]
        for headers in [*ways, *({"If-None-Match": before[one]} for one in (address,) if one in before)]:
            answer = client.get(address, headers=headers)
            tried += 1
            hits = found_in(answer.getvalue() + str(answer.headers.items()).encode(), address)
            if hits:
                found.append((address, hits))
            if answer.status_code == 304 and "ingetrokken" in address:
                found.append((address, 304))
    return tried, found


def test_no_token_of_what_is_hidden_is_anywhere(client: Client, hidden: dict[str, Entry], own_index: Path) -> None:
    asked = list(addresses())
    if EVERY:
        indexer.build_index()  # so that an index from before is searched as well
    own = [address for address in asked if "ingetrokken" in address]
    shown = {address: client.get(address) for address in own}
    before = {address: answer.headers.get("ETag", '"none"') for address, answer in shown.items()}
    seen = [address for address in own if f"{TOKEN}ingetrokkenvraag".encode() in shown[address].getvalue()]
    assert len(seen) > 5, "nothing of it was there to be hidden"
    hide(hidden)
    at_once, found = leaks(client, own, before)
    assert found == []
    indexer.build_index()
    found_page = client.get(f"/nl/search/?q=wat+is+{SEEN}vraag").content.decode()
    assert f"/nl/faq/{slug_of('zichtbaar')}/" in found_page
    tried, found = leaks(client, [one for one in some(asked, 9) if one not in own], before)
    assert found == []
    visible = {"name": "read_entry", "arguments": {"slug": slug_of("zichtbaar")}}
    assert SEEN.encode() in told_to_an_assistant(client, "tools/call", visible)
    for method, parameters in calls():
        told = told_to_an_assistant(client, method, parameters)
        assert found_in(told, json.dumps(parameters)) == [], parameters
    files = [path for path in own_index.rglob("*") if path.is_file()]
    assert any(SEEN.encode() in path.read_bytes() for path in files), "no file of the index would have shown it"
    in_files = {path.name: found_in(path.read_bytes(), "") for path in files}
    assert not any(in_files.values()), in_files
    tell("surfaces with tokens of what is hidden", at_once + tried + len(files))
