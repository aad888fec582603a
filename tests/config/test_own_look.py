"""A company's own look: read from the settings, shown everywhere, and nowhere where nothing is set."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings as site_settings
from django.core.checks import Warning
from django.template.loader import get_template
from django.test import Client
from django.utils.html import escape
from PIL import Image

from config.checks import readable_color
from tests import pdf_files
from web.logos import read_logo
from web.own_look import LOGO, MARK, own_file, signal

ROOT = Path(__file__).parents[2]
NAME = "Vandeloo & Zonen"
LOGO_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path fill="#00aa00" d="M0 0h120v40H0z"/></svg>'
)
ENTRY = "what-is-expressroute"
PAGES = ("/nl/", f"/en/faq/{ENTRY}/", "/nl/advice/", "/en/limits/", "/nl/nothing-here/", "/nl/about/", "/en/api/")
FRAMES = (f"/embed/en/{ENTRY}", "/embed/nl/search", "/embed/en/advice/")
PDFS = (f"/nl/faq/{ENTRY}.pdf", "/en/advice/result/pdf/?site=Tilburg&clients=40&vnet=hub")
CARDS = ("/nl/card.png", f"/en/faq/{ENTRY}/card.png", "/nl/advice/card.png")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def own(settings: Any) -> Any:
    """The settings of a company with a look of its own."""
    settings.NAME, settings.COLOR, settings.LOGO = NAME, "#e0007a", read_logo(LOGO_SVG)
    return settings


def text_of(client: Client, path: str) -> str:
    """A page with every break of a line, and all spaces around it, as one space."""
    return " ".join(client.get(path).content.decode().split())


def started(tmp_path: Path, say: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What a bare start of the site with these settings says."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "GATEWIJZER_DATA": str(tmp_path), **more}
    return subprocess.run(
        [sys.executable, "-c", say], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


class TestSettings:
    """What an operator sets."""

    def test_the_look_is_read_from_the_environment(self, tmp_path: Path) -> None:
        (tmp_path / "logo.svg").write_bytes(LOGO_SVG)
        say = (
            "import django; django.setup(); import config.urls; "
            "from django.conf import settings as s; from django.contrib import admin; "
            "print(s.NAME, s.COLOR, s.LOGO.ratio, admin.site.site_header, admin.site.site_title, sep='|')"
        )
        look = {"GATEWIJZER_NAME": f" {NAME} ", "GATEWIJZER_COLOR": "#E0007A"}
        done = started(tmp_path, say, GATEWIJZER_LOGO=str(tmp_path / "logo.svg"), **look)
        assert done.stdout.strip() == f"{NAME}|#e0007a|3.0|{NAME}|{NAME}", done.stderr

    @pytest.mark.parametrize(
        ("setting", "given", "reason"),
        [
            ("GATEWIJZER_NAME", "", "a name has at least one character"),
            ("GATEWIJZER_NAME", "Gate\u200bwijzer", "none that is invisible"),
            ("GATEWIJZER_NAME", "Netwerken " * 5, "at most 40 characters, and this one has 49; 'Netwerken Netwerken "),
            ("GATEWIJZER_COLOR", "e0007a", "did you mean #e0007a?"),
            ("GATEWIJZER_COLOR", "pink", "a color is # and six hexadecimal digits, such as #0b5d66"),
            ("GATEWIJZER_LOGO", "/nowhere/logo.svg", "the file cannot be read: No such file or directory"),
        ],
    )
    def test_a_wrong_value_stops_the_start_with_its_reason(
        self, tmp_path: Path, setting: str, given: str, reason: str
    ) -> None:
        done = started(tmp_path, "import config.settings", **{setting: given})
        assert done.returncode == 1
        last = done.stderr.strip().splitlines()[-1]
        assert f"{setting}={given!r}: " in last
        assert reason in last

    def test_a_color_that_is_too_light_is_warned_of_with_the_shade_that_is_used(self, own: Any) -> None:
        (found,) = readable_color()
        assert isinstance(found, Warning)
        shades = signal()
        assert f"{shades.light} is used on light paper, and {shades.dark} on dark paper" in found.msg
        assert found.msg.startswith("GATEWIJZER_COLOR='#e0007a' has a contrast of 4.")
        assert str(found.hint).startswith(f"Set GATEWIJZER_COLOR={shades.light} if")

    @pytest.mark.parametrize("color", ["", "#0b5d66", "#7a003c"])
    def test_no_color_and_a_dark_one_are_nothing_to_warn_of(self, settings: Any, color: str) -> None:
        settings.COLOR = color
        assert readable_color() == []


@pytest.mark.django_db
class TestFiles:
    """The style sheet, the mark, and the logo."""

    def test_the_style_sheet_sets_the_shades_and_may_be_kept(self, client: Client, own: Any) -> None:
        (url,) = set(re.findall(r'href="(/look/\w+/look\.css)"', text_of(client, "/nl/")))
        answer = client.get(url)
        shades = signal()
        assert f":root {{ --signal: light-dark({shades.light}, {shades.dark}); }}" in answer.content.decode()
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"

    def test_the_logo_comes_as_it_is_and_may_run_nothing(self, client: Client, own: Any) -> None:
        (url,) = set(re.findall(r'<img src="(/look/\w+/logo\.svg)"', text_of(client, "/nl/")))
        answer = client.get(url)
        assert answer.content == LOGO_SVG
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_the_mark_has_the_shades(self, own: Any) -> None:
        file, shades = own_file(MARK), signal()
        assert file is not None
        assert shades.light.encode() in file.body
        assert shades.dark.encode() in file.body

    def test_a_former_version_leads_to_the_present_one(self, client: Client, own: Any) -> None:
        file = own_file(LOGO)
        assert file is not None
        assert client.get("/look/0123456789ab/logo.svg").headers["Location"] == file.url
        own.COLOR = "#0b5d66"
        first = own_file(MARK)
        own.COLOR = "#7a003c"
        second = own_file(MARK)
        assert first is not None
        assert second is not None
        assert first.url != second.url

    @pytest.mark.parametrize("name", ["look.css", "mark.svg", "logo.svg", "settings.py"])
    def test_without_the_settings_there_are_none(self, client: Client, name: str) -> None:
        assert client.get(f"/look/0123456789ab/{name}").status_code == 404


@pytest.mark.django_db
class TestShown:
    """Where name, logo, and color are shown."""

    @pytest.mark.parametrize("path", PAGES)
    def test_a_page_has_all_of_it(self, client: Client, own: Any, path: str) -> None:
        page = text_of(client, path)
        assert escape(NAME) in re.findall(r"<title>([^<]*)</title>", page)[0]
        assert f'<meta property="og:site_name" content="{escape(NAME)}">' in page
        picture = r'<img src="/look/\w+/logo.svg" alt="" width="96" height="32">'
        assert re.search(rf'class="brand"[^>]*>\s*{picture}\s*{escape(NAME)}\s*</a>', page)
        assert re.search(r'<link rel="stylesheet" href="/look/\w+/look.css">', page)
        assert re.search(r'<link rel="icon" href="/look/\w+/logo.svg" type="image/svg\+xml">', page)

    @pytest.mark.parametrize("path", FRAMES)
    def test_a_frame_has_it_in_its_foot(self, client: Client, own: Any, path: str) -> None:
        page = text_of(client, path)
        foot = page[page.index("<footer>") :]
        assert re.search(r'<img src="/look/\w+/logo.svg" alt="" width="60" height="20">', foot)
        assert f"{escape(NAME)}</a>" in foot
        assert f"· {escape(NAME)}</title>" in page
        assert "/look.css" in page

    @pytest.mark.parametrize("template", ["500.html", "503.html"])
    def test_the_pages_for_errors_have_it_too(self, own: Any, template: str) -> None:
        page = get_template(template).render()
        assert page.count(escape(NAME)) == 2
        assert "/logo.svg" in page
        assert "/look.css" in page

    @pytest.mark.parametrize("path", CARDS)
    def test_a_card_has_its_color_and_its_logo(self, client: Client, own: Any, path: str) -> None:
        image = Image.open(BytesIO(client.get(path).content)).convert("RGB")
        shade = tuple(int(signal().light[at : at + 2], 16) for at in (1, 3, 5))
        assert image.getpixel((600, 5)) == pytest.approx(shade, abs=12)
        colors = [color for _, color in image.getcolors(1_000_000) or ()]
        assert any(isinstance(color, tuple) and color[1] > 150 > 60 > max(color[0], color[2]) for color in colors)

    def test_a_png_is_drawn_on_cards_as_well(self, client: Client, own: Any) -> None:
        plain = client.get("/nl/card.png").content
        written = BytesIO()
        Image.new("RGB", (60, 30), "#00aa00").save(written, "PNG")
        own.LOGO = read_logo(written.getvalue())
        assert client.get("/en/card.png").status_code == 200
        assert client.get("/nl/card.png?x=1").content != plain

    @pytest.mark.parametrize("path", PDFS)
    @pytest.mark.parametrize("kind", ["svg", "png"])
    def test_a_pdf_has_all_of_it(self, client: Client, own: Any, path: str, kind: str) -> None:
        drawn = BytesIO()
        Image.new("RGB", (60, 30), "#00aa00").save(drawn, "PNG")
        own.LOGO = read_logo(LOGO_SVG if kind == "svg" else drawn.getvalue())
        with_logo = client.get(path).content
        assert pdf_files.text_of(with_logo).startswith(NAME)
        own.LOGO = None
        without = client.get(f"{path}?again").content
        assert pdf_files.text_of(without).startswith(NAME)
        assert {signal().light, *(["#00aa00"] if kind == "svg" else [])} <= pdf_files.colors_of(with_logo)
        assert pdf_files.pictures_of(with_logo) == (1 if kind == "png" else 0)
        assert "#00aa00" not in pdf_files.colors_of(without)
        assert pdf_files.pictures_of(without) == 0

    def test_a_feed_has_name_icon_and_logo(self, client: Client, own: Any) -> None:
        root = ElementTree.fromstring(client.get("/nl/changes.atom").content)  # noqa: S314 -- our own words
        file = own_file(LOGO)
        assert file is not None
        assert root.findtext(f"{ATOM}title") == f"{NAME}: wijzigingen"
        assert root.findtext(f"{ATOM}author/{ATOM}name") == NAME
        assert root.findtext(f"{ATOM}icon") == root.findtext(f"{ATOM}logo") == site_settings.ORIGIN + file.url

    def test_what_programs_read_names_the_site(self, client: Client, own: Any) -> None:
        oembed = client.get("/oembed", {"url": f"{site_settings.ORIGIN}/en/faq/{ENTRY}/"}).json()
        assert oembed["provider_name"] == NAME
        assert text_of(client, "/llms.txt").startswith(f"# {NAME} > ")
        assert text_of(client, "/en/index.md").startswith(f"# {NAME}: ")

    def test_the_search_of_a_browser_has_a_name_that_fits(self, client: Client, own: Any) -> None:
        described = client.get("/opensearch/nl.xml").content.decode()
        (short,) = re.findall("<ShortName>(.*)</ShortName>", described)
        assert short == "Vandeloo &amp; Z… NL"
        assert "/logo.svg</Image>" in described

    def test_the_about_page_still_tells_of_the_software(self, client: Client, own: Any) -> None:
        assert "<h1>About Gatewijzer</h1>" in text_of(client, "/en/about/")


@pytest.mark.django_db
class TestWithoutSettings:
    """Nothing is added where nothing is set."""

    @pytest.mark.parametrize("path", [*PAGES, *FRAMES, "/nl/changes.atom", "/opensearch/en.xml"])
    def test_no_page_asks_for_a_file_of_the_look(self, client: Client, path: str) -> None:
        page = text_of(client, path)
        assert "/look/" not in page
        assert "Gatewijzer" in page

    def test_the_brand_and_the_links_are_those_of_the_software(self, client: Client) -> None:
        page = text_of(client, "/nl/about/")
        assert pdf_files.text_of(client.get(PDFS[0]).content).startswith("Gatewijzer")
        assert re.search(
            r'class="brand" href="/nl/">\s*<svg viewBox="0 0 24 24".*?</svg>\s*Gatewijzer\s*</a>', page, re.DOTALL
        )
        assert (
            '<link rel="icon" href="/static/mark.svg" type="image/svg+xml"> '
            '<link rel="stylesheet" href="/static/site.css"> <link rel="alternate"' in page
        )

    def test_a_card_has_the_usual_color(self, client: Client) -> None:
        image = Image.open(BytesIO(client.get("/nl/card.png").content)).convert("RGB")
        assert image.getpixel((600, 5)) == pytest.approx((0x0B, 0x5D, 0x66), abs=4)
