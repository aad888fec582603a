"""Asking the provider of an organization: its own description of itself, a token, and its keys. No redirect is
followed, no proxy and nothing else of the environment is used, and an answer has a size and a time.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

SECONDS = 5.0
"""That a connection, and an answer, may take."""

MOST_READ = 1024 * 1024
"""Bytes of an answer."""

KEPT_SECONDS = 3600
"""How long a description is used before it is asked for again."""

DESCRIPTION = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider asks for the sign-in, gives tokens, and shows its keys."""

    authorization: str
    token: str
    keys: str


def endpoints() -> Endpoints:
    """Of the provider that is set. Raises requests.RequestException if it does not answer, ValueError if it is not the
    one that was set.
    """
    return _described(settings.OIDC_ISSUER, int(time.monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=1)
def _described(issuer: str, stretch: int) -> Endpoints:
    told = fetched("GET", issuer.rstrip("/") + DESCRIPTION)
    if told.get("issuer") != issuer:
        raise ValueError("the provider names itself otherwise than GATEWIJZER_OIDC_ISSUER does")
    found = [told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    plain_too = urlsplit(issuer).scheme == "http"
    for url in found:
        if not isinstance(url, str) or urlsplit(url).scheme not in (("http", "https") if plain_too else ("https",)):
            raise ValueError("the provider names no endpoint with https")
    return Endpoints(*(str(url) for url in found))


def fetched(method: str, url: str, data: dict[str, str] | None = None) -> dict[str, Any]:
    """The JSON object that a URL of the provider answers. Raises requests.RequestException where there is none, and
    ValueError where it is something else.
    """
    until = time.monotonic() + SECONDS
    with requests.Session() as session:
        session.trust_env = False
        with session.request(
            method,
            url,
            data=data,
            headers={"Accept": "application/json"},
            timeout=SECONDS,
            allow_redirects=False,
            stream=True,
            verify=settings.OIDC_AUTHORITIES or True,
        ) as response:
            if response.status_code != 200:
                raise requests.HTTPError(f"status {response.status_code} of {urlsplit(url).netloc}")
            body = b""
            for part in response.iter_content(16 * 1024):
                body += part
                if len(body) > MOST_READ or time.monotonic() > until:
                    raise requests.RequestException("the answer of the provider is too long, or takes too long")
    told = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("the provider answers something else than an object")
    return told
