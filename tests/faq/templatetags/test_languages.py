"""What templates say of languages."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from faq.templatetags.languages import language_name, locale, own_name


@pytest.mark.parametrize(
    ("reader", "code", "name"),
    [("en", "nl", "Dutch"), ("en", "en", "English"), ("nl", "nl", "Nederlands"), ("nl", "en", "Engels")],
)
def test_a_language_is_called_as_its_reader_calls_it(reader: str, code: str, name: str) -> None:
    with override(reader):
        assert language_name(code) == name


def test_a_language_calls_itself_the_same_to_everybody() -> None:
    with override("en"):
        assert [own_name(code) for code in ("nl", "en")] == ["Nederlands", "English"]


def test_link_previews_are_told_a_locale() -> None:
    assert [locale(code) for code in ("nl", "en")] == ["nl_NL", "en_GB"]
