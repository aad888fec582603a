"""Signing in with a password, and with a code where the account has a second factor."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from faq.models import AuditRecord
from tests.faq.builders import account
from tests.web.accounts.builders import PASSWORD, Clock, code, give_factor, is_signed_in, password
from web.accounts import guesses
from web.accounts.factors import factor_of
from web.accounts.pending import SECONDS
from web.counters import Quota

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(clock: Clock) -> User:
    """An editor with a second factor."""
    made = account("editor")
    give_factor(made, clock)
    return made


def page_of(answer: Any) -> str:
    """A page without its token and what was typed."""
    return re.sub(r'(csrfmiddlewaretoken"|name="username") value="[^"]*"', "", answer.content.decode())


def test_without_a_second_factor_the_password_is_enough(client: Client, clock: Clock) -> None:
    account("editor")
    answer: Any = client.post("/admin/login/?next=/nl/", {"username": "somebody", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/nl/")
    assert is_signed_in(client)


@pytest.mark.usefixtures("user")
def test_with_one_the_password_opens_nothing_until_the_code_is_right(client: Client, clock: Clock) -> None:
    answer: Any = client.post("/admin/login/?next=/nl/", {"username": "somebody", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/admin/login/code/")
    assert not is_signed_in(client)
    answer = code(client, clock.code())
    assert (answer.status_code, answer.url) == (302, "/nl/")
    assert is_signed_in(client)


@pytest.mark.usefixtures("user")
def test_before_the_password_is_right_nothing_tells_of_the_account_and_its_factor(client: Client, clock: Clock) -> None:
    account("editor", "without")
    pages = {page_of(password(client, name, "wrong")) for name in ("somebody", "without", "nobody")}
    assert len(pages) == 1
    assert "sessionid" not in client.cookies
    assert (client.get("/admin/login/code/").url, code(client, clock.code()).url) == ("/admin/login/",) * 2  # type: ignore[attr-defined]


@pytest.mark.usefixtures("user")
def test_wrong_codes_wait_as_wrong_passwords_do_and_on_every_device(client: Client, clock: Clock) -> None:
    password(client)
    answers = [code(client, "000000", headers={"Accept-Language": "en"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert (
        "Deze code klopt niet" in answers[-1].content.decode() or "This code is wrong" in answers[-1].content.decode()
    )
    assert code(client, clock.code()).status_code == 429
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert password(other).status_code == 429


@pytest.mark.usefixtures("user")
def test_a_wrong_code_and_signing_in_are_in_the_audit_log(client: Client, clock: Clock) -> None:
    password(client)
    code(client, "000000")
    code(client, clock.code())
    told = AuditRecord.objects.filter(action__in=("refused", "signed in")).order_by("pk")
    assert list(told.values_list("action", "label")) == [("refused", "somebody"), ("signed in", "somebody")]


@pytest.mark.usefixtures("user")
def test_the_right_password_does_not_begin_the_count_of_wrong_codes_again(clock: Clock) -> None:
    seen = []
    for number in range(7):
        attacker = Client(REMOTE_ADDR=f"198.51.100.{number}")
        if password(attacker).status_code == 302:
            seen.append(code(attacker, "000000").status_code)
    assert seen == [200] * 5


@pytest.mark.usefixtures("user")
def test_wrong_codes_are_counted_for_a_day_too(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "CODE_GUESSES", Quota("login-code", 6, 24 * 3600))
    seen = []
    for number in range(8):
        clock.now += 301
        attacker = Client(REMOTE_ADDR=f"198.51.100.{number}")
        password(attacker)
        seen.append(code(attacker, "000000").status_code)
    assert seen == [200] * 6 + [429] * 2


def test_codes_of_others_do_not_keep_an_account_from_its_own_device(user: User, clock: Clock) -> None:
    own, stranger = Client(), Client(REMOTE_ADDR="198.51.100.7")
    password(own)
    assert code(own, clock.code()).status_code == 302
    password(stranger)
    assert [code(stranger, "000000").status_code for _ in range(6)] == [200] * 5 + [429]
    clock.now += 30
    own.cookies.pop("sessionid")
    password(own)
    assert code(own, clock.code()).status_code == 302


def test_signing_in_with_a_code_begins_the_count_again(user: User, client: Client, clock: Clock) -> None:
    password(client)
    for _ in range(4):
        code(client, "000000")
    assert code(client, clock.code()).status_code == 302
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    assert [password(stranger, typed="wrong").status_code for _ in range(5)] == [200] * 5


def test_a_code_that_was_used_opens_no_other_session(user: User, client: Client, clock: Clock) -> None:
    password(client)
    used = clock.code()
    assert code(client, used).status_code == 302
    other = Client()
    password(other)
    assert code(other, used).status_code == 200
    assert not is_signed_in(other)


def test_a_recovery_code_signs_in_and_the_last_ones_are_told(client: Client, clock: Clock) -> None:
    codes = give_factor(account("editor"), clock)
    for number, recovery in enumerate(codes[:8]):
        own = Client()
        password(own)
        assert code(own, recovery, headers={"Accept-Language": "en"}).status_code == 302
        told = own.get("/admin/", headers={"Accept-Language": "en"}).content.decode()
        left = 9 - number
        assert (f"You have {left} recovery codes left" in told) is (left <= 3)


@pytest.mark.parametrize("seconds", [0, SECONDS - 1, SECONDS + 1])
def test_the_code_must_follow_the_password_in_ten_minutes(
    user: User, client: Client, clock: Clock, seconds: int
) -> None:
    password(client)
    clock.now += seconds
    answer = code(client, clock.code())
    assert is_signed_in(client) is (seconds < SECONDS)
    assert answer.url == ("/admin/" if seconds < SECONDS else "/admin/login/")


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"password": "md5$other"}])
def test_what_changed_since_the_password_ends_the_sign_in(
    user: User, client: Client, clock: Clock, change: dict[str, Any]
) -> None:
    password(client)
    User.objects.filter(pk=user.pk).update(**change)
    assert code(client, clock.code()).url == "/admin/login/"
    assert not is_signed_in(client)


def test_no_session_of_before_goes_on_after_the_password_or_the_code(user: User, client: Client, clock: Clock) -> None:
    keys = []
    for step in (lambda: None, lambda: password(client), lambda: code(client, clock.code())):
        step()
        keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert not Session.objects.filter(session_key__in=keys[:2]).exists()
    assert client.session.get_expiry_age() == 12 * 3600


@pytest.mark.usefixtures("user")
def test_the_way_on_does_not_lead_elsewhere(client: Client, clock: Clock) -> None:
    client.post("/admin/login/?next=//evil.example/", {"username": "somebody", "password": PASSWORD})
    assert code(client, clock.code()).url == "/admin/"


def test_where_a_second_factor_is_required_the_password_leads_to_its_set_up(
    client: Client, clock: Clock, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    user = account("editor")
    answer = password(client)
    assert (answer.status_code, answer.url) == (302, "/admin/second-factor/set-up/")
    assert not is_signed_in(client)
    assert client.get("/admin/second-factor/").status_code == 302
    assert client.get("/admin/second-factor/set-up/").status_code == 200
    assert factor_of(user) is None


def test_passwords_may_be_for_superusers_alone(client: Client, clock: Clock, settings: Any) -> None:
    settings.PASSWORDS = "superusers"
    account("editor")
    account(None, "root")
    refused, wrong = password(client), password(client, typed="wrong")
    assert refused.status_code == 200
    assert page_of(refused) == page_of(wrong)
    assert password(client, "root").status_code == 302
    assert is_signed_in(client)
