"""What the doctor of the installation finds, and what it tells to do."""

from __future__ import annotations

import fcntl
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import OperationalError
from django_otp.plugins.otp_totp.models import TOTPDevice

from config import doctor
from faq.search.index_keeper import LOCK
from faq.search.indexer import ensure_index
from tests.faq.builders import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An installation in which nothing is missing or unsafe: its settings."""
    ensure_index()
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").touch()
    settings.DEBUG, settings.PROXIES, settings.SECURE = False, 1, True
    settings.ORIGIN, settings.SECURITY_CONTACT = "https://gatewijzer.example.org", "mailto:a@example.org"
    (tmp_path / "secret-key").touch(mode=0o600)
    User.objects.create_superuser("root")  # without a password, which nobody can sign in with
    monkeypatch.setattr(doctor, "is_free", lambda lock: False)
    monkeypatch.setattr(doctor, "file_of", lambda database: None)
    return settings


def told() -> str:
    """What the command says."""
    out = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("doctor", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("well")
def test_where_all_is_well_it_says_so() -> None:
    out = StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue() == "Nothing is missing or unsafe.\n"


@pytest.mark.parametrize(
    ("changed", "what", "do"),
    [
        ({"DEBUG": True}, "unsafe   error pages show the code", "unset GATEWIJZER_DEBUG"),
        ({"ORIGIN": "http://127.0.0.1:8000", "SECURE": False}, "only this machine reaches it", "GATEWIJZER_ORIGIN"),
        ({"ORIGIN": "http://a.example.org", "SECURE": False}, "is not encrypted", "a proxy with TLS"),
        ({"PROXIES": 0}, "all visitors count as one client", "GATEWIJZER_PROXIES"),
        ({"SECURITY_CONTACT": ""}, "whom to write to", "GATEWIJZER_SECURITY_CONTACT"),
        ({"OIDC_ISSUER": "http://127.0.0.1:1"}, "signs in as anybody", "a provider with https"),
        ({"OIDC_ISSUER": "https://a.example", "OIDC_UNKNOWN": "create"}, "none gets a role", "GATEWIJZER_OIDC_ROLES"),
    ],
)
def test_a_setting_that_is_missing_or_unsafe_is_named(well: Any, changed: dict[str, Any], what: str, do: str) -> None:
    for name, value in changed.items():
        setattr(well, name, value)
    said = told()
    assert what in said
    assert do in said
    assert said.count("->") == 1
    assert [warning.id for warning in doctor.deployed()] == ["config.W002"]


def test_files_that_others_may_read_are_named(well: Any) -> None:
    (well.DATA_DIR / "secret-key").chmod(0o640)
    assert f"run chmod 600 {well.DATA_DIR / 'secret-key'}" in told()


def test_a_full_disk_is_told_before_it_is_full(well: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.doctor.shutil.disk_usage", lambda path: SimpleNamespace(free=7 * 1024**2))
    assert "7 MB are free" in told()


def test_static_files_that_were_not_collected_are_told(well: Any) -> None:
    (well.STATIC_ROOT / "staticfiles.json").unlink()
    assert "manage.py collectstatic" in told()


def test_without_an_account_it_says_how_to_make_one(well: Any) -> None:
    User.objects.all().delete()
    assert "manage.py createsuperuser" in told()


def test_accounts_that_a_password_alone_opens_are_named(well: Any) -> None:
    for number in range(7):
        account("publisher", f"publisher{number}")
    account("editor", "editor")
    TOTPDevice.objects.create(user=account("publisher", "safe"))
    said = told()
    assert "without a second factor: 7 (publisher0, publisher1, publisher2, publisher3, publisher4 …)" in said
    assert "GATEWIJZER_SECOND_FACTOR=required" in said
    well.SECOND_FACTOR = "required"
    out = StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue() == "Nothing is missing or unsafe.\n"


def test_people_who_come_back_from_the_provider_are_encrypted(well: Any) -> None:
    well.OIDC_ISSUER, well.ORIGIN, well.SECURE = "https://a.example", "http://a.example.org", False
    assert "come back from the provider of sign-ins without encryption" in told()


def test_a_database_that_does_not_answer_is_told_once(well: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> Any:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(doctor, "EXAMINED", (broken, broken, doctor.unsafe_settings))
    assert told().count("unable to open database file") == 1


def test_whether_somebody_builds_the_index_is_seen_by_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / LOCK
    assert doctor.is_free(lock)
    with lock.open("w") as handle:
        assert doctor.is_free(lock)
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert not doctor.is_free(lock)
