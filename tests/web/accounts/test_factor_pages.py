"""The pages of a second factor: set up, new recovery codes, and removal by its owner or by a superuser."""

from __future__ import annotations

import re
from base64 import b32decode
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import hotp

from tests.faq.builders import account
from tests.web.accounts.builders import PASSWORD, Clock, code, give_factor, is_signed_in, password
from web.accounts.factors import factor_of, recovery_codes_left
from web.accounts.qr_codes import qr_code

pytestmark = pytest.mark.django_db

SET_UP, FACTOR = "/admin/second-factor/set-up/", "/admin/second-factor/"
CODE = re.compile(r"<code>([2-9A-Z]{5}-[2-9A-Z]{5})</code>")


def code_of_page(page: str, clock: Clock) -> str:
    """What an app shows that was told the key of a page."""
    key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert key is not None
    return f"{hotp(b32decode(key[1].replace(' ', '')), int(clock.now) // 30):06}"


def set_up(client: Client, clock: Clock, **more: str) -> Any:
    """Read the key of the page, and type its code."""
    page = client.get(SET_UP).content.decode()
    return client.post(SET_UP, {"code": code_of_page(page, clock)} | more)


def test_an_account_sets_up_a_factor_and_sees_its_recovery_codes_once(client: Client, clock: Clock) -> None:
    user = account("editor")
    password(client)
    assert SET_UP in client.get(FACTOR).content.decode()
    answer = set_up(client, clock, password=PASSWORD)
    codes = CODE.findall(answer.content.decode())
    assert len(codes) == 10
    assert "no-store" in answer.headers["Cache-Control"]
    assert factor_of(user)
    assert is_signed_in(client)
    assert not any(code in client.get(FACTOR).content.decode() for code in codes)
    assert client.get(SET_UP).url == FACTOR  # type: ignore[attr-defined]
    other = Client()
    password(other)
    assert code(other, codes[0]).status_code == 302


def test_who_has_to_set_one_up_is_signed_in_by_that(client: Client, clock: Clock, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    account("editor")
    client.post("/admin/login/?next=/nl/limits/", {"username": "somebody", "password": PASSWORD})
    answer = set_up(client, clock)
    page = answer.content.decode()
    assert len(CODE.findall(page)) == 10
    assert 'href="/nl/limits/"' in page
    assert is_signed_in(client)


def test_the_set_up_asks_who_is_signed_in_for_the_password(client: Client, clock: Clock) -> None:
    user = account("editor")
    password(client)
    for given in ({}, {"password": "wrong"}):
        assert set_up(client, clock, **given).status_code == 200
    assert factor_of(user) is None
    for _ in range(5):
        answer = set_up(client, clock, password="wrong")
    assert answer.status_code == 429


def test_a_wrong_code_sets_nothing_up_and_the_key_stays(client: Client, clock: Clock) -> None:
    user = account("editor")
    password(client)
    before = code_of_page(client.get(SET_UP).content.decode(), clock)
    answer = client.post(SET_UP, {"code": "000000", "password": PASSWORD})
    assert answer.status_code == 200
    assert code_of_page(answer.content.decode(), clock) == before
    assert factor_of(user) is None


@pytest.mark.parametrize("path", [SET_UP, FACTOR])
def test_a_stranger_is_asked_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path).url.startswith("/admin/login/?next=")  # type: ignore[attr-defined]
    assert client.post(path, {"code": "000000"}).url.startswith("/admin/login/?next=")  # type: ignore[attr-defined]


def test_other_sessions_end_when_a_factor_is_added_and_when_it_is_removed(client: Client, clock: Clock) -> None:
    account("editor")
    before, other = Client(), Client()
    for each in (client, before):
        password(each)
    set_up(client, clock, password=PASSWORD)
    assert (is_signed_in(client), is_signed_in(before)) == (True, False)
    clock.now += 30
    key = User.objects.get().totpdevice_set.get().key  # type: ignore[attr-defined]
    password(other)
    code(other, f"{hotp(bytes.fromhex(key), int(clock.now) // 30):06}")
    assert is_signed_in(other)
    clock.now += 30
    client.post(FACTOR, {"code": f"{hotp(bytes.fromhex(key), int(clock.now) // 30):06}", "remove": "x"})
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)


def signed_in_with_factor(client: Client, clock: Clock, role: str | None = "editor") -> User:
    """An account that is signed in with its second factor."""
    user = account(role)
    give_factor(user, clock)
    password(client)
    assert code(client, clock.code()).status_code == 302
    clock.now += 30
    return user


