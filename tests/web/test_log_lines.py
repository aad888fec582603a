"""What is told of a refusal in the log."""

from __future__ import annotations

import logging
import sys
from typing import Any

import pytest
from django.core.exceptions import BadRequest, DisallowedHost, RequestDataTooBig
from django.test import Client

from web.log_lines import RefusalsInOneLine


def record_of(fault: Exception) -> logging.LogRecord:
    """A record with the traceback of what was raised."""
    try:
        raise fault
    except Exception:
        return logging.LogRecord("django.request", logging.WARNING, "", 0, "Bad Request", (), sys.exc_info())


@pytest.mark.parametrize("fault", [BadRequest("x"), DisallowedHost("x"), RequestDataTooBig("x")], ids=repr)
def test_a_refusal_is_one_line(fault: Exception) -> None:
    record = record_of(fault)
    assert RefusalsInOneLine().filter(record)
    assert record.exc_info is None


def test_a_fault_of_the_site_keeps_its_traceback() -> None:
    record = record_of(ValueError("x"))
    assert RefusalsInOneLine().filter(record)
    assert record.exc_info is not None


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Host": ".."}])
def test_another_host_adds_a_line_to_the_log(client: Client, caplog: Any, headers: dict[str, str]) -> None:
    with caplog.filtering(RefusalsInOneLine()):
        assert client.get("/nl/", headers=headers).status_code == 400
    assert caplog.text.strip()
    assert "Traceback" not in caplog.text
