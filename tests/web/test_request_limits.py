"""Who must wait: programs that ask too much, visitors who send too much, and guesses at a password."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from faq.desk import query_log
from faq.models import AskedQuestion, Feedback
from tests.faq.builders import account
from web.counters import Quota
from web.counters import local as rates
from web.known_devices import known_device

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


API = "/api/v1/sections"


@pytest.fixture(autouse=True)
def _own_counts(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of its own for each test, in a stretch that does not end meanwhile."""
    monkeypatch.setattr("web.counters.local.time", lambda: 1_800_000_000.0)
    settings.DATA_DIR = tmp_path
    rates._local.__dict__.clear()


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

    @pytest.mark.parametrize("path", ["/nl/advice/?design=APFP5G59WR", "/nl/search/text/?text=bgp", "/nl/?a=b&text=x"])
    def test_a_page_that_takes_long_counts_as_a_form(self, client: Client, settings: Any, path: str) -> None:
        settings.POSTS_PER_MINUTE = 2
        assert [client.get(path).status_code == 429 for _ in range(4)] == [False, False, True, True]
        assert client.get(path, REMOTE_ADDR="198.51.100.7").status_code != 429
        assert client.get("/nl/search/?q=text").status_code == 200

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

    def test_guesses_of_others_do_not_keep_an_account_from_its_own_device(self) -> None:
        account("editor", "somebody")
        own, stranger, new = Client(), Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="198.51.100.8")
        assert self.guess(own, "somebody", "een-lang-wachtwoord").status_code == 302
        assert [self.guess(stranger, "somebody").status_code for _ in range(6)] == [200] * 5 + [429]
        assert self.guess(new, "somebody", "een-lang-wachtwoord").status_code == 429
        assert self.guess(own, "somebody", "een-lang-wachtwoord").status_code == 302

    def test_a_known_device_may_not_guess_for_ever(self, client: Client) -> None:
        account("editor", "somebody")
        assert self.guess(client, "somebody", "een-lang-wachtwoord").status_code == 302
        assert [self.guess(client, "somebody").status_code for _ in range(6)] == [200] * 5 + [429]

    @pytest.mark.parametrize("forged", ["", "x", "e30:1abc:xyz", "\x00", '{"a": "b"}'])
    def test_a_device_is_not_known_by_what_it_says(self, client: Client, forged: str) -> None:
        account("editor", "somebody")
        client.cookies["known-device"] = forged
        assert [self.guess(client, "somebody").status_code for _ in range(6)] == [200] * 5 + [429]

    def test_the_device_keeps_no_name_and_tells_only_the_page_to_sign_in(self, client: Client) -> None:
        account("editor", "somebody")
        cookie = self.guess(client, "somebody", "een-lang-wachtwoord").cookies["known-device"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/login/", True, "Lax")
        assert b"somebody" not in base64.b64decode(cookie.value.split(":")[0] + "===", altchars=b"-_")

    def test_a_device_knows_the_last_five_accounts(self, client: Client) -> None:
        for number in range(7):
            account("editor", f"editor{number}")
            assert self.guess(client, f"editor{number}", "een-lang-wachtwoord").status_code == 302
        request = RequestFactory().get("/admin/login/")
        request.COOKIES = {"known-device": client.cookies["known-device"].value}
        assert [known_device(request, f"editor{number}") is not None for number in range(7)] == [False] * 2 + [True] * 5

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
        monkeypatch.setattr(query_log, "MOST_A_WEEK", 2)
        for question in ("een", "twee", "drie", "een"):
            query_log.count_query(f"vraag {question}", "nl", "2016-12")
            query_log.flush()
        assert dict(AskedQuestion.objects.values_list("text", "asked")) == {"vraag een": 2, "vraag twee": 1}
