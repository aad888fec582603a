"""What an operator may set of the provider that signs people in."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.accounts.provider_settings import authorities_at, issuer, roles_by_value, secret_in

ROLES = ("desk", "publisher", "superuser")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://login.example.org",
        "https://login.example.org/tenant/v2.0",
        "https://login.example.org:8443/realms/x/",
        "http://127.0.0.1:8080",
        "http://localhost:8080/realm",
        "http://[::1]:8080",
    ],
)
def test_an_issuer_is_kept_as_it_is_written(text: str) -> None:
    assert issuer(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("login.example.org", "http://login.example.org", "http://10.0.0.1", "ftp://login.example.org", "https://"),
        *("https://a@b.example", "https://a.example/?x=1", "https://a.example/#x", "http://127.0.0.1.example.org"),
        "file:///etc/passwd",
    ],
)
def test_what_is_no_issuer_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an issuer"):
        issuer(text)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("", {}),
        ("Gw.Publisher=publisher", {"Gw.Publisher": "publisher"}),
        (" a = desk , b=publisher,", {"a": "desk", "b": "publisher"}),
        ("Service desk=desk; Root=superuser", {"Service desk": "desk", "Root": "superuser"}),
        ("CN=desk=desk", {"CN=desk": "desk"}),
    ],
)
def test_values_have_roles(text: str, roles: dict[str, str]) -> None:
    assert roles_by_value(text, ROLES) == roles


@pytest.mark.parametrize("text", ["publisher", "=desk", "a=", "a=boss", "a=Desk"])
def test_what_is_no_role_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the roles are desk, publisher, superuser"):
        roles_by_value(text, ROLES)


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("open-sesame\n")
    assert secret_in(str(file)) == "open-sesame"
    for wrong, content in (("empty", b" \n"), ("binary", b"\xff\xfe\xff")):
        (tmp_path / wrong).write_bytes(content)
        with pytest.raises(ValueError, match="file"):
            secret_in(str(tmp_path / wrong))


def test_authorities_are_certificates(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\n")
    assert authorities_at(str(file)) == str(file)
    file.write_text("something else")
    with pytest.raises(ValueError, match="no certificates"):
        authorities_at(str(file))
