"""Where a slug or a short code leads: to an entry's present slug, whether it is that or a former one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from hashlib import blake2b
from typing import Any

from django.db.models import F
from django.db.models.signals import post_save

from faq.knowledge.entry import is_slug
from faq.models import Edition, Entry, Slug
from faq.store.deletions import Kind, forget
from faq.store.entries import Heading, find_headings
from web.readable_codes import spelled

SHORT_LENGTH = 6
"""Signs of a short code: 30⁶ codes, so that a thousand slugs share one with a chance of 1 in 1,500."""


def short_code(slug: str) -> str:
    """The short code of a slug, always the same; an entry has one for each slug that it ever had."""
    number = int.from_bytes(blake2b(slug.encode(), digest_size=8).digest())
    return spelled(number, SHORT_LENGTH).lower()


def find_short(code: str) -> str | None:
    """The slug of the published entry that a short code stands for, by its present or a former slug."""
    if not (code.isascii() and code.isalnum()):
        return None
    known = Slug.objects.published().filter(short_code=code.lower())
    oldest_first = known.order_by(F("entry__edition__date").asc(nulls_first=True), "entry__slug")
    return oldest_first.values_list("entry__slug", flat=True).first()


def renamed_to(slug: str) -> str | None:
    """Where an entry with this former slug is now, or None."""
    return _present([slug]).get(slug)


def openable(slugs: Iterable[str], edition: Edition, language: str) -> list[Heading]:
    """Of slugs that somebody noted down once, the entries that can be opened, under their present slugs."""
    wanted = list(slugs)
    found = find_headings(wanted, edition, language)
    present = _present([slug for slug in wanted if slug not in found])
    renamed = find_headings(present.values(), edition, language)
    opened = (found.get(slug) or renamed.get(present.get(slug, "")) for slug in wanted)
    return list({heading.slug: heading for heading in opened if heading}.values())


def nearest(slug: str, edition: Edition, language: str) -> list[Heading]:
    """The few entries whose slugs are most like what was asked for, best first."""
    entries = Entry.objects.published().filter(edition=edition)
    known = list(entries.order_by("section__order", "order", "slug").values_list("slug", flat=True))
    close = get_close_matches(slug[:200].lower(), known, n=3, cutoff=0.5)
    words = {word for word in slug[:200].lower().split("-") if len(word) > 3}
    shared = sorted(known, key=lambda other: -len(words & set(other.split("-"))))
    alike = [other for other in shared if len(words & set(other.split("-"))) >= 2]
    best = list(dict.fromkeys([*close, *alike]))[:5]
    found = find_headings(best, edition, language)
    return [found[other] for other in best if other in found]


def _present(slugs: Iterable[str]) -> dict[str, str]:
    """For each former slug, the present one of the published entry that has it."""
    known = Slug.objects.published().filter(slug__in=[slug for slug in slugs if is_slug(slug)], is_former=True)
    rows = known.order_by("entry__section__order", "entry__order", "entry__slug").values_list("slug", "entry__slug")
    present: dict[str, str] = {}
    for former, slug in rows:
        present.setdefault(former, slug)
    return present


def keep_in_step(sender: type[Entry], instance: Entry, **kwargs: Any) -> None:
    """Write the rows of an entry's slugs anew where it has others than before; none of them is deleted any more. A
    receiver of the saving of entries.
    """
    wanted = dict.fromkeys(filter(is_slug, instance.former_slugs), True) | {instance.slug: False}
    if wanted != dict(instance.slugs.values_list("slug", "is_former")):
        instance.slugs.all().delete()
        Slug.objects.bulk_create(
            Slug(entry=instance, slug=slug, is_former=is_former, short_code=short_code(slug))
            for slug, is_former in wanted.items()
        )
        forget(Kind.ENTRY, instance.edition.code, wanted)


def watch() -> None:
    """Keep the slugs in step with every entry that is saved, also with one that is brought back from its history."""
    post_save.connect(keep_in_step, sender=Entry)
