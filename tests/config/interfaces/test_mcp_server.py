"""The MCP server, tried with the SDK's own client over stdio and over HTTP."""

from __future__ import annotations

import json
import random
import resource
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import anyio
import pytest
from anyio.from_thread import start_blocking_portal
from django.test import Client as Browser
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from config.interfaces import mcp_http as assistants_http
from tests.advisor.existing_files import FILES, SECRETS
from tests.every import examples, some
from tests.served import ROOT, Site

SLUG = "what-is-expressroute"
EXAMPLES = {"edition": "2016-12"}
NEED: dict[str, Any] = EXAMPLES | {
    "vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}],
    "sites": [{"name": "Tilburg", "prefixes": ["192.168.10.0/24"], "bandwidth_mbps": 25}],
}
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}
Talk = Callable[[Client], Awaitable[Any]]
Ask = Callable[[Talk], Any]
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def over_stdio(site: Site) -> Iterator[Ask]:
    """Has conversations with one process over its standard input and output: one takes seconds to start."""
    manage = [str(ROOT / "manage.py"), "mcp"]
    server = StdioServerParameters(command=sys.executable, args=manage, env=site.environment, cwd=ROOT)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(server)) as client:
        yield lambda talk: portal.call(talk, client)


@pytest.fixture
def over_http(site: Site) -> Ask:
    """Has each conversation with the site from its beginning."""

    def run(talk: Talk) -> Any:
        async def conversation() -> Any:
            async with Client(f"{site.origin}/mcp") as client:
                return await talk(client)

        return anyio.run(conversation)

    return run


