"""Origins that an editor let in, and what each of them may do."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from faq.models import Portal
from tests.faq.builders import account, edition, published
from tests.faq.editors import test_entry_admin

pytestmark = pytest.mark.django_db


API = "/api/v1/sections"


PORTAL = "https://portal.example.org"


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


@pytest.mark.parametrize(
    "origin",
    [
        "https://a..b",
        "https://a.example:99999",
        "https://a.example:0",
        "https://a-.example",
        "https://*",
        "https://" + "a" * 64 + ".example",
        "https://256.1.1.1",
        "https://user:pw@a.example",
        "https://a.example/path",
        "http://a.example",
    ],
)
def test_an_origin_that_no_browser_can_ask_is_refused(origin: str) -> None:
    from faq.editors.portals import PortalForm

    assert "origin" in PortalForm({"name": "a", "origin": origin, "may_frame": "1"}).errors
    assert "origin" not in PortalForm({"name": "a", "origin": "https://a.example:8443", "may_frame": "1"}).errors


def test_an_origin_in_another_script_is_kept_as_browsers_send_it() -> None:
    from faq.editors.portals import PortalForm

    form = PortalForm({"name": "a", "origin": "https://München.example:443/", "may_frame": "1"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["origin"] == "https://xn--mnchen-3ya.example"


def test_the_nearest_origin_is_offered_in_the_language_of_the_editor(client: Client) -> None:
    client.force_login(account("publisher"))
    page = client.post(
        "/admin/faq/portal/add/", {"name": "P", "origin": "https://a..b"}, headers={"Accept-Language": "nl"}
    ).content.decode()
    assert "https://a.b" in page
    assert "Bedoelde u" in page


@pytest.mark.parametrize("url", ["https://a..b/x", "https://*/", "https://a.example:0/", "https://u:pw@a.example/"])
def test_every_url_that_an_editor_types_is_checked(client: Client, url: str) -> None:
    from faq.editors.entry_form import EntryForm
    from faq.editors.webhook_admin import WebhookForm

    assert "url" in WebhookForm({"url": url, "is_active": "on"}).errors
    entry = published(edition())
    form = EntryForm(test_entry_admin.posted(entry, sources=f"{url} | 2026-11"), instance=entry)
    assert "sources" in form.errors
