"""The terms of search between their content file and the database; never over an editor's change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from django.db import transaction

from faq.models import TermGroup
from faq.search.terms import Term
from faq.store.loading import Outcome
from web.languages import LANGUAGES


@transaction.atomic
def sync_terms(terms: Iterable[Term], *, overwrite: bool = False, dry_run: bool = False) -> list[Outcome]:
    """Bring the groups to what the file says. One that an editor changed or made is in conflict, until overwritten."""
    kept = {group.key: group for group in TermGroup.objects.all()}
    return [_load(kept.get(term.key), term, overwrite, dry_run) for term in terms]


def _load(group: TermGroup | None, term: Term, overwrite: bool, dry_run: bool) -> Outcome:
    wanted = {language: list(term.names[language]) for language in LANGUAGES}
    if group is not None and names_of(group) == wanted:
        return Outcome(term.key, "unchanged", LANGUAGES)
    if group is not None and group.loaded != _digest(names_of(group)) and not overwrite:
        return Outcome(term.key, "conflict", LANGUAGES)
    if not dry_run:
        TermGroup.objects.update_or_create(key=term.key, defaults={**wanted, "loaded": _digest(wanted)})
    return Outcome(term.key, "new" if group is None else "changed", LANGUAGES)


def names_of(group: TermGroup) -> dict[str, list[str]]:
    """The words and phrases of a group in each language."""
    return {language: getattr(group, language) for language in LANGUAGES}


def _digest(names: Mapping[str, list[str]]) -> str:
    return hashlib.sha256(json.dumps([names[language] for language in LANGUAGES]).encode()).hexdigest()
