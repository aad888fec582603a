"""What the site offers assistants: an MCP server that searches, reads, tells limits and advises, and changes nothing.

The same server answers over stdio (`manage.py mcp`) and over streamable HTTP at `/mcp`. Its tools call the functions
that the pages and the API call.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar

from asgiref.sync import sync_to_async
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from advisor.core.need import NeedRefused
from advisor.formats.as_json import errors_to_json, to_json
from advisor.service import advise as advise_on
from advisor.service import parse
from advisor.wording.sentences import common_texts, load_texts
from faq.api import parameters
from faq.api.router import as_json, entry_as_json, limit_as_json
from faq.api.schemas import EntryOut, LimitsOut, SearchOut
from faq.formats.markdown_pages import entry_markdown
from faq.search.query_text import query_text
from faq.search.service import SearchResults, find
from faq.store.editions import Edition, catalogue_of, edition_codes, find_edition
from faq.store.entries import ShownEntry, find_entry
from faq.store.slugs import nearest
from web.languages import ENGLISH_NAMES, LANGUAGES

T = TypeVar("T")

Language = Annotated[
    parameters.Language,
    Field(description=f"The language of the answer: {' or '.join(ENGLISH_NAMES[code] for code in LANGUAGES)}."),
]
EditionCode = Annotated[
    str, Field(description="The edition of the knowledge, such as 2016-12; empty for the site's default.")
]

READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

INSTRUCTIONS = """Answers about Azure VPN gateways (site-to-site, point-to-site, VNet-to-VNet, multi-site,
ExpressRoute) with their limits and sources, and advice on a design with every limit applied. Limits differ by edition:
say which edition an answer is from. Search first, then read the entry; for a design, call advise with the need."""

server = MCPServer(
    "gatewijzer",
    title="Gatewijzer",
    instructions=INSTRUCTIONS,
    version="1",
    log_level="WARNING",
    subscriptions=False,  # nothing changes while somebody listens, and a listener would hold a thread
)


async def _in_database(work: Callable[[], T]) -> T:
    """Do what reads the database where Django allows that: in the thread of the request."""
    return await sync_to_async(work, thread_sensitive=True)()


@server.tool(title="Search the FAQ", annotations=READS)
async def search(
    query: Annotated[str, Field(min_length=1, description="A question or a few words, as one would ask a colleague.")],
    lang: Language = "en",
    edition: EditionCode = "",
    limit: Annotated[int, Field(ge=1, le=20, description="At most so many results.")] = 5,
) -> SearchOut:
    """Find the entries that answer a question, best first, each with its address and a passage. `only_near` says that
    no entry covers the question well: then say so rather than answer from the nearest one.
    """
    return SearchOut.model_validate(await _in_database(partial(_search, query, lang, edition, limit)))


@server.tool(title="Read an entry", annotations=READS)
async def read_entry(
    slug: Annotated[str, Field(max_length=200, description="The slug of the entry, as search gives it.")],
    lang: Language = "en",
    edition: EditionCode = "",
) -> EntryOut:
    """The whole answer of one entry as Markdown and as text, with the limits that it states, the documents that it
    rests on, when it was checked, and its permanent address to cite.
    """
    return EntryOut.model_validate(await _in_database(lambda: entry_as_json(_entry(slug, lang, edition))))


@server.tool(title="Limits of an edition", annotations=READS)
async def limits(edition: EditionCode = "") -> LimitsOut:
    """Every number of an edition: limits of gateways, tunnels, clients, throughput and so on, each with its source,
    when it was checked, and what other sources say instead.
    """
    return LimitsOut.model_validate(await _in_database(partial(_limits, edition)))


@server.tool(title="Advise on a design", annotations=READS)
async def advise(
    need: Annotated[
        dict[str, Any],
        Field(
            description="The need: vnets (the first is the hub), sites, clients, bandwidth_mbps and wishes, as in the "
            'API reference. For example {"vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}], "sites": [{"name": '
            '"Tilburg", "prefixes": ["192.168.10.0/24"], "bandwidth_mbps": 25}], "clients": {"count": 40}}. Leave out '
            "what is not known."
        ),
    ],
    lang: Language = "en",
) -> dict[str, Any]:
    """The design for a need: connection types with reasons, gateway SKU and subnet, each limit as asked and allowed,
    findings, and why not the other types. A need that does not fit comes back with every fault and what may be meant.
    """
    return await _in_database(partial(_advise, need, lang))


@server.resource("gatewijzer://entry/{lang}/{slug}", title="An entry of the FAQ", mime_type="text/markdown")
async def entry(lang: str, slug: str) -> str:
    """One entry of the site's default edition as Markdown."""
    if lang not in LANGUAGES:
        raise ResourceNotFoundError(f"{lang[:40]!r}: one of {', '.join(LANGUAGES)}")
    try:
        return await _in_database(lambda: entry_markdown(_entry(slug, lang, "")))
    except ToolError as fault:
        raise ResourceNotFoundError(str(fault)) from fault


def _edition(code: str) -> Edition:
    """The edition that is asked for. Raises ToolError, which names those there are."""
    chosen = find_edition(code)
    if chosen.unknown is not None:
        known = ", ".join(edition_codes())
        raise ToolError(f"There is no edition {chosen.unknown!r}; there is: {known}")
    return chosen.edition


def _search(query: str, lang: str, edition: str, limit: int) -> dict[str, Any]:
    words, found_edition = query_text(query), _edition(edition)
    results = find(words, lang, found_edition, limit=limit) if words else SearchResults()
    return as_json(words, lang, found_edition, results)


def _entry(slug: str, lang: str, edition: str) -> ShownEntry:
    found_edition = _edition(edition)
    shown = find_entry(found_edition, slug, lang)
    if shown is None:
        near = ", ".join(heading.slug for heading in nearest(slug, found_edition, lang))
        raise ToolError(f"There is no entry {slug[:200]!r}" + (f"; near: {near}" if near else ""))
    return shown


def _limits(edition: str) -> dict[str, Any]:
    found = _edition(edition)
    return {"edition": found.code, "limits": [limit_as_json(limit) for limit in catalogue_of(found)]}


def _advise(need: dict[str, Any], lang: str) -> dict[str, Any]:
    try:
        advice = advise_on(parse(need))
    except NeedRefused as refused:
        told = errors_to_json(refused.errors, common_texts(), lang)["errors"]
        raise ToolError("The need does not fit:\n" + "\n".join(map(_fault, told[:50]))) from refused
    return to_json(advice, load_texts(advice.edition), lang)


def _fault(error: dict[str, Any]) -> str:
    meant = f" Did you mean {error['suggestion']}?" if error["suggestion"] else ""
    return f"- {error['path'] or 'need'}: {error['value']!r}: {error['reason']}{meant}"
