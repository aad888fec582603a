"""Advice saved under a code."""

from __future__ import annotations

import json
import zlib

import pytest
from django.test import Client

from advisor.answers.saved_designs import readable_code
from advisor.models import KeptDesign
from faq.models import Edition
from faq.store.limit_rows import read_limits, write_limits
from tests.builders import EDITION

pytestmark = pytest.mark.django_db


def test_a_case_shows_what_was_shown_and_what_changed_since(client: Client) -> None:
    address = "site=Tilburg&site_mbps=25&clients=40&unknown=routes"
    here = client.post("/nl/advice/case/", {"address": address}).headers["Location"]
    code = here.rstrip("/").rpartition("/")[2]
    page = client.get(here).content.decode()
    assert readable_code(code) in page
    assert "Tilburg" in page
    assert "Sindsdien veranderd" not in page
    assert "Aangenomen" in page
    assert client.get("/nl/advice/case/", {"code": readable_code(code).lower()}).headers["Location"] == here
    english = client.get(here.replace("/nl/", "/en/")).content.decode()
    assert "Why not the others" in english

    edition = Edition.objects.get(code=EDITION)
    limits = read_limits(edition)
    limits["p2s"]["max_clients"]["value"] = 30
    write_limits(edition, limits)
    page = client.get(here).content.decode()
    assert "Sindsdien veranderd" in page
    assert "<del>40 / 128</del> <ins>40 / 30</ins>" in page
    assert "<del>Past</del>" in page.partition("Sindsdien veranderd")[2]


def test_a_case_of_faults_goes_to_the_check(client: Client) -> None:
    assert "/steps/check/" in client.post("/nl/advice/case/", {"address": "clients=x"}).headers["Location"]
    assert not KeptDesign.objects.exists()


def test_a_case_of_before_drawings_had_layouts_shows_the_drawing_of_then(client: Client) -> None:
    here = client.post("/nl/advice/case/", {"address": "site=Tilburg&site_mbps=25"}).headers["Location"]
    kept = KeptDesign.objects.get()
    told = json.loads(zlib.decompress(kept.shown))
    for said in told.values():
        del said["drawings"]
        said["drawing"] = "<svg><title>then</title></svg>"
    kept.shown = zlib.compress(json.dumps(told).encode())
    kept.save()
    assert client.get(here).content.decode().count("<svg><title>then</title></svg>") == 1