def test_new_recovery_codes_and_the_removal_take_a_code(client: Client, clock: Clock) -> None:
    user = signed_in_with_factor(client, clock)
    for action in ("renew", "remove"):
        assert client.post(FACTOR, {"code": "000000", action: "x"}).status_code == 200
    assert factor_of(user)
    answer = client.post(FACTOR, {"code": clock.code(), "renew": "x"})
    codes = CODE.findall(answer.content.decode())
    assert len(codes) == recovery_codes_left(user) == 10
    assert client.post(FACTOR, {"code": codes[0], "remove": "x"}).url == FACTOR  # type: ignore[attr-defined]
    assert factor_of(user) is None
    assert is_signed_in(client)


def test_codes_are_not_guessed_in_an_open_session(client: Client, clock: Clock) -> None:
    signed_in_with_factor(client, clock)
    codes = [client.post(FACTOR, {"code": "000000", "remove": "x"}).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_where_it_is_required_a_removal_ends_the_session(client: Client, clock: Clock, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    signed_in_with_factor(client, clock)
    client.post(FACTOR, {"code": clock.code(), "remove": "x"})
    assert not is_signed_in(client)
    assert password(client).url == SET_UP


def test_a_superuser_removes_the_factor_of_another_in_the_admin(client: Client, clock: Clock) -> None:
    lost = account("editor", "lost")
    give_factor(lost, clock)
    client.force_login(account(None, "root"))
    form, remove = f"/admin/auth/user/{lost.pk}/change/", f"/admin/auth/user/{lost.pk}/second-factor/"
    assert remove in client.get(form).content.decode()
    assert client.get(remove).status_code == 200
    assert factor_of(lost)
    assert client.post(remove).url == form  # type: ignore[attr-defined]
    assert factor_of(lost) is None
    assert LogEntry.objects.filter(object_id=str(lost.pk)).exists()
    assert remove not in client.get(form).content.decode()


def test_nobody_else_does_also_with_every_permission_on_accounts(client: Client, clock: Clock) -> None:
    from django.contrib.auth.models import Permission

    lost, manager = account("editor", "lost"), account("publisher", "manager")
    give_factor(lost, clock)
    manager.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    client.force_login(manager)
    remove = f"/admin/auth/user/{lost.pk}/second-factor/"
    assert remove not in client.get(f"/admin/auth/user/{lost.pk}/change/").content.decode()
    assert client.post(remove).status_code == 403
    assert factor_of(lost)


def test_the_admin_shows_no_keys(client: Client, clock: Clock) -> None:
    user = signed_in_with_factor(client, clock, None)
    key = user.totpdevice_set.get().key  # type: ignore[attr-defined]
    for path in ("/admin/", f"/admin/auth/user/{user.pk}/change/", FACTOR):
        page = client.get(path).content.decode()
        assert key not in page
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404


def test_the_command_lists_and_removes(clock: Clock) -> None:
    give_factor(account("editor", "lost"), clock)
    account(None, "root")
    out = StringIO()
    call_command("second_factor", "list", stdout=out)
    assert out.getvalue().splitlines() == ["second factor  lost", "password only  root"]
    call_command("second_factor", "remove", "lost", stdout=out)
    assert factor_of(User.objects.get(username="lost")) is None
    for name in ("lost", "nobody", None):
        with pytest.raises(CommandError):
            call_command("second_factor", *filter(None, ["remove", name]), stdout=out)


def test_a_qr_code_is_one_path_with_white_around_it() -> None:
    drawn = qr_code("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ")
    assert drawn.path.startswith("M4 4h7v1h-7z")  # the finder pattern in the corner
    assert re.fullmatch(r"(?:M\d+ \d+h\d+v1h-\d+z)+", drawn.path)
    assert max(int(x) + int(length) for x, length in re.findall(r"M(\d+) \d+h(\d+)", drawn.path)) == drawn.size - 4


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_keeps_to_the_policy_and_speaks_both_languages(
    client: Client, clock: Clock, language: str, settings: Any
) -> None:
    settings.OIDC_ISSUER = "https://login.example.org"
    user = signed_in_with_factor(client, clock, None)
    stranger = Client(headers={"Accept-Language": language})
    pages = [stranger.get("/admin/login/")]
    password(stranger)
    pages.append(stranger.get("/admin/login/code/"))
    pages.append(stranger.get("/admin/login/provider/callback/"))
    pages.append(client.get(FACTOR, headers={"Accept-Language": language}))
    pages.append(client.get(f"/admin/auth/user/{user.pk}/second-factor/", headers={"Accept-Language": language}))
    other = Client(headers={"Accept-Language": language})
    account("editor", "other")
    password(other, "other")
    pages.append(other.get(SET_UP))
    pages.append(set_up(other, clock, password=PASSWORD))
    for answer in pages:
        page = answer.content.decode()
        assert f'<html lang="{language}"' in page
        assert "style=" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)|\bon[a-z]+=", page)
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
