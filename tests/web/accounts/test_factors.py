"""Codes of an app and recovery codes: which are accepted, and that none is accepted twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.faq.builders import account
from tests.served import ROOT
from tests.web.accounts.builders import KEY, Clock, give_factor
from web.accounts.factors import (
    accepts,
    add_factor,
    factor_of,
    key_to_type,
    key_url,
    new_key,
    recovery_codes_left,
    remove_factor,
    renew_recovery_codes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    """An editor."""
    return account("editor")


def test_a_code_of_the_app_is_that_of_the_rfc(user: User, clock: Clock) -> None:
    clock.now = 1_111_111_109  # RFC 6238, appendix B: 07081804, of which an app shows six digits
    assert clock.code() == "081804"
    assert add_factor(user, KEY, "081804") is not None


def test_a_code_is_accepted_once(user: User, clock: Clock) -> None:
    give_factor(user, clock)
    assert accepts(user, clock.code())
    assert not accepts(user, clock.code())
    clock.now += 30
    assert accepts(user, clock.code())


def test_the_code_that_set_a_factor_up_is_not_accepted_again(user: User, clock: Clock) -> None:
    first = clock.code()
    add_factor(user, KEY, first)
    assert not accepts(user, first)


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_clock_of_a_phone_may_be_off_by_one_step(user: User, clock: Clock, steps: int, accepted: bool) -> None:
    give_factor(user, clock)
    clock.now += 300
    assert accepts(user, clock.code(steps)) is accepted


def test_a_clock_that_is_off_is_not_followed(user: User, clock: Clock) -> None:
    give_factor(user, clock)
    clock.now += 300
    assert accepts(user, clock.code(1))
    clock.now += 300
    assert not accepts(user, clock.code(2))


@pytest.mark.parametrize("spelled", ["{}", " {} ", "{:.3} {}", "{:.3}-{}"])
def test_a_code_may_be_typed_in_groups(user: User, clock: Clock, spelled: str) -> None:
    give_factor(user, clock)
    shown = clock.code()
    assert accepts(user, spelled.format(*([shown] if "{:.3}" not in spelled else [shown, shown[3:]])))


@pytest.mark.parametrize(
    "typed",
    ["", " ", "12345", "1234567", "0x1234", "1_2345", "+12345", "-12345", "1e0005", "\x00", "é" * 40, "None"],
)
def test_what_is_no_code_is_refused(user: User, clock: Clock, typed: str) -> None:
    give_factor(user, clock)
    assert not accepts(user, typed)
    assert add_factor(account("editor", "other"), new_key(), typed) is None


def test_a_recovery_code_works_once_however_it_is_typed(user: User, clock: Clock) -> None:
    codes = give_factor(user, clock)
    assert len(set(codes)) == recovery_codes_left(user) == 10
    assert accepts(user, codes[0])
    assert not accepts(user, codes[0])
    assert accepts(user, codes[1].lower().replace("-", " "))
    assert not accepts(user, codes[1])
    assert recovery_codes_left(user) == 8


def test_new_recovery_codes_take_the_place_of_the_old(user: User, clock: Clock) -> None:
    (old, *_), new = give_factor(user, clock), renew_recovery_codes(user)
    assert not accepts(user, old)
    assert accepts(user, new[0])


def test_a_recovery_code_is_of_one_account(user: User, clock: Clock) -> None:
    other = account("editor", "other")
    codes = give_factor(user, clock)
    give_factor(other, clock)
    assert not accepts(other, codes[0])


def test_recovery_codes_are_not_stored_as_they_are_typed(user: User, clock: Clock) -> None:
    codes = {code.replace("-", "") for code in give_factor(user, clock)}
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10
    assert not any(code in token or token in code for code in codes for token in stored)


def test_a_wrong_code_sets_nothing_up(user: User, clock: Clock) -> None:
    assert add_factor(user, new_key(), clock.code()) is None
    assert factor_of(user) is None
    assert not accepts(user, clock.code())


def test_an_account_has_one_factor(user: User, clock: Clock) -> None:
    give_factor(user, clock)
    other = new_key()
    assert add_factor(user, KEY, clock.code()) is None
    assert TOTPDevice.objects.get(user=user).key != other


def test_what_is_removed_is_gone(user: User, clock: Clock) -> None:
    codes = give_factor(user, clock)
    assert remove_factor(user)
    assert factor_of(user) is None
    assert not accepts(user, clock.code())
    assert not accepts(user, codes[0])
    assert not remove_factor(user)


def test_a_key_can_be_scanned_and_typed(user: User, settings: object) -> None:
    assert key_to_type(KEY) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert key_url(user, KEY).startswith("otpauth://totp/Gatewijzer%3Asomebody?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert len(bytes.fromhex(new_key())) == 20
    assert new_key() != new_key()


AT_THE_SAME_TIME = """
import threading, time
import django
django.setup()
from django.core.management import call_command
from django.contrib.auth.models import User
from django.db import connection
from tests.web.accounts.builders import KEY, Clock
from web.accounts import factors
for app in ("auth", "otp_totp", "otp_static"):
    call_command("migrate", app, verbosity=0, skip_checks=True)
User.objects.all().delete()
clock = time.time = Clock()
user = User.objects.create(username="somebody")
recovery = factors.add_factor(user, KEY, clock.code())[0]
clock.now += 30
for typed in (clock.code(), recovery):
    barrier, accepted = threading.Barrier(8), []
    def guess():
        barrier.wait()
        accepted.append(factors.accepts(user, typed))
        connection.close()
    threads = [threading.Thread(target=guess) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    print(len(accepted), sum(accepted))
"""


def test_of_eight_that_type_one_code_at_the_same_time_one_gets_in(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "GATEWIJZER_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_SAME_TIME], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split("\n")[:2] == ["8 1", "8 1"], done.stderr
