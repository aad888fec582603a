"""Which texts of an entry are behind the others: worked out from what they say, and from what was known of it. Pure.

The texts of an entry, all languages together, are a *set*, named by a digest. For each set that was ever published it
is known which languages were behind in it, so that an old version that comes back brings that back too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from faq.knowledge.entry import Text
from web.languages import LANGUAGES

MOST_SETS = 50
"""Sets of texts that are remembered of an entry, the newest."""

Behind = tuple[str, ...]
Known = Mapping[str, list[str]]
"""The languages that are behind, by the name of the set."""


def name_of_set(texts: Mapping[str, Text]) -> str:
    """The name of a set of texts. Phrasings, which readers do not see, have no part in it."""
    return "-".join(hashlib.sha256(_said(texts.get(code)).encode()).hexdigest()[:12] for code in LANGUAGES)


def behind_after(before: Mapping[str, Text], behind: Behind, after: Mapping[str, Text], known: Known) -> Behind:
    """The languages that are behind in the texts after a change, by those that were behind before it.

    Texts that were there before are as they were then. Else a text that was not behind and changed leaves behind those
    that did not change; one that was behind and changed has caught up.
    """
    if (name := name_of_set(after)) in known:
        return tuple(known[name])
    changed = {code for code, text in after.items() if _said(before.get(code)) != _said(text)}
    left = {code for code in behind if code in after and code not in changed}
    if any(code in before and code not in behind for code in changed):
        left |= {code for code in after if code not in changed}
    return tuple(code for code in LANGUAGES if code in left)


def remembered(known: Known, texts: Mapping[str, Text], behind: Behind) -> dict[str, list[str]]:
    """What is known of the sets of an entry when this one is published as well."""
    name = name_of_set(texts)
    others = {other: languages for other, languages in known.items() if other != name}
    kept = dict(list(others.items())[-(MOST_SETS - 1) :])
    return kept | {name: list(behind)}


def _said(text: Text | None) -> str:
    """The words of a text, however its lines end."""
    return " ".join(f"{text.question}\n{text.answer}".split()) if text else ""
