"""Rate limits, slowed-down guesses, portals that are let in, and what machines look for at known places."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client, RequestFactory

from faq.desk import query_log as asked
from faq.models import AskedQuestion, Feedback, Portal
from tests.faq.builders import account
from tests.served import ROOT
from web.counters import Quota, count, forget
from web.counters import local as rates
from web.request_limits import client_of

pytestmark = pytest.mark.django_db

API = "/api/v1/sections"
PORTAL = "https://portal.example.org"


@pytest.fixture(autouse=True)
def _own_counts(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of its own for each test, in a stretch that does not end meanwhile."""
    monkeypatch.setattr("web.counters.local.time", lambda: 1_800_000_000.0)
    settings.DATA_DIR = tmp_path
    rates._local.__dict__.clear()


class TestCounting:
    """`web/counters/`."""

    def test_each_client_and_purpose_has_its_own_count(self) -> None:
        limit, other = Quota("a", 9, 60), Quota("b", 9, 60)
        assert [count(limit, "x").times for _ in range(3)] == [1, 2, 3]
        assert count(limit, "y").times == 1
        assert count(other, "x").times == 1
        assert count(limit, "x", add=0).times == 3
        forget(limit, "x")
        assert count(limit, "x", add=0).times == 0

    def test_processes_share_a_count(self, tmp_path: Path) -> None:
        code = (
            "import django; django.setup(); from web.counters import Quota, count; "
            "print([count(Quota('a', 9, 3600), 'x').times for _ in range(50)][-1])"
        )
        environment = os.environ | {
            "GATEWIJZER_DATA": str(tmp_path),
            "GATEWIJZER_SECRET_KEY": "een-sleutel-die-lang-genoeg-is-voor-deze-proef-0123456789",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, "-c", code]
        started = [
            subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
        ]
        assert max(int(process.communicate()[0]) for process in started) == 150

    def test_the_file_holds_no_address_and_nothing_of_an_older_stretch(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = 1_000_000.0
        monkeypatch.setattr("web.counters.local.time", lambda: now)
        limit = Quota("a", 9, 60)
        for number in range(20):
            count(limit, f"198.51.100.{number}")
        assert b"198.51.100" not in (tmp_path / "rates.sqlite3").read_bytes()
        now += 60
        assert count(limit, "198.51.100.1", add=7).times == 7
        connection = rates._connection(tmp_path / "rates.sqlite3")
        assert connection.execute("SELECT count(*) FROM used").fetchone() == (1,)
        assert (tmp_path / "rates.sqlite3").stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("harm", ["garbage", "damaged", "folder", "gone"])
    def test_a_file_that_cannot_be_used_stops_nobody(self, client: Client, tmp_path: Path, harm: str) -> None:
        count(Quota("a", 9, 60), "x")
        file = tmp_path / "rates.sqlite3"
        whole = file.read_bytes()
        file.unlink()
        rates._local.__dict__.clear()
        if harm == "garbage":
            file.write_bytes(b"no database at all " * 500)
        elif harm == "damaged":
            file.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
        elif harm == "folder":
            file.mkdir()
        assert [client.get(API).status_code for _ in range(3)] == [200, 200, 200]
        if harm != "folder":
            assert count(Quota("b", 9, 60), "x").times == 1

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "expected"),
        [
            (0, "203.0.113.9", "127.0.0.1"),
            (1, "203.0.113.9", "203.0.113.9"),
            (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
            (1, "203.0.113.9:51324", "203.0.113.9"),
            (1, "::ffff:203.0.113.9", "203.0.113.9"),
            (1, "[2001:db8::1]:443", "2001:db8::"),
            (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
            (2, "203.0.113.9", "127.0.0.1"),
            (1, "nonsense", "127.0.0.1"),
            (1, "", "127.0.0.1"),
            (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ],
    )
    def test_only_our_own_proxies_say_who_asks(
        self, settings: Any, proxies: int, forwarded: str, expected: str
    ) -> None:
        settings.PROXIES = proxies
        assert client_of(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})) == expected


