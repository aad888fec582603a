"""What is taken out of words that visitors type."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.desk import query_log
from faq.models import AskedQuestion
from web.privacy import impersonal

pytestmark = pytest.mark.django_db


EDITION = "2016-12"


@pytest.fixture(autouse=True)
def _nothing_waits(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """No thread writes during a test, and nothing stays for the next one."""
    settings.QUESTIONS_KEPT_WEEKS = 26
    monkeypatch.setattr(query_log, "SECONDS_BETWEEN_WRITES", 3600)
    query_log.drop_waiting()
    yield
    query_log.drop_waiting()


def rows() -> set[tuple[str, str, int, int]]:
    """What was counted: language, text, asked and opened."""
    return set(AskedQuestion.objects.values_list("language", "text", "asked", "opened"))


class TestImpersonal:
    """What is kept of a question."""

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("hoe maak ik een tunnel", "hoe maak ik een tunnel"),
            ("  Één\tTUNNEL \n", "één tunnel"),
            ("e\u0301e\u0301n", "één"),
            ("IKEv2 op VpnGw2AZ, 650 Mbps", "ikev2 op vpngw2az, 650 mbps"),
            ("asn 65515 of 64512", "asn 65515 of 64512"),
            ("/27 voor het gatewaysubnet", "/27 voor het gatewaysubnet"),
            ("sinds 2016-10-18 om 12:30", "sinds 2016-10-18 om 12:30"),
            ("10 20 30 clients i.p.v. 128", "10 20 30 clients i.p.v. 128"),
            ("a\x00b\u200bc\ud800d", "a b c d"),
        ],
    )
    def test_an_ordinary_question_stays(self, typed: str, kept: str) -> None:
        assert impersonal(typed) == kept

    @pytest.mark.parametrize(
        "personal",
        [
            "jan.de-vries@example.com",
            "jan @ example.com",
            "jan@",
            "mailto:jan@example.com",
            "10.1.2.3",
            "10.1.2.3:443",
            "10.0.0.0/16",
            "10.0/16",
            "10.0.0.0 / 16",
            "192.168.1.x",
            "10-1-2-3",
            "2001:db8::1",
            "2001:DB8::/32",
            "fe80::1%eth0",
            "::ffff:10.1.2.3",
            "00:1A:2b:3c:4d:5e",
            "06-12345678",
            "06 12 34 56 78",
            "+31 (0)30 123 45 67",
            "(030) 123 4567",
            "555 123 4567",
            "123456",
            "https://portal.example.com/x?key=1",
            "www.example.nl",
            "example.nl",
            "vpn.example.museum",
            "vpn.example.com:8443/login",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "Zm9vYmFyYmF6MTIzNDU2Nzg5MA==",
        ],
    )
    def test_what_could_tell_who_asks_is_left_out(self, personal: str) -> None:
        assert impersonal(f"Waarom werkt {personal} niet").replace("…:443", "…") == "waarom werkt … niet"
        query_log.count_query(personal, "nl", EDITION)
        query_log.flush()
        assert not any(char.isalpha() for _, kept, _, _ in rows() for char in kept)

    @pytest.mark.parametrize("typed", ["", " ", "…", "?!", "jan@example.com 10.1.2.3", "123456, 234567"])
    def test_nothing_but_what_is_left_out_is_not_kept(self, typed: str) -> None:
        assert impersonal(typed) == ""
        query_log.count_query(typed, "nl", EDITION)
        assert not query_log._waiting

    def test_two_things_left_out_beside_each_other_are_one(self) -> None:
        assert impersonal("van 10.1.2.3 10.1.2.4 naar 10.1.2.5") == "van … naar …"

    def test_half_of_a_word_at_the_end_is_not_kept(self) -> None:
        assert impersonal("tunnel " * 28 + "jan.devries@example.com") == ("tunnel " * 28).strip()

    @given(st.text(max_size=400))
    def test_any_text_is_short_and_in_one_form(self, typed: str) -> None:
        kept = impersonal(typed)
        assert len(kept) <= 200
        assert kept == " ".join(kept.split())
        assert kept.isprintable()
