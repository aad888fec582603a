"""Pictures that links are shown with."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from faq.formats.link_cards import entry_card
from faq.models import Translation
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


SLUG = "what-is-expressroute"


NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


class TestCards:
    """Pictures that links are shown with."""

    @pytest.mark.parametrize("path", [f"nl/faq/{SLUG}/card.png", "en/card.png", "nl/advice/card.png"])
    def test_one_is_a_picture_of_the_usual_size(self, client: Client, path: str) -> None:
        answer = client.get(f"/{path}")
        assert answer.headers["Content-Type"] == "image/png"
        with Image.open(BytesIO(answer.content)) as image:
            assert image.size == (1200, 630)
            assert len(image.getcolors(256) or ()) > 4
        assert len(answer.content) < 60_000

    def test_the_icon_has_the_sizes_that_are_asked_for(self, client: Client) -> None:
        answer = client.get("/favicon.ico")
        assert answer.headers["Content-Type"] == "image/x-icon"
        with Image.open(BytesIO(answer.content)) as image:
            assert image.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
        assert len(answer.content) < 6_000

    @pytest.mark.parametrize("separator", ["\n", "\x1c", "\x85", "\u2028", "\u2029"], ids=ascii)
    def test_a_break_within_a_title_is_a_space(self, separator: str) -> None:
        assert entry_card(f"Wat{separator}nu?", f"Een{separator}titel", "2026") == entry_card(
            "Wat nu?", "Een titel", "2026"
        )

    def test_the_longest_question_fits(self, client: Client) -> None:
        made = edition()
        long = "Waarom kan een zeer uitzonderlijk lange vraag over site-naar-site-verbindingen " * 3
        published(made, texts={"nl": text(question=long.strip())})
        assert client.get("/nl/faq/what-is-a-tunnel/card.png?edition=2020-01").status_code == 200

    def test_every_sign_of_the_questions_is_in_the_font(self) -> None:
        from faq.formats.link_cards import _font

        missing = bytes(_font("Bold", 40).getmask("\uffff"))
        signs = set("".join(Translation.objects.values_list("question", flat=True))) - {" "}
        assert [sign for sign in signs if bytes(_font("Bold", 40).getmask(sign)) == missing] == []

    @pytest.mark.parametrize("path", ["result/", "", "steps/check/", "steps/sites/"])
    def test_an_advice_tells_nothing_of_anybodys_answers(self, client: Client, path: str) -> None:
        page = body(client, f"/en/advice/{path}?{NEED}")
        tags = re.findall(r'<meta (?:property="og:|name="twitter)[^>]*>', page)
        assert len(tags) >= 8
        assert "Tilburg" not in "".join(tags)
        assert "192.168" not in "".join(tags)
        assert '<meta name="robots" content="noindex">' in page
        assert (f'<link rel="canonical" href="{HERE}/en/advice/{path}">' in page) is (path != "result/")

    def test_an_entry_names_its_own(self, client: Client) -> None:
        page = body(client, f"/en/faq/{SLUG}/")
        assert f'<meta property="og:image" content="{HERE}/en/faq/{SLUG}/card.png">' in page
        assert '<meta property="og:title" content="What is ExpressRoute' in page
