"""Questions that visitors sent, on the editors' to-do list."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from faq.models import AskedQuestion
from tests.faq.builders import EXPRESSROUTE, account, example

pytestmark = pytest.mark.django_db

TO_DO = "/admin/faq/entry/queue/"


@pytest.fixture
def sent() -> AskedQuestion:
    """A question that was sent twice."""
    made: AskedQuestion = AskedQuestion.objects.create(
        week=date(2026, 11, 23), edition="2016-12", language="en", text="how to knit a scarf", sent=2
    )
    return made


def dismissal(question: AskedQuestion) -> str:
    """Where a question is dismissed."""
    return reverse("admin:faq_askedquestion_dismiss", args=[question.pk])


def test_the_list_shows_its_count_its_last_week_and_the_ways_on(client: Client, sent: AskedQuestion) -> None:
    client.force_login(account("editor"))
    page = client.get(TO_DO, headers={"Accept-Language": "en"}).content.decode()
    assert "how to knit a scarf" in page
    assert "sent 2 times, the last time in the week of November 23, 2026" in page
    assert reverse("admin:faq_askedquestion_add_phrasing", args=[sent.pk]) in page
    assert f'action="{dismissal(sent)}"' in page


def test_dismissing_takes_it_off_and_leads_back(client: Client, sent: AskedQuestion) -> None:
    client.force_login(account("editor"))
    answer = client.post(dismissal(sent))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{TO_DO}?edition=2016-12")
    assert "how to knit a scarf" not in client.get(TO_DO).content.decode()


def test_adding_it_as_a_phrasing_takes_it_off_too(client: Client, sent: AskedQuestion) -> None:
    client.force_login(account("publisher"))
    address = reverse("admin:faq_askedquestion_add_phrasing", args=[sent.pk])
    assert client.post(address, {"entry": example(EXPRESSROUTE).pk}).status_code == 302
    sent.refresh_from_db()
    assert sent.is_settled


@pytest.mark.parametrize(("role", "status"), [("desk", 403), ("reader", 403), ("editor", 302), (None, 302)])
def test_those_who_add_phrasings_dismiss(client: Client, sent: AskedQuestion, role: str | None, status: int) -> None:
    client.force_login(account(role))
    assert client.post(dismissal(sent)).status_code == status
    sent.refresh_from_db()
    assert sent.is_settled == (status == 302)


def test_a_visitor_is_sent_to_sign_in_and_reading_dismisses_nothing(client: Client, sent: AskedQuestion) -> None:
    assert client.post(dismissal(sent)).headers["Location"].startswith("/admin/login/")
    client.force_login(account("editor"))
    assert client.get(dismissal(sent)).status_code == 405
    sent.refresh_from_db()
    assert not sent.is_settled
