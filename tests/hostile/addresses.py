"""Every address of the site with real arguments: of each pattern of the resolver one path that leads somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from reversion.models import Version

from advisor.answers.saved_designs import plain_code
from advisor.models import HelpKey
from faq.models import AskedQuestion, Delivery, DeskNote, Entry, Limit, Portal, TermGroup, Webhook
from faq.store.publishing import publish, published_content
from faq.store.slugs import short_code
from tests.config.test_urls import patterns
from tests.faq.builders import EXAMPLES, EXPRESSROUTE, example
from web.signatures import new_secret

KEY = "vpn-form.clients"
LIMIT = "p2s.max_clients"
DESIGN = "edition=2016-12&site=Tilburg&site_prefixes=192.168.10.0/24&vnet=hub&vnet_prefixes=10.20.0.0/16"

_NAME = re.compile(r"%\((\w+)\)s")

ARGUMENTS: tuple[tuple[str, dict[str, str]], ...] = (
    (r"%\(code\)s/%\(path\)s", {"code": "de", "path": "faq/"}),
    (r"%\(path\)s", {"path": f"faq/{EXPRESSROUTE}"}),
    (r".*advice/result/%\(form\)s/", {"form": "json"}),
    (r"api/v1/deployables/%\(format\)s", {"format": "device"}),
    (r".*advice/case/%\(code\)s/%\(form\)s/", {"form": "markdown"}),
    (r".*advice/steps/%\(name\)s/", {"name": "gateway"}),
    (r"look/.*", {"version": "0123456789ab", "name": "logo.svg"}),
    (r"nl/%\(name\)s\.md", {"name": "faq"}),
    (r"nl/sections/.*", {"slug": "bgp", "section": "bgp"}),
    (r"nl/faq/%\(slug\)s\.%\(form\)s", {"form": "md"}),
    (r"admin/%\(app_label\)s/", {"app_label": "faq"}),
    (r"admin/%\(url\)s", {"url": "no-such-page/"}),
    (r"admin/faq/limit/of/.*", {"code": EXAMPLES, "key": LIMIT}),
    (r"admin/faq/entry/choices/.*", {"kind": "entries"}),
    (r".*", {"slug": EXPRESSROUTE, "key": KEY, "language": "nl", "place": "0"}),
)
"""What stands for the names in the patterns; of those that fit, the first that has a name counts. The rest is of the
database: see `World`.
"""


@dataclass(frozen=True, slots=True)
class World:
    """One thing of each kind that an address names."""

    design: str
    version: Version
    entry: Entry

    def arguments(self, pattern: str) -> dict[str, str]:
        """Everything that a pattern can name."""
        known: dict[str, str] = {}
        for form, given in ARGUMENTS:
            if re.fullmatch(form, pattern):
                known = given | known
        return self._of_database(pattern) | known

    def _of_database(self, pattern: str) -> dict[str, str]:
        entry, version = str(self.entry.pk), str(self.version.pk)
        code = short_code(EXPRESSROUTE) if pattern.startswith("e/") else self.design
        known = {"code": code, "version": version, "pk": entry, "object_id": entry, "_0": entry, "_1": version}
        if pattern.startswith("admin/faq/entry/recover/"):
            known["_0"] = version
        model = model_of(pattern)
        if model and model is not Entry:
            first = model._default_manager.order_by("pk").first()
            own = str(first.pk) if first else "1"
            known |= {"object_id": own, "pk": own, "id": own}
        return known | {"content_type_id": str(ContentType.objects.get_for_model(Entry).pk)}


def world() -> World:
    """One thing of each kind, in the database of a test."""
    now = timezone.now()
    User.objects.create_user("of-nobody")
    entry = example()
    publish(entry, published_content(entry))
    saved = Client().post("/nl/advice/case/", {"address": DESIGN})
    assert "/case/" in saved.headers["Location"]
    HelpKey.objects.create(key=KEY, entries=[EXPRESSROUTE])
    AskedQuestion.objects.create(week=now.date(), edition=EXAMPLES, language="nl", text="wat is bgp", asked=3)
    DeskNote.objects.create(slug=EXPRESSROUTE, text="Een notitie.")
    Portal.objects.create(name="Portaal", origin="https://portal.example.org")
    Webhook.objects.create(url="https://127.0.0.1:9/", secret=new_secret())
    Delivery.objects.create(message="m", kind="test", body="{}", created_at=now)
    TermGroup.objects.create(key="een-term", nl=["term"], en=["term"])
    assert Limit.objects.filter(key=LIMIT).exists()
    design = saved.headers["Location"].partition("/case/")[2].partition("/")[0]
    return World(plain_code(design), Version.objects.get_for_object(entry).latest("pk"), entry)


def model_of(pattern: str) -> type[Model] | None:
    """The model whose pages of the admin a pattern is of; None for any other page."""
    return next((model for model in admin.site._registry if pattern.startswith(f"admin/{_path(model)}/")), None)


def _path(model: type[Model]) -> str:
    return f"{model._meta.app_label}/{model._meta.model_name}"


@cache
def every_pattern() -> tuple[str, ...]:
    """Every pattern of the resolver, with `%(name)s` for what it names."""
    return tuple(sorted({pattern for pattern, _ in patterns(get_resolver().url_patterns)}))


def path_of(pattern: str, known: dict[str, Any]) -> str:
    """The path of a pattern. Raises KeyError where nothing stands for a name: give it a row in `ARGUMENTS`."""
    return "/" + _NAME.sub(lambda name: known[name[1]], pattern)
