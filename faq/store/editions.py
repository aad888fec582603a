"""The editions: which there are, which one a reader gets, and the limits of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from faq.knowledge.limits import Catalogue
from faq.models import Edition as Edition  # whoever is handed an edition names its type from here
from faq.models import Translation
from faq.store.content_version import kept
from faq.store.limit_rows import catalogues as catalogues  # with the editions, for those who advise


@dataclass(frozen=True, slots=True)
class ChosenEdition:
    """The edition that a reader reads, whether readers get it who ask for none, and what was asked for in vain."""

    edition: Edition
    is_default: bool
    unknown: str | None = None


def default_code(codes: Sequence[str]) -> str:
    """Of the codes of all editions, newest first: the one that the setting names, else the newest.

    Raises Edition.DoesNotExist on an empty site.
    """
    if not codes:
        raise Edition.DoesNotExist
    return settings.DEFAULT_EDITION if settings.DEFAULT_EDITION in codes else codes[0]


def default_edition() -> Edition:
    """The edition that readers get who ask for none. Raises Edition.DoesNotExist on an empty site."""
    return find_edition("").edition


@kept
def known_editions() -> tuple[Edition, ...]:
    """The editions that readers know of, newest first: something in them is published, or they have limits."""
    published = Translation.objects.published().filter(entry__edition=OuterRef("pk"))
    return tuple(Edition.objects.filter(Q(Exists(published)) | ~Q(limits_digest="") | ~Q(changed_limits_digest="")))


def all_editions() -> tuple[Edition, ...]:
    """Every edition, newest first: also those that only editors see, as nothing in them is published yet."""
    return tuple(Edition.objects.all())


def edition_codes() -> list[str]:
    """The codes of the editions that readers know of, newest first."""
    return [edition.code for edition in known_editions()]


def find_edition(code: str) -> ChosenEdition:
    """The edition with this code that readers know of, or the default, which then says what was asked for.

    Raises Edition.DoesNotExist on an empty site.
    """
    known = {edition.code: edition for edition in known_editions()}
    default = known[default_code(list(known))]
    edition = known.get(code, default)
    return ChosenEdition(
        edition, is_default=edition == default, unknown=code[:40] if code not in ("", *known) else None
    )


def catalogue_of(edition: Edition) -> Catalogue:
    """The limits of an edition, as last synced."""
    return catalogues()[edition.code]
