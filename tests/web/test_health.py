"""Whether the site is well, and whom to tell of a weakness in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from faq.search.indexer import ensure_index
from faq.store import content_version

pytestmark = pytest.mark.django_db


class TestKnownPlaces:
    """`/readyz` and security.txt."""

    def test_a_site_that_is_well_says_so_of_each_part(self, client: Client, tmp_path: Path, settings: Any) -> None:
        ensure_index()
        answer = client.get("/readyz")
        parts = dict.fromkeys(["database", "writing", "replicas", "index", "quotas"], "ok")
        assert (answer.status_code, answer.json()) == (200, {"status": "ready", "parts": parts})
        assert answer.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("waits", [0.8, 5.0])
    def test_one_whose_database_is_not_says_so(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, waits: float
    ) -> None:
        """Also where the connection has yet to be told how long to wait."""

        def broken() -> None:
            raise DatabaseError

        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", waits)
        monkeypatch.setattr("django.db.connection.cursor", broken)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (503, "unready")
        assert answer.json()["parts"]["database"] != "ok"

    def test_one_that_stores_nothing_is_degraded(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def refused(**given: Any) -> None:
            raise OperationalError("attempt to write a readonly database")

        monkeypatch.setattr("faq.store.writing.ContentVersion.objects.update", refused)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
        assert answer.json()["parts"]["writing"] == "attempt to write a readonly database"

    def test_an_index_that_is_behind_is_named(self, client: Client) -> None:
        ensure_index()
        content_version.advance()
        said = client.get("/readyz").json()
        assert said["status"] == "degraded"
        assert f"readers see {content_version.current()}" in said["parts"]["index"]

    def test_quotas_that_cannot_be_counted_are_named(self, client: Client, settings: Any, tmp_path: Path) -> None:
        settings.DATA_DIR = tmp_path
        (tmp_path / "rates.sqlite3").mkdir()
        said = client.get("/readyz").json()
        assert said["status"] == "degraded"
        assert "database file" in said["parts"]["quotas"]

    def test_security_txt_names_whom_to_tell_and_holds_for_months(self, client: Client, settings: Any) -> None:
        assert client.get("/.well-known/security.txt").status_code == 404
        settings.SECURITY_CONTACT = "mailto:security@example.org"
        text = client.get("/.well-known/security.txt").content.decode()
        said = dict(line.split(": ", 1) for line in text.splitlines())
        assert said["Contact"] == "mailto:security@example.org"
        assert said["Canonical"] == f"{settings.ORIGIN}/.well-known/security.txt"
        left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
        assert timedelta(days=31) < left < timedelta(days=365)
