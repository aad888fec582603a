"""The questions of the wizard, and pasted tables."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from advisor.answers.pasted_tables import pasted
from advisor.answers.query_string import typed
from advisor.answers.questions import relevant

pytestmark = pytest.mark.django_db


def answered(client: Client, address: str, go: str, **given: Any) -> str:
    """Where a question leads when it is answered like this."""
    joined = "&".join(part for part in (address.partition("?")[2], urlencode(given, doseq=True), f"go={go}") if part)
    answer = client.get(f"{address.partition('?')[0]}?{joined}")
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer.headers["Location"])


def test_an_answer_takes_the_place_of_an_assumption(client: Client) -> None:
    address = answered(client, "/nl/advice/steps/clients/?want=clients&unknown=clients", "next", clients="40")
    assert "unknown" not in address


def test_changing_an_early_answer_keeps_the_later_ones(client: Client) -> None:
    before = "/nl/advice/steps/what/?" + urlencode({"site": "Tilburg", "clients": "40", "mbps": "90"})
    without = answered(client, before, "next", want=["clients"])
    assert "site=Tilburg" in without
    said = typed(QueryDict(without.partition("?")[2]))
    assert relevant(said).sites == ()
    assert relevant(said).clients == "40"


@pytest.mark.parametrize(
    "table",
    [
        "name\tprefixes\tmbps\nTilburg\t10.1.0.0/24 10.1.1.0/24\t25\nBreda\t10.2.0.0/24\t",
        "Tilburg;10.1.0.0/24 10.1.1.0/24;25\n\nBreda;10.2.0.0/24;",
        '"Tilburg",10.1.0.0/24 10.1.1.0/24,25\r\nBreda,10.2.0.0/24,\r\n',
    ],
)
def test_a_pasted_table_becomes_rows(table: str) -> None:
    first, second = pasted(table, "site").rows
    assert tuple(first[column] for column in ("name", "prefixes", "mbps", "device")) == (
        "Tilburg", "10.1.0.0/24 10.1.1.0/24", "25", "validated",
    )  # fmt: skip
    assert (second["name"], second["prefixes"]) == ("Breda", "10.2.0.0/24")