class TestPrograms:
    """The API's limit."""

    def test_every_answer_tells_what_is_left(self, client: Client, settings: Any) -> None:
        settings.API_PER_MINUTE = 5
        answers = [client.get(API) for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["4", "3", "2", "1", "0", "0", "0"]
        assert answers[0].headers["RateLimit-Policy"] == '"api";q=5;w=60'
        assert answers[0].headers["RateLimit"].startswith('"api";r=4;t=')
        refused = answers[-1]
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert client.get("/nl/").status_code == 200

    def test_another_client_has_its_own(self, client: Client, settings: Any) -> None:
        settings.API_PER_MINUTE = 1
        assert [client.get(API).status_code for _ in range(2)] == [200, 429]
        assert client.get(API, REMOTE_ADDR="198.51.100.7").status_code == 200


class TestVisitors:
    """What visitors send."""

    def test_too_many_forms_are_asked_to_wait_in_both_languages(self, client: Client, settings: Any) -> None:
        settings.POSTS_PER_MINUTE = 2
        answers = [client.post("/nl/search/text/", {"text": "bgp"}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        page = answers[-1].content.decode()
        assert "Even wachten" in page
        assert "One moment" in page
        assert client.get("/nl/search/text/").status_code == 200

    def test_typing_is_not_sending(self, client: Client, settings: Any) -> None:
        settings.POSTS_PER_MINUTE = 1
        for _ in range(3):
            assert client.post("/nl/advice/", {"clients": "4"}, headers={"HX-Request": "true"}).status_code == 200


class TestSigningIn:
    """Guesses at a password."""

    def guess(self, client: Client, name: str, password: str = "wrong", **more: Any) -> Any:
        return client.post("/admin/login/", {"username": name, "password": password}, **more)

    def test_after_five_failures_an_account_waits_also_with_the_right_password(self, client: Client) -> None:
        account("editor", "somebody")
        assert [self.guess(client, "Somebody").status_code for _ in range(5)] == [200] * 5
        refused = self.guess(client, "somebody", "een-lang-wachtwoord")
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["Retry-After"]) <= 300

    def test_an_unknown_name_is_treated_alike(self, client: Client) -> None:
        assert [self.guess(client, "nobody").status_code for _ in range(6)] == [200] * 5 + [429]

    @pytest.mark.parametrize("odd", ["  somebody", "somebody ", "\u3000somebody", "SOMEBODY", "\uff53omebody"])
    def test_spaces_and_capitals_are_no_other_name(self, client: Client, odd: str) -> None:
        account("editor", "somebody")
        assert [self.guess(client, odd).status_code for _ in range(6)] == [200] * 5 + [429]
        assert self.guess(client, "somebody").status_code == 429

    def test_a_form_without_its_token_locks_nobody_out(self) -> None:
        foreign = Client(enforce_csrf_checks=True)
        account("editor", "somebody")
        assert [self.guess(foreign, "somebody").status_code for _ in range(30)] == [403] * 30
        assert self.guess(Client(), "somebody").status_code == 200

    def test_a_client_that_tries_many_names_waits_too(self, client: Client) -> None:
        codes = [self.guess(client, f"name{number}").status_code for number in range(22)]
        assert codes == [200] * 20 + [429] * 2
        assert self.guess(client, "name30", REMOTE_ADDR="198.51.100.7").status_code == 200

    def test_another_way_to_write_a_name_is_the_same_name(self, client: Client) -> None:
        names = ("editor", "EDITOR", "Editor", "ｅditor", "ＥDITOR")
        assert [self.guess(client, name).status_code for name in names] == [200] * 5
        assert self.guess(client, "editor").status_code == 429

    def test_signing_in_begins_the_count_again(self, client: Client) -> None:
        account("editor", "somebody")
        for _ in range(4):
            self.guess(client, "somebody")
        assert self.guess(client, "somebody", "een-lang-wachtwoord").status_code == 302
        client.logout()
        assert [self.guess(client, "somebody").status_code for _ in range(5)] == [200] * 5


class TestWhatOneClientMaySend:
    """Limits that no header and no other address get around."""

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    @pytest.mark.parametrize("path", ["/nl/advice/case/", "/embed/nl/advice/case/", "/nl/search/asked/"])
    def test_forms_are_counted_wherever_they_are(
        self, client: Client, settings: Any, path: str, headers: dict[str, str]
    ) -> None:
        settings.POSTS_PER_MINUTE = 3
        codes = [client.post(path, {"address": "", "q": "x"}, headers=headers).status_code for _ in range(5)]
        assert codes.count(429) == 2

    @pytest.mark.parametrize(
        "headers", [{"HX-Request": "false"}, {"HX-Request": "true", "HX-History-Restore-Request": "true"}]
    )
    def test_what_keeps_a_design_is_no_typing(self, client: Client, settings: Any, headers: dict[str, str]) -> None:
        settings.POSTS_PER_MINUTE = 2
        codes = [client.post("/nl/advice/", {"site": "A"}, headers=headers).status_code for _ in range(4)]
        assert codes == [302, 302, 429, 429]

    def test_typing_is_counted_apart_and_more_generously(self, client: Client, settings: Any) -> None:
        settings.POSTS_PER_MINUTE, settings.API_PER_MINUTE = 2, 4
        codes = [client.post("/nl/advice/", {}, headers={"HX-Request": "true"}).status_code for _ in range(6)]
        assert codes == [200] * 4 + [429] * 2

    def test_feedback_of_one_client_does_not_fill_the_week(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("faq.pages.desk.PER_CLIENT", Quota("feedback", 3, 3600))
        address = "/nl/faq/what-is-expressroute/feedback/"
        codes = [client.post(address, {"helpful": "no"}).status_code for _ in range(5)]
        assert codes == [302] * 3 + [429] * 2
        assert Feedback.objects.count() == 3
        assert client.post(address, {"helpful": "no"}, REMOTE_ADDR="198.51.100.7").status_code == 302

    def test_designs_of_one_client_do_not_push_out_those_of_others(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("advisor.answers.saved_designs.PER_CLIENT", Quota("kept-kilobytes", 100, 3600))
        large = {"site": [f"Site {number:05} {secrets.token_hex(12)}" for number in range(400)]}
        codes = [client.post("/nl/advice/", large).status_code for _ in range(20)]
        assert codes[0] == 302
        assert codes[-1] == 429
        assert client.post("/nl/advice/", large, REMOTE_ADDR="198.51.100.7").status_code == 302

    def test_a_week_has_room_for_so_many_questions_and_counts_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(asked, "MOST_A_WEEK", 2)
        for question in ("een", "twee", "drie", "een"):
            asked.note(f"vraag {question}", "nl")
            asked.flush()
        assert dict(AskedQuestion.objects.values_list("text", "asked")) == {"vraag een": 2, "vraag twee": 1}


class TestPortals:
    """Origins that an editor let in."""

    def asked(self, client: Client, origin: str, method: str = "get") -> Any:
        if method == "get":
            return client.get(API, headers={"Origin": origin})
        preflight = {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        return client.options("/api/v1/advice", headers=preflight)

    def test_a_script_of_a_listed_portal_may_read(self, client: Client) -> None:
        Portal.objects.create(name="P", origin=PORTAL, may_call=True)
        for method in ("get", "options"):
            answer = self.asked(client, PORTAL, method)
            assert answer.status_code == 200
            assert answer.headers["Access-Control-Allow-Origin"] == PORTAL
            assert "Access-Control-Allow-Credentials" not in answer.headers
            assert "Origin" in answer.headers["Vary"].title()
        assert "RateLimit" in self.asked(client, PORTAL).headers["Access-Control-Expose-Headers"]

    @pytest.mark.parametrize("method", ["get", "options"])
    @pytest.mark.parametrize(
        "origin",
        [
            "https://evil.example",
            "null",
            f"{PORTAL}.evil.example",
            "http://portal.example.org",
            f"{PORTAL}:8443",
            "https://evil.example/portal.example.org",
            "https://frames.example.org",
        ],
    )
    def test_no_other_may(self, client: Client, origin: str, method: str) -> None:
        Portal.objects.create(name="P", origin=PORTAL, may_call=True)
        Portal.objects.create(name="F", origin="https://frames.example.org", may_frame=True)
        assert "Access-Control-Allow-Origin" not in self.asked(client, origin, method).headers

    def test_no_page_for_people_may_be_read(self, client: Client) -> None:
        Portal.objects.create(name="P", origin=PORTAL, may_call=True)
        for path in ("/nl/", "/admin/login/", "/mcp"):
            assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": PORTAL}).headers

    @pytest.mark.parametrize(
        "origin",
        [
            "portal.example.org", "http://portal.example.org", f"{PORTAL}/path", f"{PORTAL}/", "https://*.example.org",
            "https://a b", "https://user@portal.example.org", "javascript:alert(1)", f"{PORTAL}; script-src *", "null",
            f"{PORTAL}\n", "https://", "https://portal.example.org:port", "*",
        ],
    )  # fmt: skip
    def test_what_is_no_origin_is_refused(self, origin: str) -> None:
        with pytest.raises(ValidationError):
            Portal(name="P", origin=origin).full_clean()

    def test_an_editor_need_not_mind_capitals_or_the_slash_at_the_end(self, client: Client) -> None:
        client.force_login(account("publisher"))
        client.post("/admin/faq/portal/add/", {"name": "P", "origin": "HTTPS://Portal.example.org/", "may_frame": "on"})
        assert list(Portal.objects.values_list("origin", "may_frame", "may_call")) == [(PORTAL, True, False)]


class TestKnownPlaces:
    """`/healthz` and security.txt."""

    def test_a_site_that_is_well_says_ok(self, client: Client) -> None:
        answer = client.get("/healthz")
        assert (answer.status_code, answer.content) == (200, b"ok\n")
        assert answer.headers["Cache-Control"] == "no-store"

    def test_one_whose_database_is_not_says_so(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> None:
            raise DatabaseError

        monkeypatch.setattr("django.db.connection.cursor", broken)
        answer = client.get("/healthz")
        assert (answer.status_code, answer.content) == (503, b"database\n")

    def test_security_txt_names_whom_to_tell_and_holds_for_months(self, client: Client, settings: Any) -> None:
        assert client.get("/.well-known/security.txt").status_code == 404
        settings.SECURITY_CONTACT = "mailto:security@example.org"
        text = client.get("/.well-known/security.txt").content.decode()
        said = dict(line.split(": ", 1) for line in text.splitlines())
        assert said["Contact"] == "mailto:security@example.org"
        assert said["Canonical"] == "http://127.0.0.1:8000/.well-known/security.txt"
        left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
        assert timedelta(days=31) < left < timedelta(days=365)
