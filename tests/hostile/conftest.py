"""What tests of attacks count on."""

from tests.faq.conftest import own_index

__all__ = ["own_index"]
