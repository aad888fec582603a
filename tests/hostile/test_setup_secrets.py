"""A secret in the files of a setup is nowhere afterwards: in no answer, log, error page, file, or row of a table."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from advisor import service
from tests.advisor.existing_files import FILES, PASTED, SECRETS

pytestmark = pytest.mark.django_db

BROKEN = PASTED[: PASTED.index(SECRETS[0]) + len(SECRETS[0])]
"""What was pasted without its end: no JSON."""


def said(answer: Any) -> str:
    """All of an answer, with its headers."""
    return f"{answer.content.decode()}{json.dumps(dict(answer.headers))}"


def every_way(client: Client) -> Iterator[Any]:
    """The answers to the setup, whole and broken, on every surface that takes it."""
    for text in (PASTED, BROKEN):
        files = {"file": [SimpleUploadedFile(f"{number}.json", text.encode()) for number in range(2)]}
        for path in ("/nl/advice/open/?edition=2026", "/embed/en/advice/open/?edition=2026"):
            yield client.post(path, {"design_json": text})
            yield client.post(path, {"design_json": text}, headers={"HX-Request": "true"})
            yield client.post(path, files)
        yield client.post("/api/v1/need?edition=2026", text, content_type="application/json")
        yield client.post("/api/v1/need?edition=2026", text, content_type="text/plain")
        yield client.post("/api/v1/need?edition=2026", files)
        yield client.post("/api/v1/need?edition=2026", {"file": text, "other": text})


def holds_secret(told: str) -> list[str]:
    return [secret for secret in SECRETS if secret in told]


def stored() -> str:
    """Everything in the database, as text."""
    return "\n".join(connection.connection.iterdump())


def test_no_answer_log_or_row_has_a_secret(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    statuses = set()
    for answer in every_way(client):
        statuses.add(answer.status_code)
        assert holds_secret(said(answer)) == []
        assert answer.headers["Cache-Control"] == "no-store"
    assert statuses == {200, 422, 400}
    assert holds_secret(caplog.text) == []
    assert holds_secret(stored()) == []


@pytest.mark.parametrize("where", ["read_setup", "catalogues"])
def test_no_error_page_or_log_has_one_where_something_fails(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    def fail(*given: Any, **more: Any) -> Any:
        if where == "read_setup":
            raise ValueError(f"no number: {SECRETS}")
        raise OperationalError("database or disk is full")

    caplog.set_level(logging.DEBUG)
    client.raise_request_exception = False
    monkeypatch.setattr(service, where, fail)
    for answer in every_way(client):
        assert answer.status_code in ((200, 422, 400) if where == "read_setup" else (400, 500, 503)), where
        assert holds_secret(said(answer)) == []
    assert holds_secret(caplog.text) == []
    if where == "read_setup":
        assert "ValueError at" in caplog.text


def test_no_file_is_written_while_large_files_are_read(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*given: Any, **more: Any) -> Any:
        raise AssertionError("a file is written")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    padded = FILES["vnets.json"] + b" " * (2 * 1024 * 1024 - len(FILES["vnets.json"]))
    given = {"file": [SimpleUploadedFile(f"{number}.json", padded) for number in range(2)]}
    given["file"].append(SimpleUploadedFile("rest.json", FILES["gateways.json"]))
    assert 2 * len(padded) + len(FILES["gateways.json"]) < settings.FILES_BYTES
    for path in ("/api/v1/need?edition=2026", "/en/advice/open/?edition=2026"):
        for file in given["file"]:
            file.seek(0)
        assert client.post(path, given).status_code == 200
