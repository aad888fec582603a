"""A process that does what the site can do, and tells every connection that it tried to make: `python -m
tests.outbound FOLDER`, with the settings of a site in its environment. It writes JSON.

The hook of Python that sees connections cannot be taken away again, so this is a process of its own. It refuses what is
not allowed: first everything, then what receives the webhook, then the provider of a sign-in.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

allowed: set[int] = set()
"""Ports of this machine that may be connected to."""

tried: list[str] = []
"""What was tried since it was last told."""

LOOKED_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
SENT = ("socket.connect", "socket.sendto", "socket.sendmsg")
STARTED = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile")
"""A program that is started could connect to anything."""

DOCUMENT = """# Questions

## What is a gateway?

![A picture](http://192.0.2.1/a.png) ![Another](//192.0.2.2/b.png) <img src="http://192.0.2.3/c.png">
[!INCLUDE [part](http://192.0.2.4/part.md)] [a link](https://192.0.2.5/) <http://192.0.2.6/>

## What is a tunnel?

<iframe src="http://192.0.2.7/"></iframe> A tunnel. <link rel="stylesheet" href="http://192.0.2.8/x.css">
"""
YAML = """### YamlMime:FAQ
title: Questions
summary: "[!INCLUDE [part](http://192.0.2.4/part.md)]"
sections:
  - name: General
    questions:
      - question: What is a gateway?
        answer: "![A picture](http://192.0.2.1/a.png) A gateway. !include http://192.0.2.2/b.yml"
"""

ASKED = (
    *("/nl/search/?q=http://192.0.2.1/", "/nl/search/?q=bgp", "/nl/search/text/?text=http://192.0.2.1/ bgp?"),
    *("/oembed?url=http://192.0.2.1/nl/faq/what-is-expressroute/", "/oembed?url=https://192.0.2.1:1/x"),
    *("/nl/advice/result/?site=Tilburg&site_prefixes=192.168.10.0/24&vnet=hub&vnet_prefixes=10.20.0.0/16",),
    *("/nl/advice/result/pdf/?vnet=hub&vnet_prefixes=10.20.0.0/16", "/nl/faq/what-is-expressroute.pdf"),
    *("/api/v1/search?q=bgp&lang=nl", "/embed/nl/search?q=bgp&theme=http://192.0.2.1/", "/metrics", "/readyz"),
    *("/help/a.b?lang=nl", "/admin/login/?next=http://192.0.2.1/", "/admin/faq/entry/?q=http://192.0.2.1/"),
)
POSTED = (
    ("/nl/search/text/", {"text": "Zie http://192.0.2.1/ en welke SKU kan BGP?"}),
    ("/nl/search/asked/", {"q": "http://192.0.2.1/ ?", "slug": "what-is-expressroute"}),
    ("/nl/advice/", {"site": "http://192.0.2.1/", "vnet": "hub"}),
    ("/admin/faq/entry/preview/nl/", {"nl_question": "Q?", "nl_answer": "![a](http://192.0.2.1/a.png)"}),
    ("/admin/faq/portal/add/", {"name": "x", "origin": "https://192.0.2.1"}),
    ("/admin/faq/webhook/add/", {"url": "https://192.0.2.1/hook"}),
)
CALLS = [
    {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}},
    {
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {"name": "search_faq", "arguments": {"query": "http://192.0.2.1/ bgp", "language": "nl"}},
    },
]
COMMANDS = (
    *(("sync",), ("index",), ("check", "--deploy"), ("doctor",), ("check_links",), ("deliver",)),
    *(("search", "bgp"), ("welcome",), ("second_factor", "list"), ("clearsessions",)),
)


def watch(event: str, details: tuple[Any, ...]) -> None:
    """Write down every connection, and refuse those that are not allowed."""
    if event in LOOKED_UP or event in STARTED:
        tried.append(f"{event} {details[0]!r}")
        if event in STARTED or details[0] not in ("127.0.0.1", "localhost") or not allowed:
            raise PermissionError(event)
    elif event in SENT:
        address = details[1] if len(details) > 1 else None
        tried.append(f"{event} {address!r}")
        if not (isinstance(address, tuple) and address[0] == "127.0.0.1" and address[1] in allowed):
            raise PermissionError(event)


def told() -> list[str]:
    """What was tried since the last time."""
    found = list(dict.fromkeys(tried))
    tried.clear()
    return found


def do_everything(folder: Path) -> int:
    """Ask every page in every way, and run the commands; how many there were."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import CommandError, call_command
    from django.test import Client

    from tests.addresses import every_address, takes_forms

    user = User.objects.create_superuser("root")
    addresses = every_address()[:-1]
    client = Client(raise_request_exception=False)
    client.force_login(user)
    done = 0
    for address in addresses:
        status = client.get(address).status_code
        done += 1
        if takes_forms(address, status):
            client.post(address)
            done += 1
    for address in ASKED:
        client.get(address)
    for address, typed in POSTED:
        client.post(address, typed)
    host = urlsplit(settings.ORIGIN).netloc
    for call in CALLS:
        client.post("/mcp", call, content_type="application/json", headers={"Accept": "application/json", "Host": host})
    files = [folder / "questions.md", folder / "questions.yml"]
    for file, text in zip(files, (DOCUMENT, YAML), strict=True):
        file.write_text(text)
    imports = [("import_faq", str(file), "--lang", "en", "--edition", "2020-01") for file in files]
    for command in (*imports, *COMMANDS):
        with suppress(SystemExit, CommandError):  # some end so where they find something
            call_command(*command, stdout=StringIO(), stderr=StringIO())
    assert client.get("/admin/").status_code == 200
    return done + len(ASKED) + len(POSTED) + len(CALLS)


def deliver_one() -> int:
    """Tell a receiver on this machine of an event; the port of the receiver."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from faq.models import Delivery, Webhook
    from faq.store.outbox import add_event
    from tests.receivers import receiving
    from web.signatures import new_secret

    settings.WEBHOOK_PRIVATE = True
    with receiving() as receiver:
        port = int(receiver.origin.rpartition(":")[2])
        allowed.add(port)
        tried.clear()  # a server of Python looks its own name up
        webhook = {"url": receiver.origin, "secret": new_secret(), "is_active": True}
        Webhook.objects.update_or_create(pk=1, defaults=webhook)
        add_event(Delivery.Kind.TEST, timezone.now(), link="https://gatewijzer.example.org")
        call_command("deliver", stdout=StringIO())
        assert receiver.received
    allowed.clear()
    return port


def sign_in_once() -> int:
    """Sign somebody in at a provider on this machine; the port of the provider."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    from tests.web.accounts.providers import CLIENT, SECRET, providing, says_yes

    User.objects.create_user("somebody", is_staff=True)
    with providing() as provider:
        port = int(provider.origin.rpartition(":")[2])
        allowed.add(port)
        tried.clear()  # a server of Python looks its own name up
        settings.OIDC_ISSUER, settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = (
            provider.origin,
            CLIENT,
            SECRET,
        )
        settings.AUTHENTICATION_BACKENDS.append("web.accounts.provider_accounts.ProviderBackend")
        client = Client()
        sent: Any = client.get("/admin/login/provider/")
        assert client.get(says_yes(sent.url)).status_code == 302
        assert client.get("/admin/").status_code == 200
    allowed.clear()
    return port


def main(folder: Path) -> None:
    """Do everything, then the two things that may connect, and tell what each tried."""
    sys.addaudithook(watch)
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    settings.API_PER_MINUTE = settings.POSTS_PER_MINUTE = 1_000_000
    done = do_everything(folder)
    report: dict[str, Any] = {"requests": done, "everything": told()}
    report |= {"webhook port": deliver_one(), "webhook": told()}
    report |= {"sign-in port": sign_in_once(), "sign-in": told()}
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
