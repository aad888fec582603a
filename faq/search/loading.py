"""The terms of search between their content file and the database; never over an editor's change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from django.db import transaction

from faq.models import TermGroup
from faq.search.terms import Term
from faq.store.loading import Outcome

LANGUAGES = ("nl", "en")


@transaction.atomic
def sync_terms(terms: Iterable[Term], *, overwrite: bool = False, dry_run: bool = False) -> list[Outcome]:
    """Bring the groups to what the file says. One that an editor changed or made is in conflict, until overwritten."""
    kept = {group.key: group for group in TermGroup.objects.all()}
    return [_load(kept.get(term.key), term, overwrite, dry_run) for term in terms]


def _load(group: TermGroup | None, term: Term, overwrite: bool, dry_run: bool) -> Outcome:
    wanted = {language: list(term.names[language]) for language in LANGUAGES}
    if group is not None and {"nl": group.nl, "en": group.en} == wanted:
        return Outcome(term.key, "unchanged", LANGUAGES)
    if group is not None and group.loaded != _digest(group.nl, group.en) and not overwrite:
        return Outcome(term.key, "conflict", LANGUAGES)
    if not dry_run:
        TermGroup.objects.update_or_create(
            key=term.key, defaults={**wanted, "loaded": _digest(wanted["nl"], wanted["en"])}
        )
    return Outcome(term.key, "new" if group is None else "changed", LANGUAGES)


def _digest(nl: list[str], en: list[str]) -> str:
    return hashlib.sha256(json.dumps([nl, en]).encode()).hexdigest()
