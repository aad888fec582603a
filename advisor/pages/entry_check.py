"""What the advisor offers on the page of an entry: the form, filled in to just what one of its limits allows."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from advisor.answers.query_string import to_check
from advisor.service import advising_editions
from faq.knowledge.limits import Limit
from faq.pages.context import edition_query
from faq.store.editions import ChosenEdition


def check_url(limits: Sequence[Limit], chosen: ChosenEdition) -> str:
    """The form, filled in to the first of these limits that a design can ask for, if any; in the edition read. Empty
    where that gives no advice.
    """
    if chosen.edition.code not in advising_editions():
        return ""
    query, stays = to_check(limits), edition_query(chosen)
    return reverse("advisor:form") + stays + (f"{'&' if stays else '?'}{query}" if query else "")
