"""Signing in at the provider of an organization: the whole way, and every token that is not to be trusted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.faq.builders import account
from tests.ports import free_port
from tests.web.accounts.builders import Clock, code, give_factor, is_signed_in
from tests.web.accounts.providers import CLIENT, SECRET, Provider, parameters, providing, says_yes
from web.accounts import provider as asked
from web.accounts import provider_pages
from web.accounts.models import ProviderIdentity
from web.counters import Quota

pytestmark = pytest.mark.django_db

BEGIN, CALLBACK = "/admin/login/provider/", "/admin/login/provider/callback/"
MODEL = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """A provider for all tests."""
    with providing() as made:
        yield made


@pytest.fixture
def provider(running: Provider, settings: Any) -> Iterator[Provider]:
    """A provider that a site uses, which says what it should."""
    fresh = Provider()
    for name in ("claims", "signs_with", "algorithm", "key_id", "described", "answers", "asked", "codes"):
        setattr(running, name, getattr(fresh, name))
    settings.OIDC_ISSUER, settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = running.origin, CLIENT, SECRET
    settings.AUTHENTICATION_BACKENDS = [MODEL, "web.accounts.provider_accounts.ProviderBackend"]
    asked._described.cache_clear()
    yield running
    asked._described.cache_clear()


def come_back(client: Client, begin: str = BEGIN) -> Any:
    """Go to the provider, say yes, and come back."""
    return client.get(says_yes(client.get(begin).url), headers={"Accept-Language": "en"})  # type: ignore[attr-defined]


def test_an_account_signs_in_and_goes_where_it_wanted(client: Client, provider: Provider) -> None:
    account("editor")
    answer = come_back(client, f"{BEGIN}?next=/nl/limits/")
    assert (answer.status_code, answer.url) == (302, "/nl/limits/")
    assert is_signed_in(client)
    assert ProviderIdentity.objects.get().subject == "s-1"


def test_the_provider_is_asked_as_the_standards_say(client: Client, provider: Provider) -> None:
    account("editor")
    come_back(client)
    paths = [(method, path) for method, path, _ in provider.asked]
    assert paths == [
        *[("GET", "/.well-known/openid-configuration"), ("GET", "/authorization")],
        *[("POST", "/token"), ("GET", "/keys")],
    ]
    sent = provider.asked[1][2]
    assert (sent["response_type"], sent["client_id"]) == ("code", CLIENT)
    assert sent["scope"].split()[0] == "openid"
    assert sent["redirect_uri"] == f"http://testserver{CALLBACK}"
    assert len(sent["state"]) >= 32
    assert len(sent["nonce"]) >= 32
    assert SECRET not in str(provider.asked[1])
    come_back(Client())
    assert [path for _, path, _ in provider.asked].count("/.well-known/openid-configuration") == 1


NOT_TRUSTED: tuple[dict[str, Any], ...] = (
    *({"claims": {"nonce": wrong}} for wrong in ("other", "", None)),
    *({"claims": {"aud": wrong}} for wrong in ("other", ["other"], [], None, "")),
    *({"claims": {"iss": wrong}} for wrong in ("https://evil.example", None)),
    *({"claims": {"exp": wrong}} for wrong in (1, 1_700_000_000, None, "soon")),
    {"claims": {"iat": None}},
    {"claims": {"nbf": 4_000_000_000}},
    {"claims": {"azp": "other"}},
    *({"claims": {"sub": wrong}} for wrong in (None, "", 7, "s" * 256)),
    *({"algorithm": wrong} for wrong in ("none", "HS256", "public key as a secret", "RS512", "PS256")),
    {"signs_with": 2},
    {"key_id": "other"},
    *({"claims": {"preferred_username": wrong}} for wrong in (None, "", 7, ["somebody"], "a" * 151, "some body\x00")),
    *({"answers": {"/token": (200, wrong)}} for wrong in (b"[]", b"{}", b"<html>", b"\xff", b'{"id_token": 7}')),
    *({"answers": {"/keys": (200, wrong)}} for wrong in (b"[]", b"{}", b'{"keys": 7}', b'{"keys": [7]}', b"<html>")),
)


@pytest.mark.parametrize("wrong", NOT_TRUSTED, ids=str)
def test_what_is_not_to_be_trusted_signs_nobody_in(client: Client, provider: Provider, wrong: dict[str, Any]) -> None:
    account("editor")
    for name, value in wrong.items():
        setattr(provider, name, value)
    answer = come_back(client)
    assert answer.status_code == 403
    assert "cannot be used here" in answer.content.decode()
    assert not is_signed_in(client)
    assert not ProviderIdentity.objects.exists()


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize("answer", [(500, b""), (404, b"{}"), (302, b""), (400, b"x"), (200, b"x" * 2**21)])
def test_a_provider_that_fails_is_a_page_in_words(
    client: Client, provider: Provider, path: str, answer: tuple[int, bytes]
) -> None:
    provider.answers = {path: answer}
    told = client.get(BEGIN) if path.startswith("/.well") else come_back(client)
    assert told.status_code == 503
    assert "/elsewhere" not in {path for _, path, _ in provider.asked}
    assert not is_signed_in(client)


def test_a_provider_that_is_not_there_is_a_page_in_words(client: Client, provider: Provider, settings: Any) -> None:
    settings.OIDC_ISSUER = f"http://127.0.0.1:{free_port()}"
    answer = client.get(BEGIN, headers={"Accept-Language": "en"})
    assert answer.status_code == 503
    assert "does not answer as it should" in answer.content.decode()


def test_a_provider_that_is_slow_is_not_waited_for(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "SECONDS", 0.2)

    def slow(*_: Any) -> tuple[int, Any]:
        time.sleep(1)
        return 200, {}

    monkeypatch.setattr(Provider, "answer", slow)
    assert client.get(BEGIN).status_code == 503


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://other.example"},
        {"issuer": None},
        {"token_endpoint": None},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": 7},
    ],
    ids=str,
)
def test_a_description_of_another_provider_is_refused(
    client: Client, provider: Provider, described: dict[str, Any]
) -> None:
    provider.described = described
    assert client.get(BEGIN).status_code == 403


@pytest.mark.parametrize("state", ["", "other", "a" * 5000, "\x01"])
def test_a_state_that_was_not_sent_signs_nobody_in(client: Client, provider: Provider, state: str) -> None:
    account("editor")
    back = parameters(says_yes(client.get(BEGIN).url))  # type: ignore[attr-defined]
    answer = client.get(CALLBACK, back | {"state": state})
    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_the_way_back_works_once_and_only_in_the_browser_that_began(client: Client, provider: Provider) -> None:
    account("editor")
    back = says_yes(client.get(BEGIN).url)  # type: ignore[attr-defined]
    other = Client()
    assert other.get(back).status_code == 403
    assert client.get(back).status_code == 302
    client.logout()
    assert client.get(back).status_code == 403


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"error": "access_denied"}, {"error": "x", "state": "y"}])
def test_a_way_back_without_a_beginning_is_told_and_signs_nobody_out(
    client: Client, provider: Provider, query: dict[str, str]
) -> None:
    assert client.get(CALLBACK, query).status_code == 403
    client.force_login(account("editor"), MODEL)
    assert client.get(CALLBACK, query).status_code == 403
    assert is_signed_in(client)


def test_who_says_no_at_the_provider_is_told_so(client: Client, provider: Provider) -> None:
    state = parameters(client.get(BEGIN).url)["state"]  # type: ignore[attr-defined]
    answer = client.get(CALLBACK, {"error": "access_denied", "state": state}, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "did not let you through" in answer.content.decode()
    assert client.get(CALLBACK, {"code": "x", "state": state}).status_code == 403


@pytest.mark.parametrize("path", [BEGIN, CALLBACK])
def test_without_the_setting_there_is_no_such_page_and_no_button(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert BEGIN not in client.get("/admin/login/").content.decode()


def test_with_the_setting_there_is_a_button(client: Client, provider: Provider) -> None:
    assert f'href="{BEGIN}?next=/nl/"' in client.get("/admin/login/?next=/nl/").content.decode()


def test_the_way_on_does_not_lead_elsewhere(client: Client, provider: Provider) -> None:
    account("editor")
    assert come_back(client, f"{BEGIN}?next=https://evil.example/").url == "/admin/"


def test_a_client_is_not_sent_to_the_provider_without_end(
    client: Client, provider: Provider, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_pages, "BEGUN", Quota("login-provider", 3, 300))
    assert [client.get(BEGIN).status_code for _ in range(4)] == [302] * 3 + [429]


class TestAccounts:
    """Which account somebody has."""

    def test_an_unknown_person_is_refused(self, client: Client, provider: Provider) -> None:
        assert come_back(client).status_code == 403
        assert not User.objects.exists()

    def test_or_created_without_rights_where_a_setting_says_so(
        self, client: Client, provider: Provider, settings: Any
    ) -> None:
        settings.OIDC_UNKNOWN = "create"
        answer = come_back(client)
        assert answer.status_code == 403
        assert "has no role" in answer.content.decode()
        user = User.objects.get()
        assert (user.username, user.is_staff, user.is_superuser) == ("somebody", False, False)
        assert not user.has_usable_password()
        User.objects.update(is_staff=True)
        assert come_back(client).status_code == 302

    def test_the_subject_counts_and_not_the_name(self, client: Client, provider: Provider) -> None:
        user = account("editor")
        come_back(client)
        provider.claims = {"preferred_username": "renamed"}
        assert come_back(client).status_code == 302
        assert client.session["_auth_user_id"] == str(user.pk)
        provider.claims = {"sub": "s-2"}
        assert come_back(other := Client()).status_code == 403
        assert not is_signed_in(other)

    @pytest.mark.parametrize("name", ["SOMEBODY", "Somebody"])
    def test_a_name_in_other_capitals_is_the_same(self, client: Client, provider: Provider, name: str) -> None:
        account("editor")
        provider.claims = {"preferred_username": name}
        assert come_back(client).status_code == 302

    @pytest.mark.parametrize(("verified", "status"), [(True, 302), (False, 403), (None, 403), ("true", 403)])
    def test_an_email_address_counts_if_it_was_verified(
        self, client: Client, provider: Provider, settings: Any, verified: Any, status: int
    ) -> None:
        settings.OIDC_USERNAME_CLAIM = "email"
        account("editor", "a@example.org")
        provider.claims = {"email": "a@example.org", "email_verified": verified}
        assert come_back(client).status_code == status

    def test_a_deactivated_account_is_refused_and_its_session_ends(self, client: Client, provider: Provider) -> None:
        account("editor")
        come_back(client)
        assert is_signed_in(client)
        User.objects.update(is_active=False)
        assert not is_signed_in(client)
        assert "deactivated" in come_back(client).content.decode()

    def test_a_superuser_is_nobody_of_the_provider(self, client: Client, provider: Provider) -> None:
        account(None)
        assert come_back(client).status_code == 403
        assert not ProviderIdentity.objects.exists()

    def test_sessions_end_where_the_provider_is_no_longer_set(
        self, client: Client, provider: Provider, settings: Any
    ) -> None:
        account("editor")
        come_back(client)
        settings.OIDC_ISSUER, settings.AUTHENTICATION_BACKENDS = "", [MODEL]
        assert not is_signed_in(client)


class TestRoles:
    """Which roles follow from the claims."""

    ROLES = {"Gw.Publisher": "publisher", "Gw.Desk": "desk"}  # noqa: RUF012

    def roles(self) -> set[str]:
        return set(User.objects.get().groups.values_list("name", flat=True))

    def test_they_follow_the_claim_at_each_sign_in(self, client: Client, provider: Provider, settings: Any) -> None:
        settings.OIDC_ROLES, settings.OIDC_UNKNOWN = self.ROLES, "create"
        for told, roles in (
            (["Gw.Publisher", "Gw.Desk", "else"], {"publisher", "desk"}),
            ("Gw.Desk", {"desk"}),
            (["Gw.Publisher"], {"publisher"}),
        ):
            provider.claims = {"roles": told}
            assert come_back(client).status_code == 302
            assert self.roles() == roles
        assert is_signed_in(client)

    @pytest.mark.parametrize("told", [None, [], "", ["publisher", "GW.DESK"], 7, {"Gw.Desk": 1}, [["Gw.Desk"]]])
    def test_without_a_role_nobody_is_signed_in_and_roles_of_before_are_gone(
        self, client: Client, provider: Provider, settings: Any, told: Any
    ) -> None:
        settings.OIDC_ROLES = self.ROLES
        account("publisher").groups.add(Group.objects.get(name="reader"))
        provider.claims = {"roles": told}
        assert come_back(client).status_code == 403
        assert self.roles() == {"reader"}
        assert not User.objects.get().is_staff

    def test_nobody_is_created_without_a_role(self, client: Client, provider: Provider, settings: Any) -> None:
        settings.OIDC_ROLES, settings.OIDC_UNKNOWN = self.ROLES, "create"
        assert come_back(client).status_code == 403
        assert not User.objects.exists()

    @pytest.mark.parametrize("told", ["superuser", "Gw.Publisher", "is_superuser", "staff"])
    def test_no_claim_makes_a_superuser_unless_it_is_mapped(
        self, client: Client, provider: Provider, settings: Any, told: str
    ) -> None:
        settings.OIDC_ROLES, settings.OIDC_UNKNOWN = self.ROLES, "create"
        provider.claims = {"roles": [told, "Gw.Desk"], "is_superuser": True, "is_staff": True}
        assert come_back(client).status_code == 302
        assert not User.objects.get().is_superuser

    def test_a_mapped_superuser_is_one_until_the_claim_ends(
        self, client: Client, provider: Provider, settings: Any
    ) -> None:
        settings.OIDC_ROLES = self.ROLES | {"Gw.Root": "superuser"}
        account("desk")
        provider.claims = {"roles": ["Gw.Root"]}
        come_back(client)
        assert User.objects.get().is_superuser
        provider.claims = {"roles": ["Gw.Desk"]}
        come_back(client)
        assert not User.objects.get().is_superuser
        assert is_signed_in(client)


class TestSecondFactor:
    """Whether the provider asked for a second factor."""

    @pytest.mark.parametrize(
        ("accepted", "claims", "is_enough"),
        [
            (["mfa"], {}, False),
            (["mfa"], {"amr": ["pwd"]}, False),
            (["mfa"], {"amr": ["pwd", "mfa"]}, True),
            (["mfa"], {"amr": "mfa"}, True),
            (["mfa"], {"amr": {"mfa": 1}}, False),
            (["gold"], {"acr": "gold"}, True),
            (["c1"], {"acrs": ["c1"]}, True),
            (["always"], {}, True),
        ],
    )
    def test_it_is_asked_for_here_where_the_provider_does_not_say_so(
        self,
        client: Client,
        provider: Provider,
        settings: Any,
        accepted: list[str],
        claims: dict[str, Any],
        is_enough: bool,
    ) -> None:
        settings.SECOND_FACTOR, settings.OIDC_MFA = "required", accepted
        account("editor")
        provider.claims = claims
        answer = come_back(client)
        assert answer.url == ("/admin/" if is_enough else "/admin/second-factor/set-up/")
        assert is_signed_in(client) is is_enough

    def test_an_account_with_a_factor_here_shows_it(self, client: Client, provider: Provider, clock: Clock) -> None:
        user = account("editor")
        give_factor(user, clock)
        provider.claims = {"iat": 1_700_000_000, "exp": 4_000_000_000}
        answer = come_back(client)
        assert answer.url == "/admin/login/code/"
        assert not is_signed_in(client)
        code(client, clock.code())
        assert is_signed_in(client)
