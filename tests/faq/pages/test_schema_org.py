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

    def test_an_entry_has_its_question_and_answer(self, client: Client) -> None:
        (found,) = extruct.extract(body(client, f"/en/faq/{SLUG}/"), syntaxes=["json-ld"])["json-ld"]
        assert (found["@type"], found["inLanguage"]) == ("FAQPage", "en")
        (question,) = found["mainEntity"]
        assert question["@type"] == "Question"
        assert question["name"]
        assert question["acceptedAnswer"]["text"]
        assert question["url"] == f"{HERE}/en/faq/{SLUG}/"

    @pytest.mark.parametrize("path", ["sections/bgp/", "faq/", "faq/?all=1"])
    def test_a_page_that_lists_answers_does_not_tell_them_again(self, client: Client, path: str) -> None:
        assert extruct.extract(body(client, f"/en/{path}"), syntaxes=["json-ld"])["json-ld"] == []

    def test_nothing_in_it_ends_its_element(self) -> None:
        written = as_json_ld({"name": "</script><script>alert(1)</script><!-- & \u2028"})
        assert written.count("<") == 2
        inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        assert json.loads(inside) == {"name": "</script><script>alert(1)</script><!-- & \u2028"}

    def test_a_page_without_entries_has_none(self) -> None:
        assert faq_page([], "nl", "")["mainEntity"] == []
