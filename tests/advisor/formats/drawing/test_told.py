"""The drawing in words."""

from __future__ import annotations

import pytest

from advisor.formats.drawing.told import tell
from tests.advisor.formats.drawing.designs import DESIGNS, LANGUAGES, layouts, parsed, topology, words_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DESIGNS)
def test_the_words_say_all_that_can_be_read_in_the_drawing(name: str, language: str) -> None:
    told = " ".join(tell(topology(name, language)))
    for layout in layouts(name, language):
        for word in words_of(parsed(layout)):
            assert word.rstrip("…") in told


def test_each_box_is_told_with_its_lines_and_what_does_not_fit() -> None:
    told = list(tell(topology("faulty sites")))
    assert told[0] == "Het netwerk rond VNet hub."
    assert "Tilburg: 192.168.10.0/24; IPsec-tunnel (tunnel 1, 25 Mbit/s); past niet: overlapt met site Breda." in told
