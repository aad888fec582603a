"""Where a slug or a short code leads: to an entry's present slug, whether it is that or a former one."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.db.models import F
from django.db.models.signals import post_save

from faq.knowledge.entry import is_slug
from faq.models import Edition, Entry, Slug, SlugEnd
from faq.store.deletions import Kind, forget
from faq.store.entries import Heading, find_headings
from faq.store.near_slugs import ends_of
from web.readable_codes import spelled

SHORT_LENGTH = 6
"""Signs of a short code: 30⁶ codes, so that a thousand slugs share one with a chance of 1 in 1,500."""


def short_code(slug: str) -> str:
    """The short code of a slug, always the same; an entry has one for each slug that it ever had."""
    number = int.from_bytes(blake2b(slug.encode(), digest_size=8).digest())
    return spelled(number, SHORT_LENGTH).lower()


def find_short(code: str, edition: Edition) -> str | None:
    """The slug of the published entry that a short code stands for, by its present or a former slug: that of the oldest
    edition, or what this edition calls it.
    """
    if not (code.isascii() and code.isalnum()):
        return None
    known = Slug.objects.published().filter(short_code=code.lower())
    oldest_first = known.order_by(F("entry__edition__date").asc(nulls_first=True), "entry__slug")
    first = oldest_first.values_list("slug", "entry__slug").first()
    if first is None:
        return None
    slug, present = first
    return _present([slug], edition, elsewhere=False).get(slug, present)


def renamed_to(slug: str, edition: Edition) -> str | None:
    """Where an entry with this former slug is now, in this edition before any other. None where an entry has it."""
    present = _present([slug], edition).get(slug)
    return present if present != slug else None


def openable(slugs: Iterable[str], edition: Edition, language: str) -> list[Heading]:
    """Of slugs that somebody noted down once, the entries that can be opened, under their present slugs."""
    wanted = list(slugs)
    present = _present(wanted, edition)
    found = find_headings(present.values(), edition, language)
    opened = (found.get(present.get(slug, "")) for slug in wanted)
    return list({heading.slug: heading for heading in opened if heading}.values())


def _present(slugs: Iterable[str], edition: Edition, *, elsewhere: bool = True) -> dict[str, str]:
    """For each slug, present or former, the present one of the published entry that has it: of this edition before any
    other (`elsewhere`), and in each a present slug before a former one.
    """
    known = Slug.objects.published().filter(slug__in=set(filter(is_slug, slugs)))
    if not elsewhere:
        known = known.filter(entry__edition=edition)
    in_order = known.order_by("is_former", "entry__section__order", "entry__order", "entry__slug")
    rows = sorted(in_order.values_list("slug", "entry__slug", "entry__edition"), key=lambda row: row[2] != edition.pk)
    present: dict[str, str] = {}
    for slug, leads_to, _ in rows:
        present.setdefault(slug, leads_to)
    return present


def keep_in_step(sender: type[Entry], instance: Entry, **kwargs: Any) -> None:
    """Write the rows of an entry's slugs anew where it has others than before; none of them is deleted any more. A
    receiver of the saving of entries.
    """
    wanted = dict.fromkeys(filter(is_slug, instance.former_slugs), True) | {instance.slug: False}
    if wanted != dict(instance.slugs.values_list("slug", "is_former")):
        instance.slugs.all().delete()
        made = Slug.objects.bulk_create(
            Slug(entry=instance, slug=slug, is_former=is_former, short_code=short_code(slug))
            for slug, is_former in wanted.items()
        )
        SlugEnd.objects.bulk_create(ends_of(made, instance.edition))
        forget(Kind.ENTRY, instance.edition.code, wanted)


def watch() -> None:
    """Keep the slugs in step with every entry that is saved, also with one that is brought back from its history."""
    post_save.connect(keep_in_step, sender=Entry)
