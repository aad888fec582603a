"""Many made-up entries at once, for what must not take longer where there are more of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from faq.models import Edition, Entry, Section, Slug, SlugEnd, Translation
from faq.store import content_version
from faq.store.editions import catalogue_of
from faq.store.near_slugs import ends_of
from faq.store.slugs import short_code

WORDS = tuple(
    "tunnel gateway subnet circuit peering route prefix policy cipher lease probe region quota hub spoke".split()  # noqa: SIM905
)
"""What made-up questions are about."""

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
IN_A_QUERY = 500


def many_entries(edition: Edition, entries: int, sections: int, first: int = 0) -> list[Entry]:
    """Give an edition so many published entries in both languages, numbered from `first` and spread over so many new
    sections.

    Every tenth has a former slug, and each names the one before it as related. They are written without their history.
    """
    catalogue, chosen = catalogue_of(edition), random.Random(first)  # noqa: S311 -- the same each time
    limits = [limit.key for limit in catalogue][:5]
    before = edition.sections.count()
    rooms = Section.objects.bulk_create(
        Section(edition=edition, slug=f"made-up-{number}", order=number, title_nl=f"Deel {number}")
        for number in range(before + 1, before + sections + 1)
    )
    slugs = [f"{'-'.join(chosen.sample(WORDS, 4))}-number-{first + number}" for number in range(entries)]
    made = Entry.objects.bulk_create(
        Entry(
            edition=edition,
            section=rooms[number * sections // entries],
            slug=slug,
            order=number,
            connection_types=["site-to-site"],
            limits=limits[: number % 5],
            related=[slugs[number - 1]] if number else [],
            former_slugs=[f"former-{slug}"] if number % 10 == 0 else [],
            published_at=(when := BEGUN + timedelta(minutes=first + number)),
            news_at_nl=when,
            news_at_en=when,
        )
        for number, slug in enumerate(slugs)
    )
    named = Slug.objects.bulk_create(_slugs(made), batch_size=IN_A_QUERY)
    SlugEnd.objects.bulk_create(ends_of(named, edition), batch_size=IN_A_QUERY)
    Translation.objects.bulk_create(_texts(made), batch_size=IN_A_QUERY)
    content_version.advance()
    return made


def _slugs(made: list[Entry]) -> Iterator[Slug]:
    for entry in made:
        for slug in (entry.slug, *entry.former_slugs):
            yield Slug(entry=entry, slug=slug, is_former=slug != entry.slug, short_code=short_code(slug))


def _texts(made: list[Entry]) -> Iterator[Translation]:
    for entry in made:
        about = entry.slug.replace("-", " ")
        for language, question in (("nl", f"Wat doet {about}?"), ("en", f"What does {about} do?")):
            answer = "\n\n".join([f"**{question}** {about} " * 4] * 3)
            yield Translation(
                entry=entry,
                language=language,
                question=question,
                answer=answer,
                html="".join(f"<p>{paragraph}</p>" for paragraph in answer.split("\n\n")),
                plain=answer,
                summary=answer[:200],
                changed_at=entry.published_at or BEGUN,
            )
