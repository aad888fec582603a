"""What an editor reads of the faults of an entry, in the language of the admin."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

from faq.knowledge.entry_faults import EntryFault
from web.languages import ENGLISH_NAMES

SENTENCES = {
    "unknown-limit": gettext_lazy("The limit %(key)s is not in the catalogue of edition %(edition)s."),
    "unknown-related": gettext_lazy("Related entries: there is no entry with the slug %(slug)s."),
    "related-to-itself": gettext_lazy("Related entries: the entry is related to itself."),
    "empty": gettext_lazy("%(language)s: the text is empty."),
    "too-long": gettext_lazy("%(language)s: the answer has %(given)d characters; at most %(most)d are shown."),
    "unknown-limit-in-text": gettext_lazy(
        "%(language)s: the answer names the limit %(key)s, which is not in the catalogue of edition %(edition)s."
    ),
    "broken-link": gettext_lazy("%(language)s: the link to %(target)s is broken on this site."),
    "link-to-no-entry": gettext_lazy("%(language)s: the link to %(target)s leads to no entry."),
}


def fault_said(fault: EntryFault, edition: str) -> str:
    """The sentence for a fault of an entry of this edition."""
    language = fault.place.partition(".")[0]
    name = gettext(ENGLISH_NAMES[language]) if language in ENGLISH_NAMES else ""
    return str(SENTENCES[fault.code]) % {**fault.facts, "edition": edition, "language": name}
