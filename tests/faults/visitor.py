"""An editor's browser, and what a site says of itself."""

from __future__ import annotations

import http.cookiejar
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from tests.forms import Form, forms_of


class Stays(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a redirection is what says that a form was stored."""

    def redirect_request(self, *args: Any) -> None:
        """Not another request."""


class Browser:
    """Keeps its cookies, and sends forms as they stand on pages."""

    def __init__(self, origin: str, timeout: float = 60.0, *more: urllib.request.BaseHandler) -> None:
        self.origin, self.timeout = origin, timeout
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies, Stays(), *more)

    def ask(self, path: str, data: dict[str, list[str]] | None = None) -> tuple[int, str]:
        """The status and the page; status 0 where there is no answer."""
        body = None if data is None else urlencode(data, doseq=True).encode()
        request = urllib.request.Request(  # noqa: S310 -- our own server
            f"{self.origin}{path}", body, {"Referer": f"{self.origin}{path}", "Accept-Language": "en"}
        )
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return int(answer.status), answer.read().decode()
        except urllib.error.HTTPError as told:
            return told.code, told.read().decode()
        except OSError:
            return 0, ""
        except Exception:  # an answer that was cut off is none
            return 0, ""

    def form(self, path: str, name: str) -> Form:
        """The form with a field of this name on a page."""
        status, page = self.ask(path)
        found = next((form for form in forms_of(page) if name in dict(form.fields)), None)
        if found is None:
            raise RuntimeError(f"{path}: {status}, without a form that has {name}")
        return found

    def sign_in(self, name: str, password: str) -> None:
        """Raises RuntimeError where that fails."""
        form = self.form("/admin/login/", "username")
        status, _ = self.ask("/admin/login/", form.sent({"username": name, "password": password}))
        if status != 302:
            raise RuntimeError(f"signing in: {status}")


def until(holds: Callable[[], object], seconds: float) -> None:
    """Wait until something holds. Raises AssertionError where it takes longer."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.2)


def readiness(origin: str) -> dict[str, Any]:
    """What `/readyz` says; nothing where nobody answers."""
    _, told = Browser(origin, 5).ask("/readyz")
    try:
        return dict(json.loads(told))
    except ValueError:
        return {}


def seconds_until_ready(origin: str, began: float, patience: float = 300.0) -> float | None:
    """Seconds since `began` (by the monotonic clock) after which all is well; None where it takes longer."""
    while time.monotonic() < began + patience:
        if readiness(origin).get("status") == "ready":
            return time.monotonic() - began
        time.sleep(0.05)
    return None
