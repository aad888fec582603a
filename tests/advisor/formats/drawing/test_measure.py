"""How wide texts are taken to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ImageFont

from advisor.formats.drawing.measure import SIZE, cut, width_of, wrapped
from advisor.formats.drawing.png import FONTS

FACES = (
    ("Inter-Regular.otf", "Inter-Bold.otf"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
)
INSTALLED = [faces for faces in FACES if (FONTS / faces[0]).exists()]
SAID = ["tunnel 30", "1.250,5 Mbit/s", "192.168.100.0/24 +12", "'s-Hertogenbosch", "WWWWMMMM", "Málaga Łódź", "…"]


@pytest.mark.parametrize("faces", INSTALLED, ids=lambda faces: Path(faces[0]).stem)
@pytest.mark.parametrize("said", SAID)
def test_no_face_draws_a_text_wider(faces: tuple[str, str], said: str) -> None:
    for bold, face in enumerate(faces):
        drawn = ImageFont.truetype(FONTS / face, SIZE * 10).getlength(said) / 10
        assert drawn <= width_of(said, bool(bold))


@pytest.mark.parametrize("said", ["", "a", "👨\u200d👩\u200d👧", "中", "ﷺ"])
def test_every_sign_has_a_width(said: str) -> None:
    assert width_of(said) >= 0
    assert width_of(said) <= 300


def test_what_is_too_wide_is_cut_visibly() -> None:
    assert cut("Breda", 100) == "Breda"
    short = cut("Vestiging Amsterdam-Zuidoost", 100)
    assert short.endswith("…")
    assert "Vestiging Amsterdam-Zuidoost".startswith(short[:-1])
    assert width_of(short) <= 100


def test_a_label_is_wrapped_between_words_and_loses_none() -> None:
    lines = wrapped("geforceerde tunneling niet mogelijk", 120)
    assert len(lines) > 1
    assert " ".join(lines) == "geforceerde tunneling niet mogelijk"
    assert all(width_of(line) <= 120 for line in lines)
