"""The tools and entries of the site as an MCP server: over stdio (`manage.py mcp`) and over streamable HTTP at `/mcp`.

Import this only where a message comes in: the SDK takes half as long to import as all the rest of the site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    ToolAnnotations,
)
from mcp.types import Tool as ToolOfProtocol

from config.interfaces.mcp_tools import TOOLS, Refused, found_entry
from faq.formats.markdown_pages import entry_markdown
from faq.pages.paging import ENTRIES_ON_A_PAGE
from faq.store.editions import default_edition
from faq.store.entries import headings
from faq.store.reading_order import count_entries
from web.languages import ENGLISH_NAMES, LANGUAGES

T = TypeVar("T")

READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

INSTRUCTIONS = """Answers about Azure VPN gateways (site-to-site, point-to-site, VNet-to-VNet, multi-site,
ExpressRoute) with their limits and sources, and advice on a design with every limit applied. Limits differ by edition:
say which edition an answer is from. Search first, then read the entry; for a design, call advise; for what exists
already, call read_setup with its files and pass the design on to advise."""

MARKDOWN = "text/markdown"
LIST = "gatewijzer://entries/{lang}"
NEXT_LIST = "gatewijzer://entries/{lang}/{page}"
ENTRY = "gatewijzer://entry/{lang}/{slug}"
_PARTS = re.compile(
    r"gatewijzer://(?:entries/(?P<list>[^/]+)(?:/(?P<page>[1-9][0-9]{0,3}))?|entry/(?P<lang>[^/]+)/(?P<slug>[^/]+))"
)


async def _in_database(work: Callable[[], T]) -> T:
    """Do what reads the database where Django allows that: in the thread of the request."""
    return await sync_to_async(work, thread_sensitive=True)()


async def _list_tools(context: Any, asked: Any) -> ListToolsResult:
    return ListToolsResult(
        tools=[
            ToolOfProtocol(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=tool.arguments.model_json_schema(),
                output_schema=tool.result,
                annotations=READS,
            )
            for tool in TOOLS
        ]
    )


async def _call_tool(context: Any, asked: CallToolRequestParams) -> CallToolResult:
    tool = next((tool for tool in TOOLS if tool.name == asked.name), None)
    if tool is None:
        raise MCPError(code=INVALID_PARAMS, message=f"Unknown tool; use one of: {', '.join(one.name for one in TOOLS)}")
    try:
        told = await _in_database(partial(tool.call, asked.arguments or {}))
    except Refused as refused:
        return CallToolResult(content=[TextContent(type="text", text=str(refused))], is_error=True)
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return CallToolResult(content=[TextContent(type="text", text=written)], structured_content=told)


async def _list_resources(context: Any, asked: Any) -> ListResourcesResult:
    return ListResourcesResult(
        resources=[
            Resource(
                uri=LIST.format(lang=code),
                name=f"entries-{code}",
                title=f"Entries of the FAQ ({name})",
                description="The questions of the default edition, each with the URI of its answer.",
                mime_type=MARKDOWN,
            )
            for code, name in ENGLISH_NAMES.items()
        ]
    )


async def _list_templates(context: Any, asked: Any) -> ListResourceTemplatesResult:
    template = ResourceTemplate(
        uri_template=ENTRY,
        name="entry",
        title="An entry of the FAQ",
        description="One entry of the default edition as Markdown.",
        mime_type=MARKDOWN,
    )
    return ListResourceTemplatesResult(resource_templates=[template])


async def _read_resource(context: Any, asked: ReadResourceRequestParams) -> ReadResourceResult:
    uri = str(asked.uri)
    try:
        written = await _in_database(partial(_resource, uri))
    except Refused as refused:
        raise MCPError(code=INVALID_PARAMS, message=str(refused), data={"uri": uri}) from refused
    return ReadResourceResult(contents=[TextResourceContents(uri=uri, text=written, mime_type=MARKDOWN)])


def _resource(uri: str) -> str:
    """What stands at a URI, as Markdown. Raises `Refused` where nothing does."""
    named = _PARTS.fullmatch(uri)
    if named is None:
        raise Refused(f"Unknown resource {uri[:200]!r}; use {LIST} or {ENTRY}.")
    lang = named["list"] or named["lang"]
    if lang not in LANGUAGES:
        raise Refused(f"Unknown language {lang[:40]!r}; use one of: {', '.join(LANGUAGES)}.")
    if named["slug"]:
        return entry_markdown(found_entry(named["slug"], lang))
    return _list(lang, int(named["page"] or 1))


def _list(lang: str, page: int) -> str:
    """A page of the entries of the default edition; its last line is a link to the next one, where there is one."""
    edition, first = default_edition(), (page - 1) * ENTRIES_ON_A_PAGE
    listed = headings(edition, lang, first, ENTRIES_ON_A_PAGE)
    lines = [f"- [{one.question}]({ENTRY.format(lang=lang, slug=one.slug)})" for one in listed]
    if first + ENTRIES_ON_A_PAGE < count_entries(edition):
        lines.append(f"- [Next page]({NEXT_LIST.format(lang=lang, page=page + 1)})")
    return "\n".join(lines)


# It lists no prompts, since it has none, and nothing changes while somebody listens: a listener would hold a thread.
server: Server[Any] = Server(
    "gatewijzer",
    version="1",
    title="Gatewijzer",
    instructions=INSTRUCTIONS.replace("\n", " "),
    on_list_tools=_list_tools,
    on_call_tool=_call_tool,
    on_list_resources=_list_resources,
    on_list_resource_templates=_list_templates,
    on_read_resource=_read_resource,
)


async def serve_stdio() -> None:
    """Answer the messages on standard input until it ends."""
    async with stdio_server() as (reads, writes):
        await server.run(reads, writes, server.create_initialization_options())
