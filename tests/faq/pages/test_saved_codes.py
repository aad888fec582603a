"""What keeps codes is registered, and asked only for what was typed."""

from __future__ import annotations

import pytest

import config.urls  # noqa: F401 -- it registers what these tests take away
from faq.pages import saved_codes
from faq.pages.saved_codes import SavedCode


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_codes, "_find_codes", [])


def test_where_nothing_keeps_codes_there_are_none() -> None:
    assert saved_codes.saved_code("K7QFM-2XDRT") is None


def test_the_last_to_register_is_asked() -> None:
    saved_codes.register_codes(lambda typed: None)
    saved_codes.register_codes(lambda typed: SavedCode(typed, "/there/"))
    assert saved_codes.saved_code("code") == SavedCode("code", "/there/")
    assert saved_codes.saved_code("") is None
