"""Signatures of messages to other servers, as the Standard Webhooks describe them: https://www.standardwebhooks.com/."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret that nobody can guess: `whsec_` and 32 random bytes in Base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(secret: str, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of a message with this name that is sent at this time (seconds since 1970). Raises ValueError for
    what is no secret.
    """
    key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    told = f"{message}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return {"webhook-id": message, "webhook-timestamp": str(timestamp), "webhook-signature": f"v1,{signature}"}
