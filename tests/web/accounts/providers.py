"""A small OpenID provider on the loopback address: a description, a page to sign in on which says yes, tokens, and
keys. What it says can be changed, also to what no provider should say.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "gatewijzer", "open-sesame"


@cache
def key_pair(number: int) -> rsa.RSAPrivateKey:
    """A key that is made once for all tests."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(slots=True)
class Provider:
    """What a provider says, and what it was asked."""

    origin: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    """Claims that are added to those of a token, or take their place; None removes one."""
    signs_with: int = 1
    algorithm: str = "RS256"
    key_id: str = "one"
    described: dict[str, Any] = field(default_factory=dict)
    """What its description says otherwise."""
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """The status and body of a path that it does not answer as it should."""
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, nonce: str) -> str:
        """The token of somebody who signed in."""
        now = int(time.time())
        claims = {"iss": self.origin, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300, "nonce": nonce}
        claims |= {"preferred_username": "somebody", "roles": []} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "public key as a secret":
            return _signed_with_public_key(claims)
        key: Any = {"none": None, "HS256": SECRET * 4}.get(self.algorithm, key_pair(self.signs_with))
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": self.key_id})

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, str]) -> tuple[int, Any]:
        """The status, and an object or the URL of a redirect."""
        if path == "/.well-known/openid-configuration":
            told = {"issuer": self.origin, "jwks_uri": f"{self.origin}/keys"}
            told |= {f"{name}_endpoint": f"{self.origin}/{name}" for name in ("authorization", "token")}
            return 200, told | self.described
        if path == "/authorization":
            code = secrets.token_hex(8)
            self.codes[code] = query
            return 302, f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        if path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key_pair(1).public_key()))
            return 200, {"keys": [{"kty": "oct", "kid": "one", "k": "eA"}, key | {"kid": "one", "use": "sig"}]}
        asked = self.codes.pop(body.get("code", ""), None)
        if method != "POST" or path != "/token" or asked is None or not _is_proven(asked, body):
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.token(asked["nonce"]), "access_token": "x", "token_type": "Bearer"}


def _is_proven(asked: dict[str, str], body: dict[str, str]) -> bool:
    """Whether who trades a code is the program that asked for it (RFC 7636), and knows its secret."""
    digest = hashlib.sha256(body.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (
        (asked["code_challenge_method"], asked["code_challenge"]) == ("S256", challenge)
        and (body.get("client_id"), body.get("client_secret")) == (CLIENT, SECRET)
        and body.get("redirect_uri") == asked["redirect_uri"]
    )


def _signed_with_public_key(claims: dict[str, Any]) -> str:
    """A token whose secret is the text of the public key, which everybody knows."""
    public = key_pair(1).public_key()
    secret = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "kid": "one"}, claims)]
    signed = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    signature = base64.urlsafe_b64encode(hmac.digest(secret, signed, "sha256")).rstrip(b"=")
    return (signed + b"." + signature).decode()


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that answers."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            parts = urlsplit(self.path)
            query, posted = dict(parse_qsl(parts.query)), dict(parse_qsl(body))
            provider.asked.append((self.command, parts.path, query | posted))
            status, told = provider.answer(self.command, parts.path, query, posted)
            content = b"" if status == 302 else json.dumps(told).encode()
            status, content = provider.answers.get(parts.path, (status, content))
            with suppress(OSError):  # who asks may not wait
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Location", told if isinstance(told, str) else f"{provider.origin}/elsewhere")
                self.end_headers()
                self.wfile.write(content)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.origin = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def says_yes(url: str) -> str:
    """Where the page of the provider sends somebody who signs in on it: the path and query."""
    try:
        urllib.request.build_opener(_Stay).open(url, timeout=5)
    except urllib.error.HTTPError as answer:
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"
    raise AssertionError("the page does not send anybody back")


def parameters(url: str) -> dict[str, str]:
    """The parameters of a URL."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
