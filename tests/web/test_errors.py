"""The page for an error of ours, and paths in capitals."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from web.errors import server_error
from web.request_id import current

pytestmark = pytest.mark.django_db


def test_the_error_page_speaks_both_languages_and_needs_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("faq.pages.views.chosen_edition", broken)
    client.raise_request_exception = False
    answer = client.get("/nl/")
    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.content.decode()
    assert "Something went wrong" in answer.content.decode()
    assert "<code>" not in answer.content.decode()


def test_the_error_page_names_the_request(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("faq.pages.views.chosen_edition", broken)
    client.raise_request_exception = False
    token = current.set("3f2a09b1c4d5e6f7")
    try:
        assert client.get("/nl/").content.decode().count("<code>3f2a09b1c4d5e6f7</code>") == 2
    finally:
        current.reset(token)


def test_a_form_whose_session_could_not_be_stored_comes_back_filled_in() -> None:
    request = RequestFactory().post("/nl/", {"text": "De woorden van een lezer."})
    try:
        raise OperationalError("disk I/O error")
    except OperationalError:
        answer = server_error(request)
    assert answer.status_code == 503
    assert "De woorden van een lezer." in answer.content.decode()
    assert server_error(request).status_code == 500


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("/nl/faq/What-Is-ExpressRoute/", "/nl/faq/what-is-expressroute/"),
        ("/nl/faq/What-Is-ExpressRoute", "/nl/faq/what-is-expressroute/"),
        ("/nl/faq/WHAT-IS-EXPRESSROUTE/?edition=2016-12&x=Y", "/nl/faq/what-is-expressroute/?edition=2016-12&x=Y"),
        ("/NL/faq/", "/nl/faq/"),
        ("/En/Limits/", "/en/limits/"),
        ("/NL/", "/nl/"),
        ("/FAQ/What-is-ExpressRoute", "/faq/what-is-expressroute"),
        ("/nl/Sections/BGP/", "/nl/sections/bgp/"),
        ("/nl/faq/What-Is-ExpressRoute.md", "/nl/faq/what-is-expressroute.md"),
        ("/embed/nl/What-Is-ExpressRoute", "/embed/nl/what-is-expressroute"),
        ("/LLMS.txt", "/llms.txt"),
    ],
)
def test_a_path_in_capitals_leads_to_the_one_in_lower_case(client: Client, typed: str, page: str) -> None:
    answer = client.get(typed)
    assert (answer.status_code, answer.headers.get("Location")) == (301, page)
    assert client.get(page, follow=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/NL/nothing/", "//Evil.example/nl/", "/api/v1/Entries", "/nl/faq/no-such-entry/"],
)
def test_what_is_no_page_in_lower_case_either_stays_what_it_is(client: Client, path: str) -> None:
    assert client.get("/", PATH_INFO=path).status_code == 404


def test_a_form_is_never_sent_on(client: Client) -> None:
    assert client.post("/NL/faq/").status_code == 404
