"""The list of the audit log."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from faq.models import AuditRecord

pytestmark = pytest.mark.django_db

PAGE = "/admin/faq/auditrecord/"


def record(account: str) -> None:
    AuditRecord.objects.create(
        made_at=timezone.now(),
        account=account,
        way=AuditRecord.Way.ADMIN if account else AuditRecord.Way.COMMAND,
        means="entry" if account else "sync",
        action=AuditRecord.Action.CHANGED,
        kind="faq.entry",
    )


def accounts(page: str) -> list[str]:
    """Who is in the rows of a page."""
    return re.findall(r'<td class="field-who">([^<]*)</td>', page)


def test_every_item_of_the_filter_by_account_has_a_name_and_finds_its_records(admin_client: Client) -> None:
    AuditRecord._base_manager.all().delete()
    for account in ("karin", "karin", ""):
        record(account)
    page = admin_client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()
    items = re.findall(r'<a href="(\?account=[^"]*)"[^>]*>\s*([^<]*?)\s*</a>', page)
    assert items == [("?account=%28none%29", "without an account"), ("?account=karin", "karin")]
    found = {name: accounts(admin_client.get(PAGE + address).content.decode()) for address, name in items}
    assert {name: len(rows) for name, rows in found.items()} == {"without an account": 1, "karin": 2}
