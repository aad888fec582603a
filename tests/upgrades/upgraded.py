"""Brings the data of an earlier release to this one, and says in JSON what became of them: for a process of its own, in
which Django is set up. With the statements of that release, it also sends those to the database as it is now.
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from advisor.models import KeptDesign
from config.doctor import examined
from faq.models import DeskNote, Entry, Feedback, Portal
from faq.search import indexer
from faq.store import history
from tests.upgrades.story import CODE, EDITED, EDITION, PASSWORD, SLUGS

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
"""Static files that nobody has collected."""


def told_of(slug: str) -> dict[str, Any] | None:
    """What there is of an entry."""
    entry = Entry.objects.filter(edition__code=EDITION, slug=slug).first()
    if entry is None:
        return None
    answer = entry.translations.filter(language="nl").values_list("answer", flat=True).first()
    return {
        "answer": answer,
        "draft": entry.draft["texts"]["nl"]["answer"] if entry.draft else None,
        "is_published": entry.published_at is not None,
        "versions": len(history.history_of(entry)),
    }


def statuses() -> dict[str, int]:
    """How the site answers for each entry, for the search, and in the admin."""
    browser = Client(SERVER_NAME="127.0.0.1")
    paths = [*(f"/nl/faq/{slug}/" for slug in SLUGS), "/nl/search/?q=shipped", "/readyz"]
    answers = {path: browser.get(path).status_code for path in paths}
    browser.force_login(User.objects.get(username="chief"))
    pk = Entry.objects.get(slug=EDITED).pk
    for path in (f"/admin/faq/entry/{pk}/change/", f"/admin/faq/entry/{pk}/history/"):
        answers[path.replace(str(pk), "N")] = browser.get(path).status_code
    return answers


def refused_statements(file: Path) -> list[str]:
    """The statements of an earlier release that the database refuses now, with its reason. It is left as it was."""
    refused = []
    with transaction.atomic():
        for line in lzma.decompress(file.read_bytes()).decode().splitlines():
            sql, params = json.loads(line)
            given = [bytes.fromhex(one["bytes"]) if isinstance(one, dict) else one for one in params or ()]
            try:
                with connection.cursor() as cursor:
                    cursor.execute(sql, given)
                    cursor.fetchall()
            except DatabaseError as error:
                refused.append(f"{error}: {sql}")
        transaction.set_rollback(True)
    return refused


def main(content: str, *statements: str) -> None:
    """Upgrade as docs/deploying.md says, and tell."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": PLAIN}
    call_command("migrate", verbosity=0, skip_checks=True)
    refused = [one for file in statements for one in refused_statements(Path(file))]
    call_command("sync", content=Path(content), terms=Path(content) / "terms.toml", verbosity=0)
    indexer.ensure_index()
    told = {
        "entries": {slug: told_of(slug) for slug in SLUGS},
        "accounts": {user.username: sorted(user.groups.values_list("name", flat=True)) for user in User.objects.all()},
        "password": User.objects.get(username="chief").check_password(PASSWORD),
        "feedback": list(Feedback.objects.values_list("slug", "text")),
        "notes": list(DeskNote.objects.values_list("slug", "text")),
        "portals": list(Portal.objects.values_list("origin", "may_frame")),
        "designs": list(KeptDesign.objects.values_list("code", flat=True)),
        "opened": Client(SERVER_NAME="127.0.0.1").get(f"/nl/advice/case/{CODE}/").headers.get("Location", ""),
        "found": indexer.engine().health().documents > 0,
        "statuses": statuses(),
        "doctor": [found.what for found in examined()],
        "integrity": [row[0] for row in _rows("PRAGMA integrity_check") + _rows("PRAGMA foreign_key_check")],
        "refused": refused,
    }
    sys.stdout.write(json.dumps(told))


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
