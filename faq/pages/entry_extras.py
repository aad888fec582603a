"""What the page of an entry offers that this package knows nothing of: whoever joins the packages registers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from faq.knowledge.limits import Limit
from faq.store.editions import ChosenEdition

CheckUrl = Callable[[Sequence[Limit], ChosenEdition], str]
"""From the limits of an entry and the edition being read to the URL where a reader can try these limits with numbers of
their own; empty where that edition has no such page.
"""

_check_urls: list[CheckUrl] = []


def register_check(made: CheckUrl) -> None:
    """Offer this on the page of each entry with limits, in place of what was offered before."""
    _check_urls[:] = [made]


def check_url(limits: Sequence[Limit], chosen: ChosenEdition) -> str:
    """Where a reader can try the limits of an entry; empty where there are none, or nothing offers that."""
    return _check_urls[0](limits, chosen) if limits and _check_urls else ""
