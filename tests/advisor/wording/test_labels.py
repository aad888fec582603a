"""Words for codes."""

from __future__ import annotations

from advisor.core.editions import EDITIONS
from advisor.core.need import SYSTEM_CODES
from advisor.formats.drawing.topology import KINDS
from faq.knowledge.connection_types import CONNECTION_TYPES
from faq.knowledge.units import SYSTEMS
from faq.pages.labels import CONNECTION_TYPE_NAMES


def test_every_table_by_connection_type_has_the_types_of_all_books() -> None:
    types = {type_ for book in EDITIONS.values() for type_ in book.connection_types}
    assert set(KINDS) == set(CONNECTION_TYPE_NAMES) == types == set(CONNECTION_TYPES)


def test_every_client_system_has_a_name() -> None:
    assert set(SYSTEM_CODES) == set(SYSTEMS) | {"other"}
