"""Help keys in the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from advisor.models import HelpKey
from tests.faq.builders import account

pytestmark = pytest.mark.django_db


ONE, OTHER = "what-is-expressroute", "what-is-the-gateway-subnet-and-why-is-it-needed"


class TestAdmin:
    """Mapping keys."""

    @pytest.fixture
    def publisher(self, client: Client) -> Client:
        client.force_login(account("publisher"))
        return client

    def add(self, client: Client, **given: str) -> str:
        answer = client.post("/admin/advisor/helpkey/add/", {"entries": "", "advice": ""} | given, follow=True)
        return str(answer.content.decode())

    def test_a_key_is_mapped(self, publisher: Client) -> None:
        self.add(publisher, key="Form.Field", entries=f"{ONE}\n{OTHER}")
        self.add(publisher, key="form.wizard", advice="?clients=40")
        mapped = HelpKey.objects.values_list("key", "entries", "advice")
        assert list(mapped) == [("form.field", [ONE, OTHER], ""), ("form.wizard", [], "clients=40")]

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"key": "a b", "entries": ONE}, "vpn-form.clients"),
            ({"key": "a", "entries": "no-such-entry"}, "no-such-entry"),
            ({"key": "a", "advice": "cliënts=40"}, "no parameter"),
            ({"key": "a", "advice": "site=A&site_prefixes=10.1.2.3/16"}, "10.1.2.3/16"),
            ({"key": "a"}, "errornote"),
            ({"key": "a", "entries": ONE, "advice": "clients=40"}, "errornote"),
        ],
    )
    def test_what_leads_nowhere_is_refused(self, publisher: Client, given: dict[str, str], told: str) -> None:
        assert told in self.add(publisher, **given)
        assert not HelpKey.objects.exists()
