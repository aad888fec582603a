"""What a question asks for."""

from __future__ import annotations

import pytest

from faq.search.query_text import asks_for_advice


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("40 vestigingen", True),
        ("10.0.0.0/16 overlapt", True),
        ("we hebben 5 extra kantoren", True),
        ("200 home workers", True),
        ("hoeveel vestigingen", False),
        ("ikev2 tunnel", False),
        ("/27", False),
    ],
)
def test_a_question_about_an_own_network_asks_for_advice(query: str, expected: bool) -> None:
    assert asks_for_advice(query) is expected
