"""Nothing that a stranger sends and nothing that an editor stores runs in a browser, even without the policy (CSP) that
would stop it: so each layer holds by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from faq.knowledge.markdown import TAGS, render_answer, with_entry_urls
from tests.browser.waiting import until
from tests.builders import catalogue
from tests.every import EVERY, some
from tests.hostile.payloads import lines
from tests.hostile.report import tell
from tests.served import Site, served

FLAG = "window.__pwned"

WRAPPINGS = (
    "{}",
    "x {} y",
    "| a | b |\n|---|---|\n| {} | c |",
    "> [!NOTE]\n> {}",
    "- {}\n  - {}",
    "<div>{}</div>",
    "`{}`",
    "## {}",
)
"""Where in an answer it stands."""

NESTINGS = (
    "svg",
    "math",
    "mtext",
    "mglyph",
    "annotation-xml",
    "style",
    "noscript",
    "template",
    "title",
    "textarea",
    "table",
)
"""Elements at whose borders a browser reads what it wrote differently (mXSS)."""

ATTRIBUTES = {"href", "start", "colspan", "rowspan", "scope", "class", "title", "lang", "target", "rel"}

READ_TWICE = """html => {
  const read = text => new DOMParser().parseFromString(text, 'text/html').body
  const twice = read(read(html).innerHTML)
  const all = [...twice.querySelectorAll('*')]
  return {
    tags: [...new Set(all.map(one => one.localName))],
    attributes: [...new Set(all.flatMap(one => one.getAttributeNames()))],
    schemes: [...new Set([...twice.querySelectorAll('[href]')].map(one => one.protocol))],
  }
}"""

REFLECTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/nl/search/", ("q", "section", "type", "edition")),
    ("/en/advice/result/", ("site", "vnet", "name", "site_prefixes", "mbps", "edition")),
    ("/nl/limits/", ("q", "sku", "kind")),
    ("/nl/advice/case/", ("code",)),
    ("/nl/search/text/", ("text",)),
    ("/nl/advice/", ("site", "vnet", "clients", "pool")),
    ("/nl/advice/steps/gateway/", ("site", "vnet", "name")),
    ("/nl/advice/editions/", ("site", "vnet")),
    ("/en/faq/what-is-expressroute/", ("edition", "given", "theme")),
    ("/embed/nl/search", ("q", "edition", "theme")),
    ("/embed/en/advice", ("site", "edition")),
    ("/nl/faq/", ("all", "edition")),
    ("/nl/changes/", ("edition", "from")),
    ("/nl/", ("edition", "q")),
    ("/help/a", ("lang", "edition")),
)
"""Public pages with the parameters that they may show again."""

PATHS = (
    "/nl/faq/{}/",
    "/nl/sections/{}/",
    "/nl/advice/case/{}/",
    "/help/{}",
    "/nl/help/{}/",
    "/embed/nl/{}",
    "/xx/{}",
    "/{}",
)

STORE = """
import json, sys
from datetime import date
from faq.models import Edition, Entry, Section, DeskNote
from faq.knowledge.entry import EntryContent, SourceDocument, Text
from faq.store.publishing import publish
from faq.store.limit_rows import write_limits
told = json.loads({told!r})
edition = Edition.objects.create(
    code="2020-01", date=date(2020, 1, 1), name_nl=told[0][:60], name_en=told[1][:60],
    description_nl=told[2], description_en=told[3],
)
Section.objects.create(edition=edition, slug="basics", order=1, title_nl=told[4][:190], title_en=told[5][:190])
for number in range(0, len(told), 10):
    ten = (told[number:number + 10] * 10)[:10]
    text = Text(question="Wat is " + ten[0][:150] + "?", answer=("\\n\\n".join(ten)), asked_as=(ten[1][:150],))
    publish(Entry(edition=edition), EntryContent(
        slug=f"hostile-{{number}}", section="basics", order=number, connection_types=(), deployment_models=(),
        limits=(), sources=(SourceDocument(ten[2][:150], "2016-12"),), checked=date(2020, 1, 1),
        texts={{"nl": text, "en": text}},
    ))
"""


def payloads() -> list[str]:
    """Those of this run, without the characters that no text holds."""
    return ["".join(char for char in line if char not in "\x00\x01\x0b\x0c") for line in some(lines("xss"), 8)]


@pytest.fixture
def without_policy(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that heeds no policy of a page."""
    context = browser.new_context(bypass_csp=True)
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory, prepared: Any) -> Iterator[Site]:
    """A site in whose texts every payload is stored."""
    with served(tmp_path_factory.mktemp("hostile"), prepared=prepared) as running:
        script = STORE.format(told=json.dumps(payloads()))
        running.manage("shell", "--verbosity", "0", "--no-imports", "--command", script)
        yield running