@pytest.fixture(params=["http", "stdio"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Has a conversation with the server over one of its two ways in."""
    found: Ask = request.getfixturevalue(f"over_{request.param}")
    return found


OVER_HTTP = pytest.mark.parametrize("ask", some(["http", "stdio"], 2), indirect=True)
"""What is said is the same over both ways in, as the other tests show."""


def test_every_tool_says_what_it_does_and_only_reads(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in ask(talk)}
    assert set(tools) == {"search", "read_entry", "limits", "advise", "read_setup"}
    for tool in tools.values():
        assert len(tool.description) > 80
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema is not None


def test_an_assistant_searches_reads_and_asks_for_advice(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        found = await client.call_tool("search", {"query": "how many clients at once", "lang": "en"} | EXAMPLES)
        slug = found.structured_content["results"][0]["slug"]
        return (
            found.structured_content,
            (await client.call_tool("read_entry", {"slug": slug, "lang": "en"} | EXAMPLES)).structured_content,
            (await client.call_tool("limits", {"key": "p2s", "limit": 50} | EXAMPLES)).structured_content,
            (await client.call_tool("advise", {"need": NEED, "lang": "nl"})).structured_content,
            (await client.read_resource(f"gatewijzer://entry/nl/{SLUG}")).contents[0].model_dump()["text"],
        )

    found, entry, limits, advice, written = ask(talk)
    assert found["edition"] == "2016-12"
    assert "128" in entry["answer_text"]
    assert entry["sources"]
    assert {limit["key"]: limit["value"] for limit in limits["limits"]}["p2s.max_clients"] == 128
    assert advice["gateway"]["subnet"] == "10.20.255.240/28"
    assert advice["connections"][0]["type"] == "site-to-site"
    assert written.startswith("# Wat is ExpressRoute")


@OVER_HTTP
def test_limits_come_a_page_at_a_time_in_one_language_and_below_20_kb(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        answers, offset = [], 0
        while offset is not None:
            answers.append(await client.call_tool("limits", {"lang": "nl", "offset": offset}))
            offset = answers[-1].structured_content["next"]
        return answers

    answers = ask(talk)
    sizes = [len(answer.model_dump_json(by_alias=True).encode()) for answer in answers]
    assert max(sizes) < 20_000
    keys = [limit["key"] for answer in answers for limit in answer.structured_content["limits"]]
    assert len(keys) == len(set(keys)) == answers[0].structured_content["total"] > 100
    names = [limit["name"] for answer in answers for limit in answer.structured_content["limits"]]
    assert {tuple(name) for name in names} == {("nl",)}


@OVER_HTTP
def test_one_number_is_found_by_words_key_and_entry(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        return [
            (await client.call_tool("limits", asked | EXAMPLES)).structured_content["limits"]
            for asked in (
                {"query": "most point-to-site clients", "limit": 5},
                {"key": "p2s.max_clients"},
                {"entry": SLUG, "limit": 50},
            )
        ]

    by_words, by_key, by_entry = ask(talk)
    assert "p2s.max_clients" in [limit["key"] for limit in by_words]
    assert [limit["value"] for limit in by_key] == [128]
    assert SLUG in {limit["entry"] for limit in by_entry}


@OVER_HTTP
def test_the_text_of_an_answer_is_the_same_json_without_indent(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        return [
            await client.call_tool("limits", {"key": "p2s"}),
            await client.call_tool("search", {"query": "bgp"}),
            await client.call_tool("read_entry", {"slug": SLUG}),
            await client.call_tool("advise", {"need": NEED}),
        ]

    for answer in ask(talk):
        (content,) = answer.content
        assert json.loads(content.text) == answer.structured_content
        assert "\n" not in content.text
        assert '": ' not in content.text[:40]


@OVER_HTTP
def test_an_assistant_reads_a_setup_and_asks_for_advice_on_it(ask: Any) -> None:
    files = [{"name": name, "text": content.decode()} for name, content in FILES.items()]

    async def talk(client: Client) -> Any:
        read = await client.call_tool("read_setup", {"files": files, "edition": "2026"})
        need = read.structured_content["need"]
        return read, await client.call_tool("advise", {"need": need})

    read, advice = ask(talk)
    assert list(read.structured_content) == ["need", "understood", "ignored", "missing"]
    assert {line["file"] for line in read.structured_content["understood"]} == set(FILES)
    assert advice.structured_content["gateway"]["sku"] == "VpnGw1AZ"
    assert [secret for secret in SECRETS if secret in read.content[0].text] == []


@OVER_HTTP
def test_what_is_wrong_with_the_files_of_a_setup_is_told_without_their_content(ask: Any) -> None:
    secret = SECRETS[0]
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"files": [{"name": "a.json", "text": f'[{{"sharedKey": "{secret}'}]}, "a.json"),
        ({"files": [{"name": "a.json", "text": f'"{secret}"'}]}, "a.json"),
        ({"files": [{"name": "a.json", "text": "[]", "key": secret}]}, "Unknown parameter"),
        ({"files": [{"name": secret * 20, "text": "[]"}]}, "200 characters"),
        ({"files": secret}, "files"),
        ({"files": []}, "files"),
        ({"file": secret}, "Did you mean files?"),
    ]

    async def talk(client: Client) -> Any:
        return [await client.call_tool("read_setup", arguments) for arguments, _ in wrong]

    for answer, (arguments, told) in zip(ask(talk), wrong, strict=True):
        assert answer.is_error, arguments
        assert told in answer.content[0].text, arguments
        assert secret not in answer.content[0].text, arguments


@pytest.mark.parametrize(
    ("tool", "arguments", "meant"),
    [
        ("search", {"query": "bgp", "langauge": "nl"}, "lang"),
        ("read_entry", {"slug": SLUG, "editon": "2016-12"}, "edition"),
        ("limits", {"limt": 3}, "limit"),
        ("advise", {"need": NEED, "lng": "nl"}, "lang"),
    ],
)
def test_an_argument_that_is_not_there_is_refused(ask: Any, tool: str, arguments: dict[str, Any], meant: str) -> None:
    async def talk(client: Client) -> Any:
        return await client.call_tool(tool, arguments), (await client.list_tools()).tools

    answer, tools = ask(talk)
    assert answer.is_error
    assert answer.content[0].text.endswith(f"Did you mean {meant}?")
    assert all(one.input_schema["additionalProperties"] is False for one in tools)


@OVER_HTTP
def test_a_fault_is_told_in_the_language_that_is_asked_for(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        return [await client.call_tool("search", {"limit": 99, "lang": lang}) for lang in ("nl", "en")]

    dutch, english = [answer.content[0].text for answer in ask(talk)]
    assert "Deze parameter is verplicht." in dutch
    assert "Mag hooguit 20 zijn." in dutch
    assert "This parameter is required." in english


def test_it_announces_what_it_has_and_nothing_else(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        listed = (await client.list_resources()).resources
        read = (await client.read_resource(str(listed[0].uri))).contents[0].model_dump()["text"]
        linked = read.partition("](")[2].partition(")")[0]
        return client.server_capabilities, listed, (await client.read_resource(linked)).contents

    capabilities, listed, contents = ask(talk)
    offered = {name for name, value in capabilities.model_dump().items() if value is not None}
    assert offered == {"resources", "tools"}
    assert len(listed) == 2
    assert contents


@OVER_HTTP
def test_no_description_has_an_indent(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    tools, instructions = ask(talk)
    for text in (instructions, *(tool.description for tool in tools)):
        assert "  " not in text
        assert "\n" not in text


def test_what_is_asked_wrongly_is_told_so_that_it_can_be_mended(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        return [
            await client.call_tool(*call)
            for call in (
                ("advise", {"need": {"sites": [{"name": "A", "prefixes": ["10.1.2.3/16"]}, {"device": "x"}]}}),
                ("read_entry", {"slug": "what-is-expresroute"}),
                ("search", {"query": "bgp", "edition": "1999"}),
                ("search", {"query": "bgp", "lang": "de"}),
                ("limits", {"edition": "1999"}),
            )
        ]

    refused, unknown, edition, language, limits = ask(talk)
    texts = [answer.content[0].text for answer in (refused, unknown, edition, language, limits)]
    assert all(answer.is_error for answer in (refused, unknown, edition, language, limits))
    assert "sites[0].prefixes[0]" in texts[0]
    assert "Did you mean 10.1.0.0/16?" in texts[0]
    assert "sites[1].name" in texts[0]
    assert SLUG in texts[1]
    assert "2016-12" in texts[2]
    assert "nl" in texts[3]
    assert "2016-12" in texts[4]


@pytest.mark.django_db
class TestHttp:
    """`/mcp` without the SDK's client."""

    def post(self, browser: Browser, body: Any, **headers: str) -> Any:
        written = body if isinstance(body, bytes) else json.dumps(body)
        return browser.post("/mcp", written, content_type="application/json", headers=HEADERS | headers)

    def test_it_answers_without_a_session(self, client: Browser) -> None:
        answer = self.post(client, INITIALIZE)
        assert answer.status_code == 200
        assert answer.json()["result"]["serverInfo"]["name"] == "gatewijzer"
        assert "Mcp-Session-Id" not in answer.headers

    @pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
    def test_there_is_nothing_but_to_post(self, client: Browser, method: str) -> None:
        answer = getattr(client, method)("/mcp")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")

    @pytest.mark.parametrize(
        "origin", ["https://evil.example", "null", "http://127.0.0.1:9", "http://127.0.0.1.evil.nl"]
    )
    def test_a_page_of_another_site_is_refused(self, client: Browser, origin: str) -> None:
        answer = self.post(client, INITIALIZE, Origin=origin)
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")

    def test_there_is_nothing_to_listen_to(self, client: Browser) -> None:
        version = "2026-07-28"
        about = {"io.modelcontextprotocol/protocolVersion": version, "io.modelcontextprotocol/clientCapabilities": {}}

        def ask(method: str, **more: Any) -> Any:
            body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"_meta": about} | more}
            return self.post(client, body, **{"MCP-Protocol-Version": version, "Mcp-Method": method}).json()

        began = time.monotonic()
        assert ask("subscriptions/listen", notifications={})["error"]["code"] == -32601
        assert time.monotonic() - began < 2
        offered = ask("server/discover")["result"]["capabilities"]
        assert not any(kind.get(what) for kind in offered.values() for what in ("listChanged", "subscribe"))

    def test_a_worker_keeps_threads_for_readers(self, client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("config.interfaces.mcp_http._places", threading.BoundedSemaphore(1))
        with assistants_http._places:
            answer = self.post(client, INITIALIZE)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        assert self.post(client, INITIALIZE).status_code == 200

    def test_another_name_for_this_machine_is_refused(self, client: Browser) -> None:
        assert self.post(client, INITIALIZE, Host="evil.example").status_code == 400

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"[]", b"null", b"1", b'"x"', b"{}", b'{"jsonrpc": "1.0"}', b"[" * 10_000, b"\xff\xfe", b"\x00"],
    )
    def test_what_is_no_message_is_refused(self, client: Browser, body: bytes) -> None:
        assert 400 <= self.post(client, body).status_code < 500

    def test_a_batch_gets_a_clear_error(self, client: Browser) -> None:
        answer = self.post(client, [INITIALIZE, INITIALIZE])
        assert answer.status_code == 400
        assert answer.json() == {
            "jsonrpc": "2.0",
            "id": None,
            "error": {
                "code": -32600,
                "message": "Batches are not supported: send each message in a request of its own.",
            },
        }

    @pytest.mark.parametrize("version", ["1999-01-01", "x" * 500, ""])
    def test_a_version_that_nobody_speaks_gets_those_that_are_spoken(self, client: Browser, version: str) -> None:
        answer = self.post(client, INITIALIZE, **{"MCP-Protocol-Version": version})
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (400, -32600)
        assert "2025-06-18" in error["message"]
        assert len(error["message"]) < 300

    def test_a_slash_at_the_end_makes_no_difference(self, client: Browser) -> None:
        answer = client.post("/mcp/", json.dumps(INITIALIZE), content_type="application/json", headers=HEADERS)
        assert answer.json()["result"]["serverInfo"]["name"] == "gatewijzer"
        assert client.get("/mcp/").status_code == 405

    def test_too_large_a_message_is_refused(self, client: Browser) -> None:
        for size in (1_100_000, 3_000_000):
            assert self.post(client, b'{"x": "' + b"a" * size + b'"}').status_code == 413

    def test_an_entry_that_is_withdrawn_cannot_be_read(self, client: Browser) -> None:
        from faq.models import Entry

        call = {"name": "read_entry", "arguments": {"slug": SLUG}}
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        assert self.post(client, asked).json()["result"]["isError"] is False
        Entry.objects.filter(slug=SLUG).update(published_at=None)
        assert self.post(client, asked).json()["result"]["isError"] is True


def test_it_goes_on_after_whatever_it_was_sent(site: Site) -> None:
    chance = random.Random(5)  # noqa: S311 -- the same messages every time
    whole = json.dumps(INITIALIZE).encode()
    for _ in range(examples(300)):
        body = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        assert _status(site, bytes(body)) < 500
    assert _status(site, whole) == 200


def test_ten_times_as_many_conversations_take_no_more_memory(client: Browser, db: None) -> None:
    def converse(times: int) -> int:
        for _ in range(times):
            client.post("/mcp", json.dumps(INITIALIZE), content_type="application/json", headers=HEADERS)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = converse(examples(200))
    assert converse(examples(2000)) - before < 2 * 1024


def _status(site: Site, body: bytes) -> int:
    request = urllib.request.Request(f"{site.origin}/mcp", body, HEADERS)  # noqa: S310 -- our own server
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
