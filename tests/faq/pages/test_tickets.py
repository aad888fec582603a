"""The page that answers a pasted ticket, and the reply."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from faq.desk.mail_text import LONGEST_TEXT
from tests.faq.desk.mails import CLIENTS, MAILS

pytestmark = pytest.mark.django_db

FIVE = MAILS[0].text
IN_2026 = "?edition=2026"


def answered(client: Client, text: str, path: str = f"/nl/search/text/{IN_2026}") -> str:
    """The page that answers a text."""
    page = client.post(path, {"text": text})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    return str(page.content.decode())


def fields(page: str, *, ticked: bool = True) -> dict[str, list[str]]:
    """What the reply's form of a page sends."""
    sent: dict[str, list[str]] = {"language": re.findall(r'<option value="(\w+)" selected', page)}
    for name, value in re.findall(r'<input type="hidden" name="(asked-\d+)" value="([^"]*)"', page):
        sent.setdefault(name, []).append(unescape(value))
    for box in re.findall(r'<input type="checkbox"[^>]*>', page):
        name, value = re.findall(r'name="([^"]+)" value="([^"]+)"', box)[0]
        if "checked" in box and ticked:
            sent.setdefault(name, []).append(value)
    return sent


def test_a_mail_is_answered_in_its_order_with_each_question_above_its_answer(client: Client) -> None:
    page = answered(client, FIVE)
    quoted = [unescape(found) for found in re.findall(r"<q>([^<]*)</q>", page)]
    assert [quote.split()[0] for quote in quoted[:5]] == ["Hoeveel", "Daarnaast:", "Werkt", "Verder", "Tot"]
    assert page.count("checked>") == 5
    assert "5 antwoorden" in page
    assert page.index("<q>Hoeveel") < page.index(f'value="{CLIENTS}"') < page.index("<q>Daarnaast")


def test_whole_answers_are_on_the_page_and_every_link_of_them_opens_a_new_tab(client: Client) -> None:
    found = answered(client, FIVE).partition('id="reply"')[2].partition("</form>")[0]
    assert found.count('<details class="unfold">') == 5
    links = re.findall(r"<a\b[^>]*>", found)
    assert links
    assert [link for link in links if 'target="_blank"' not in link] == []
    assert "nieuw tabblad" in found


def test_a_question_without_an_answer_can_be_searched_for_without_telling_who_asked(client: Client) -> None:
    page = answered(client, "Wie belt jan.jansen@example.org terug over de kapotte printer op kantoor?")
    assert "Geen antwoord op" in page
    (asked,) = re.findall(r'href="/nl/search/\?q=([^"]*)"', page)
    assert "printer" in asked
    assert "jansen" not in asked


def test_a_script_gets_the_answers_by_themselves(client: Client) -> None:
    part = client.post("/nl/search/text/", {"text": FIVE}, headers={"HX-Request": "true"})
    assert part.headers["Cache-Control"] == "no-store"
    assert "<html" not in part.content.decode()
    assert 'id="reply"' in part.content.decode()


def test_the_empty_page_may_be_kept_by_the_browser(client: Client) -> None:
    page = client.get("/nl/search/text/")
    assert "no-store" not in page.headers.get("Cache-Control", "")
    assert page.cookies == {}
    assert 'rows="12"' in page.content.decode()


def test_what_was_selected_comes_by_its_address(client: Client) -> None:
    page = client.get("/en/search/text/?text=How+many+clients+can+connect+at+once%3F").content.decode()
    assert f'value="{CLIENTS}"' in page


def test_a_text_without_a_question_that_is_answered_says_so(client: Client) -> None:
    assert "No entry answers a sentence of this text" in answered(
        client, "xyzzy plugh frotz nitfol", "/en/search/text/"
    )


def test_too_long_a_text_is_refused_and_kept_in_its_field(client: Client) -> None:
    page = client.post("/en/search/text/", {"text": "a b c d. " * LONGEST_TEXT})
    assert page.status_code == 413
    body = page.content.decode()
    assert f"has at most {LONGEST_TEXT} characters" in body
    assert "<title>Error: " in body
    assert "a b c d. a b c d." in body


@pytest.mark.parametrize("text", ["", "   ", "\x00", "?" * 5000, "<script>alert(1)</script> a b c d", "\n" * 9999])
def test_whatever_is_pasted_is_answered(client: Client, text: str) -> None:
    answer = client.post("/en/search/text/", {"text": text})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_the_ticked_answers_make_a_reply_in_the_language_of_the_mail(client: Client) -> None:
    page = answered(client, FIVE, f"/en/search/text/{IN_2026}")
    reply = client.post(f"/en/search/text/reply/{IN_2026}", fields(page))
    assert reply.headers["Cache-Control"] == "no-store"
    text = unescape(re.findall(r"<textarea[^>]*>(.*)</textarea>", reply.content.decode(), re.DOTALL)[0])
    assert text.startswith("Goedendag,")
    questions = [line for line in text.splitlines() if line.startswith("> ")]
    assert [question.split()[1] for question in questions] == ["Hoeveel", "Daarnaast:", "Werkt", "Verder", "Tot"]
    assert text.count(f"{settings.ORIGIN}/nl/faq/") >= 5


def test_a_script_gets_the_reply_as_text_and_as_html(client: Client) -> None:
    sent = fields(answered(client, FIVE)) | {"language": "en"}
    reply = client.post(f"/nl/search/text/reply/{IN_2026}", sent, headers={"Accept": "application/json"})
    told = reply.json()
    assert told["text"].startswith("Hello,")
    assert told["html"].count("<blockquote>") == 5
    assert f"{settings.ORIGIN}/en/faq/{CLIENTS}/" in told["text"]


def test_a_reply_follows_the_mail_whatever_was_ticked_in_place(client: Client) -> None:
    sent = {"language": "en", "asked-10": "Last?", "answer-10": [CLIENTS], "asked-2": "First?"}
    sent |= {"answer-2": ["what-is-expressroute", "is-bgp-supported-on-all-azure-vpn-gateway-skus"]}
    told = client.post("/en/search/text/reply/", sent, headers={"Accept": "application/json"}).json()["text"]
    assert told.index("> First?") < told.index("> Last?")
    assert told.count("More: ") == 3


def test_a_reply_without_an_answer_says_what_to_do(client: Client) -> None:
    page = client.post("/en/search/text/reply/", {"asked-0": "What?"})
    assert page.status_code == 422
    assert "Tick at least one answer" in page.content.decode()


@pytest.mark.parametrize("sent", [{"answer-1": "no-such-entry"}, {"answer-x": CLIENTS}, {"answer-9999": CLIENTS}])
def test_what_the_page_does_not_send_is_no_answer(client: Client, sent: dict[str, str]) -> None:
    assert client.post("/en/search/text/reply/", sent).status_code == 422


def test_more_than_a_text_can_ask_is_refused(client: Client) -> None:
    assert client.post("/en/search/text/reply/", {f"answer-{n}": CLIENTS for n in range(300)}).status_code == 400


@pytest.mark.parametrize("page", ["/nl/", "/nl/search/", "/nl/search/?q=bgp"])
def test_the_page_is_linked_from(client: Client, page: str) -> None:
    assert 'href="/nl/search/text/"' in client.get(page).content.decode()
