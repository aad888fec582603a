"""What an installation holds before an upgrade. It runs in the checkout of the release that makes it (`make
upgrade-data`), so it keeps to what every release has: the names of modules are looked up.

`python story.py make` makes the data; `python story.py record FILE` works on them for a while, and writes every
statement that the release sends to the database.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path.cwd()))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

EDITION = "2016-12"
PASSWORD = "een-lang-wachtwoord"
SHIPPED, EDITED, DRAFTED, WITHDRAWN, DELETED = ("as-shipped", "edited", "drafted", "withdrawn", "deleted")
SLUGS = (SHIPPED, EDITED, DRAFTED, WITHDRAWN, DELETED)
ROLES = ("desk", "reader", "editor", "publisher")
EDIT, DRAFT, NOTE = ("What an editor published.", "What an editor drafted.", "Ask for the serial number.")
FEEDBACK, PORTAL, CODE = ("Which port?", "https://portal.example.org", "K7MPQ2RXWD")


def first_of(*names: str) -> Any:
    """The first module of these names that the release has. Raises ImportError where it has none."""
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise ImportError(names)


def model(app: str, name: str) -> Any:
    """A model that the release may not have yet."""
    from django.apps import apps

    try:
        return apps.get_model(app, name)
    except LookupError:
        return None


def with_answer(content: Any, answer: str) -> Any:
    """A content with another answer in Dutch."""
    return replace(content, texts=content.texts | {"nl": replace(content.texts["nl"], answer=answer)})


def entry(slug: str) -> Any:
    """An entry of the story."""
    return model("faq", "Entry").objects.get(edition__code=EDITION, slug=slug)


def make() -> None:
    """Make everything that an upgrade has to keep."""
    from django.contrib.auth.models import Group, User

    publishing = first_of("faq.store.publishing", "faq.publishing")
    User.objects.create_superuser("chief", "chief@example.org", PASSWORD)
    for role in ROLES:
        if group := Group.objects.filter(name=role).first():
            User.objects.create_user(role, password=PASSWORD, is_staff=True).groups.add(group)
    publishing.publish(entry(EDITED), with_answer(publishing.published_content(entry(EDITED)), EDIT))
    publishing.save_draft(entry(DRAFTED), with_answer(publishing.published_content(entry(DRAFTED)), DRAFT))
    publishing.withdraw(entry(WITHDRAWN))
    delete(entry(DELETED))
    if portal := model("faq", "Portal"):
        portal.objects.create(name="Portal", origin=PORTAL, may_frame=True)
    if feedback := model("faq", "Feedback"):
        week = date(2026, 11, 23)
        feedback.objects.create(
            slug=SHIPPED, edition=EDITION, language="nl", helpful=False, reason="unclear", text=FEEDBACK, week=week
        )
    if note := model("faq", "DeskNote"):
        note.objects.create(slug=SHIPPED, text=NOTE)
    if design := model("advisor", "KeptDesign"):
        save_design(design, CODE)


def delete(one: Any) -> None:
    """Delete an entry as the admin of the release does."""
    from django.contrib.admin.sites import site
    from django.contrib.auth.models import User
    from django.test import RequestFactory

    importlib.import_module("config.urls")  # the admin is made there
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="chief")
    site.get_model_admin(type(one)).delete_model(request, one)


def save_design(design: Any, code: str) -> None:
    """Save a design under a code."""
    import zlib

    query = zlib.compress(b"clients=40&sites=2")
    design.objects.create(code=code, kept_at=datetime.now(UTC), query=query, shown=b"", size=len(query))


PAGES = (
    *("/nl/", "/nl/faq/", f"/nl/faq/{SHIPPED}/", f"/nl/faq/{EDITED}/", "/en/search/?q=shipped", "/nl/changes/"),
    *("/nl/limits/", "/nl/advice/", f"/nl/advice/result/?edition={EDITION}&clients=40", "/sitemap.xml", "/llms.txt"),
    *("/api/v1/entries?lang=nl", "/api/v1/search?q=shipped&lang=en", f"/nl/advice/case/{CODE}/", "/admin/"),
    *("/admin/faq/entry/", "/admin/faq/askedquestion/", "/admin/faq/portal/", "/admin/auth/user/", "/healthz"),
)


def work() -> None:
    """Read pages, and write everything that visitors and editors write."""
    from django.contrib.auth.models import User
    from django.test import Client

    publishing = first_of("faq.store.publishing", "faq.publishing")
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(User.objects.get(username="chief"))
    for path in PAGES:
        browser.get(path)
    for one in (SHIPPED, EDITED):
        browser.get(f"/admin/faq/entry/{entry(one).pk}/change/")
        publishing.publish(entry(one), with_answer(publishing.published_content(entry(one)), "Once more."))
    publishing.save_draft(entry(SHIPPED), with_answer(publishing.published_content(entry(SHIPPED)), DRAFT))
    publishing.withdraw(entry(SHIPPED))
    delete(entry(SHIPPED))
    User.objects.create_user("newcomer", password=PASSWORD, is_staff=True)
    model("faq", "Portal").objects.create(name="Another", origin="https://other.example.org")
    model("faq", "DeskNote").objects.create(slug=EDITED, text=NOTE)
    asked = {"slug": EDITED, "edition": EDITION, "language": "en", "helpful": True, "week": date(2026, 11, 23)}
    model("faq", "Feedback").objects.create(**asked)
    save_design(model("advisor", "KeptDesign"), "K7MPQ2RXWE")
    browser.logout()


def record(file: Path) -> None:
    """Write the statements of `work` as lines of `[SQL, parameters]`."""
    from django.db import connection

    told: list[str] = []

    def noted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "PRAGMA", "ROLLBACK")):
            told.append(json.dumps([sql, params], default=_as_json))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        work()
    file.write_text("\n".join(told))


def _as_json(value: Any) -> Any:
    return {"bytes": bytes(value).hex()} if isinstance(value, bytes | memoryview) else str(value)


if __name__ == "__main__":
    import django
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    django.setup()
    make() if sys.argv[1] == "make" else record(Path(sys.argv[2]))
