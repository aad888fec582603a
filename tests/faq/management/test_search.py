"""`manage.py search`."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

CLIENTS = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"

pytestmark = pytest.mark.django_db


class TestSearch:
    """From the command line."""

    def test_search_prints_the_entries(self) -> None:
        out = StringIO()
        call_command("search", "hoeveel", "clients", stdout=out)
        assert f"/nl/faq/{CLIENTS}/" in out.getvalue().splitlines()[1]

    def test_search_answers_as_the_api_does(self, client: Client) -> None:
        out = StringIO()
        call_command("search", "--lang", "en", "--json", "exprss", "route", stdout=out)
        answer = json.loads(out.getvalue())
        assert answer == client.get("/api/v1/search?q=exprss+route&lang=en").json()
        assert answer["corrected"] == "express route"

    def test_search_refuses_an_unknown_edition(self) -> None:
        with pytest.raises(CommandError, match="available: 2026, 2016-12"):
            call_command("search", "--edition", "1999", "x")

    @pytest.mark.parametrize("more", [[], ["--json"]])
    def test_nothing_found_is_an_exit_status_of_1(self, more: list[str]) -> None:
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("search", "zzzzqqqq", *more, stdout=out)
        assert ended.value.code == 1
        assert "0" in out.getvalue()
