"""What an address may ask of the lists of the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faq.builders import account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/admin/faq/entry/?draft__contains=x",
        "/admin/faq/entry/?limits__contained_by=x",
        "/admin/faq/entry/?sources__0__date=x",
        "/admin/faq/termgroup/?nl__contains=x",
        "/admin/advisor/helpkey/?entries__contains=x",
    ],
)
def test_it_asks_nothing_of_a_json_value(path: str) -> None:
    client = Client()
    client.force_login(account(None))
    assert client.get(path).status_code == 400
    assert client.get(path.partition("?")[0] + "?q=vpn").status_code == 200
