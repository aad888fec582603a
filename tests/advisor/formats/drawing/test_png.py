"""The drawing as PNG."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from advisor.formats.drawing.layout import widest_layout
from advisor.formats.drawing.png import BORDER, SCALE, to_png
from tests.advisor.formats.drawing.designs import DESIGNS, parsed, topology, words_of
from tests.every import some


@pytest.mark.parametrize("name", some(DESIGNS, 3))
def test_it_is_twice_the_size_on_white_and_has_the_words_of_the_svg(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    write = ImageDraw.ImageDraw.text

    def note(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, **more: Any) -> None:
        said.append(text)
        write(draw, at, text, **more)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", note)
    layout = widest_layout(topology(name))
    image = Image.open(BytesIO(to_png(layout)))
    image.load()
    assert image.format == "PNG"
    assert image.size == (layout.width * SCALE + 2 * BORDER, layout.height * SCALE + 2 * BORDER)
    assert image.getpixel((0, 0)) == image.getpixel((image.width - 1, image.height - 1)) == 255
    assert image.getextrema()[0] == 0
    assert sorted(said) == sorted(words_of(parsed(layout)))
