"""What a page says to search engines."""

from __future__ import annotations

import json

import extruct
import pytest
from django.conf import settings
from django.test import Client

from faq.pages.safe_html import as_json_ld
from faq.pages.schema_org import faq_page

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


SLUG = "what-is-expressroute"


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


class TestStructuredData:
    """schema.org's FAQPage, read by another's library."""

    @pytest.mark.parametrize(("path", "count"), [(f"faq/{SLUG}/", 1), ("sections/bgp/", 18), ("faq/", 67)])
    def test_a_page_has_its_questions_and_answers(self, client: Client, path: str, count: int) -> None:
        (found,) = extruct.extract(body(client, f"/en/{path}"), syntaxes=["json-ld"])["json-ld"]
        assert (found["@type"], found["inLanguage"]) == ("FAQPage", "en")
        assert len(found["mainEntity"]) == count
        for question in found["mainEntity"]:
            assert question["@type"] == "Question"
            assert question["name"]
            assert question["acceptedAnswer"]["text"]
            assert question["url"].startswith(f"{HERE}/en/faq/")

    def test_nothing_in_it_ends_its_element(self) -> None:
        written = as_json_ld({"name": "</script><script>alert(1)</script><!-- & \u2028"})
        assert written.count("<") == 2
        inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        assert json.loads(inside) == {"name": "</script><script>alert(1)</script><!-- & \u2028"}

    def test_a_page_without_entries_has_none(self) -> None:
        assert faq_page([], "nl", "")["mainEntity"] == []
