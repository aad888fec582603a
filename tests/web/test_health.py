"""Whether the site is well, and whom to tell of a weakness in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


class TestKnownPlaces:
    """`/healthz` and security.txt."""

    def test_a_site_that_is_well_says_ok(self, client: Client) -> None:
        answer = client.get("/healthz")
        assert (answer.status_code, answer.content) == (200, b"ok\n")
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
        answer = client.get("/healthz")
        assert (answer.status_code, answer.content) == (503, b"database\n")

    def test_security_txt_names_whom_to_tell_and_holds_for_months(self, client: Client, settings: Any) -> None:
        assert client.get("/.well-known/security.txt").status_code == 404
        settings.SECURITY_CONTACT = "mailto:security@example.org"
        text = client.get("/.well-known/security.txt").content.decode()
        said = dict(line.split(": ", 1) for line in text.splitlines())
        assert said["Contact"] == "mailto:security@example.org"
        assert said["Canonical"] == f"{settings.ORIGIN}/.well-known/security.txt"
        left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
        assert timedelta(days=31) < left < timedelta(days=365)
