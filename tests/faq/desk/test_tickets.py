"""Search with a text: a pasted ticket, or a selection."""

from __future__ import annotations

import pytest
from django.test import Client

from faq.desk.tickets import LONGEST_TEXT, sentences

pytestmark = pytest.mark.django_db

TICKET = """Beste collega,

Klant belt: hoeveel clients kunnen er tegelijk verbinden met point-to-site? Ze hebben er 150.
Daarnaast willen ze weten welke grootte het GatewaySubnet moet hebben.

Met vriendelijke groet,
Jan Jansen (jan.jansen@example.org, 06-12345678)
"""
CLIENTS = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"


def test_a_ticket_finds_the_entries_that_answer_it(client: Client) -> None:
    page = client.post("/nl/search/text/", {"text": TICKET})
    body = page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert f"/nl/faq/{CLIENTS}/" in body
    assert "gateway-subnet" in body.partition("<ol")[2]
    assert "<q>Klant belt: hoeveel clients kunnen er tegelijk verbinden met point-to-site?</q>" in body


def test_greetings_and_signatures_are_no_questions() -> None:
    assert sentences(TICKET) == [
        "Klant belt: hoeveel clients kunnen er tegelijk verbinden met point-to-site?",
        "Ze hebben er 150.",
        "Daarnaast willen ze weten welke grootte het GatewaySubnet moet hebben.",
    ]


@pytest.mark.parametrize(
    "closing",
    [
        "Met vriendelijke groet,", "met vriendelijke groeten", "Mvg", "M.v.g.", "Groeten,", "Groetjes!",
        "Kind regards,", "Best regards", "Regards,", "With kind regards,", "Yours sincerely,", "Thanks,", "> Mvg,",
        "Hartelijke groet",
    ],
)  # fmt: skip
def test_a_signature_ends_where_somebody_asks_again(closing: str) -> None:
    signature = "Jan Jansen\nAcme, the networks of tomorrow"
    written = f"Is BGP possible on Basic?\n{closing}\n\n{signature}\n\nAnd what about IKEv2?"
    assert sentences(written) == ["Is BGP possible on Basic?", "And what about IKEv2?"]


@pytest.mark.parametrize(
    "line", ["Met welke groep apparaten werkt het", "Thanks to BGP the routes are learned by themselves and stay so"]
)
def test_a_line_that_only_begins_like_a_closing_is_read(line: str) -> None:
    assert sentences(line) == [line]


def test_what_was_selected_comes_by_its_address(client: Client) -> None:
    page = client.get("/en/search/text/?text=How+many+clients+can+connect+at+once%3F").content.decode()
    assert f"/en/faq/{CLIENTS}/" in page


def test_a_text_without_a_question_that_is_answered_says_so(client: Client) -> None:
    page = client.post("/en/search/text/", {"text": "xyzzy plugh frotz nitfol"}).content.decode()
    assert "No entry answers a sentence of this text" in page


def test_too_long_a_text_is_refused_and_kept_in_its_field(client: Client) -> None:
    page = client.post("/en/search/text/", {"text": "a b c d. " * LONGEST_TEXT})
    assert page.status_code == 413
    assert f"has at most {LONGEST_TEXT} characters" in page.content.decode()
    assert "a b c d. a b c d." in page.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "\x00", "?" * 5000, "<script>alert(1)</script> a b c d", "\n" * 9999])
def test_whatever_is_pasted_is_answered(client: Client, text: str) -> None:
    answer = client.post("/en/search/text/", {"text": text})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