def ran(page: Page) -> bool:
    """Whether anything of a stranger ran in a page, once its scripts had their time."""
    page.mouse.move(5, 5)
    return bool(page.evaluate(f"{FLAG} !== undefined"))


def rendered(answer: str) -> str:
    """An answer as a page shows it."""
    clean = render_answer(answer, catalogue(), "nl", strict=False).html
    return with_entry_urls(clean, lambda slug: f"/nl/faq/{slug}/")


def nested() -> Iterator[str]:
    """Payloads inside two elements, one in the other, that end where the other begins."""
    inner = f"<img src=x onerror={FLAG}=1>"
    for outer in NESTINGS:
        for within in NESTINGS:
            for form in (
                "<{0}><{1}>{2}",
                "<{0}><{1} id='</{0}>{2}'>",
                "<{0}></p><{1}><a title='</{1}>{2}'>",
                "<{0}><p></{1}>{2}",
                "<{1}><!--</{0}>{2}-->",
                "<{0}><{1}><![CDATA[</{1}>{2}]]>",
            ):
                yield form.format(outer, within, inner)


def test_no_rendered_answer_runs_or_changes_when_it_is_read_again(without_policy: BrowserContext) -> None:
    page = without_policy.new_page()
    given = [*lines("xss"), *some(nested(), 4)]
    for wrapping in some(WRAPPINGS, 3):
        answers = [rendered(wrapping.replace("{}", one)) for one in given]
        for at in range(0, len(answers), 100):
            whole = "".join(f"<div>{answer}</div>" for answer in answers[at : at + 100])
            page.set_content(whole)
            assert not ran(page), (wrapping, at)
            read = page.evaluate(READ_TWICE, whole)
            assert set(read["tags"]) <= TAGS, (wrapping, at, set(read["tags"]) - TAGS)
            assert set(read["attributes"]) <= ATTRIBUTES, (wrapping, at)
            assert set(read["schemes"]) <= {"http:", "https:", "mailto:", "about:", ":"}, (
                wrapping,
                at,
                read["schemes"],
            )
        tell("renderings read twice by a browser", len(answers))


def test_the_browser_would_have_run_it(without_policy: BrowserContext) -> None:
    page = without_policy.new_page()
    page.set_content(f"<img src=x onerror={FLAG}=1>")
    until(page, f"{FLAG} === 1")
    read = page.evaluate(READ_TWICE, "<svg><a href='javascript:x'></a></svg><x onload=1>")
    assert "svg" in read["tags"]
    assert "onload" in read["attributes"]


def test_nothing_that_is_sent_or_stored_runs(without_policy: BrowserContext, hostile_site: Site) -> None:
    nothing_sent_runs(without_policy, hostile_site)
    nothing_stored_runs(without_policy, hostile_site)


def nothing_sent_runs(without_policy: BrowserContext, hostile_site: Site) -> None:
    """What a visitor sends runs nowhere that it comes back."""
    page, count = without_policy.new_page(), 0
    given = payloads()
    groups = [[one] for one in given] if EVERY else [given[at : at + 14] for at in range(0, len(given), 14)]
    for path, names in some(REFLECTED, 3):
        for group in groups:
            query = urlencode([(name, "".join(group)[:1_500]) for name in names])
            page.goto(f"{hostile_site.origin}{path}?{query}")
            assert not ran(page), (path, group)
            count += len(names) * len(group)
    for path in some(PATHS, 4):
        for one in some(given, 14):
            page.goto(hostile_site.origin + path.format(quote(one[:300], safe="")))
            assert not ran(page), (path, one)
            count += 1
    tell("markup in parameters and paths, in a browser", count)


def nothing_stored_runs(without_policy: BrowserContext, hostile_site: Site) -> None:
    """What an editor or a visitor stored runs nowhere that it is shown."""
    page, stored = without_policy.new_page(), payloads()
    entries = [f"hostile-{number}" for number in range(0, len(stored), 10)]
    there = "?edition=2020-01"
    pages = [
        f"/nl/faq/{there}&all=1",
        f"/nl/search/{there}&q=wat+is",
        f"/nl/sections/basics/{there}",
        "/en/editions/",
        f"/embed/nl/search{there}&q=wat",
        f"/en/faq/hostile-1/{there}",
    ]
    for entry in some(entries, 4):
        pages += [f"/nl/faq/{entry}/{there}", f"/embed/en/{entry}{there}", f"/nl/faq/{entry}.html{there}"]
    for path in pages:
        answer = page.goto(hostile_site.origin + path)
        assert answer is not None
        assert answer.status in (200, 404), path
        assert not ran(page), path
    tell("pages with stored markup, in a browser", len(pages))
