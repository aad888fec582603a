"""The page for an error of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_error_page_speaks_both_languages_and_needs_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("faq.pages.views.chosen_edition", broken)
    client.raise_request_exception = False
    answer = client.get("/nl/")
    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.content.decode()
    assert "Something went wrong" in answer.content.decode()
