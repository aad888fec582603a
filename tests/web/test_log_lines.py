"""How the log is written."""

from __future__ import annotations

import logging
import sys
from typing import Any

import pytest
from django.test import Client

from web.log_lines import JsonLines, RefusalsInOneLine, TextLines


@pytest.mark.parametrize("form", [TextLines, JsonLines])
@pytest.mark.parametrize(
    ("status", "has_traceback"), [(400, False), (403, False), (499, False), (500, True), (0, True)]
)
def test_a_request_that_was_refused_is_told_in_one_line(
    form: type[logging.Formatter], status: int, has_traceback: bool
) -> None:
    try:
        raise ValueError("no such language")
    except ValueError:
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Bad Request", (), sys.exc_info())
    if status:
        record.status_code = status
    assert RefusalsInOneLine().filter(record)
    written = form().format(record)
    assert ("Traceback" in written) is bool(has_traceback)
    assert has_traceback or "\n" not in written


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", ".."])
def test_another_host_adds_a_line_to_the_log(client: Client, caplog: Any, host: str) -> None:
    with caplog.filtering(RefusalsInOneLine()):
        assert client.get("/nl/", headers={"Host": host}).status_code == 400
    assert caplog.text.strip()
    assert "Traceback" not in caplog.text
