"""Signatures of messages to other servers."""

from __future__ import annotations

import base64

import pytest

from web.signatures import new_secret, signed_headers


def test_a_message_is_signed_as_the_standard_says() -> None:
    # Computed with: printf 'msg_1.1614265330.{"a": 1}' | openssl dgst -sha256 -hmac 'a secret of twenty-four' -binary
    secret = "whsec_" + base64.b64encode(b"a secret of twenty-four").decode()
    assert signed_headers(secret, "msg_1", 1_614_265_330, b'{"a": 1}') == {
        "webhook-id": "msg_1",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,dn4sHbWt9Uh/rIYPh7vUr5oIb1mwHVH2/tAnpPtqNF0=",
    }


@pytest.mark.parametrize(("message", "timestamp", "body"), [("msg_2", 1, b"x"), ("msg_1", 2, b"x"), ("msg_1", 1, b"y")])
def test_each_part_changes_the_signature(message: str, timestamp: int, body: bytes) -> None:
    secret = new_secret()
    given = signed_headers(secret, message, timestamp, body)["webhook-signature"]
    assert given != signed_headers(secret, "msg_1", 1, b"x")["webhook-signature"]


def test_a_secret_is_new_and_long() -> None:
    assert new_secret() != new_secret()
    assert len(base64.b64decode(new_secret().removeprefix("whsec_"))) == 32


def test_what_is_no_secret_is_refused() -> None:
    with pytest.raises(ValueError, match=r"base64|Only"):
        signed_headers("whsec_no base64", "msg_1", 1, b"")
