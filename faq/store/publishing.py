"""From an editor's words to what readers see: drafts, publishing, withdrawing, and the version that tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import reversion
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from faq.knowledge.entry import EntryContent, SourceDocument, Text, from_json, to_json
from faq.knowledge.limits import Catalogue
from faq.knowledge.markdown import render_answer
from faq.knowledge.translations import behind_after, name_of_set, remembered
from faq.models import NEWS, Edition, Entry, PublicationCount, Section, Translation
from faq.store import content_version, deletions, outbox
from faq.store.audit import Action, recording_update
from faq.store.editions import catalogue_of
from web.languages import LANGUAGES

REMOVED = ["editor", ""]
"""In `Entry.loaded`: an editor removed this part, which equals what no loader ever wrote."""


def published_content(entry: Entry) -> EntryContent:
    """What readers see of an entry, as one value."""
    return EntryContent(
        slug=entry.slug,
        section=entry.section.slug,
        order=entry.order,
        connection_types=tuple(entry.connection_types),
        deployment_models=tuple(entry.deployment_models),
        limits=tuple(entry.limits),
        related=tuple(entry.related),
        former_slugs=tuple(entry.former_slugs),
        sources=tuple(SourceDocument(**source) for source in entry.sources),
        checked=entry.checked,
        texts={
            text.language: Text(text.question, text.answer, tuple(text.asked_as)) for text in entry.translations.all()
        },
    )


def working_content(entry: Entry) -> EntryContent:
    """What an editor works on: the draft where there is one, else what readers see."""
    return from_json(entry.draft) if entry.draft else published_content(entry)


def languages_behind(entry: Entry, content: EntryContent) -> tuple[str, ...]:
    """The languages whose texts in this content of an entry are behind the others, by what was published before."""
    return behind_after(published_content(entry).texts, _published_behind(entry), content.texts, entry.texts_behind)


def _published_behind(entry: Entry) -> tuple[str, ...]:
    """The languages that are behind in what readers see. Of texts that were published before this was remembered, the
    time of their changes tells.
    """
    if (name := name_of_set(published_content(entry).texts)) in entry.texts_behind:
        return tuple(entry.texts_behind[name])
    changed = {text.language: text.changed_at for text in entry.translations.all()}
    newest = max(changed.values(), default=None)
    return tuple(language for language, when in changed.items() if when != newest)


def _known_behind(entry: Entry) -> Mapping[str, list[str]]:
    """What is known of the sets of texts of an entry, the one that readers see among them."""
    if entry.pk is None or not (texts := published_content(entry).texts):
        return entry.texts_behind
    return remembered(entry.texts_behind, texts, _published_behind(entry))


def has_been_published(entry: Entry) -> bool:
    """Whether readers see an entry or saw it before it was withdrawn: only publishing writes its translations."""
    return entry.published_at is not None or entry.translations.exists()


def hold_edition(edition: Edition) -> None:
    """Let nobody else write entries of an edition until the surrounding transaction ends. Whoever writes holds the
    edition first: so none waits in a circle, and what is read after this is what is written over.
    """
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update(no_key=True))


def _hold(entry: Entry) -> None:
    """Hold the edition of an entry, and the entry itself as it is by now."""
    hold_edition(entry.edition)
    if entry.pk is not None:
        entry.refresh_from_db(from_queryset=Entry.objects.select_for_update())


@transaction.atomic
@reversion.create_revision()
def save_draft(entry: Entry, content: EntryContent) -> Entry:
    """Keep an editor's words beside what readers see, which stays as it is. A new entry gets its row."""
    _hold(entry)
    if entry.pk is None:
        entry.slug, entry.order = content.slug, content.order
        entry.section = Section.objects.get(edition=entry.edition, slug=content.section)
    entry.behind = " ".join(languages_behind(entry, content)) if entry.pk else ""
    entry.draft = to_json(content)
    entry.save()
    return entry


@transaction.atomic
@reversion.create_revision()
def publish(
    entry: Entry,
    content: EntryContent,
    loaded: Mapping[str, Sequence[str]] | None = None,
    *,
    is_small: bool = False,
    in_step: bool = False,
) -> Entry:
    """Show the content to readers: write it to the columns, render it, drop the draft, begin a new version. A loader
    says which parts it `loaded`. A small change is no news to readers and leaves no translation behind; `in_step` says
    that none is.

    Raises `UnknownLimit` where an answer refers to a limit that the edition lacks; nothing is changed then.
    """
    _hold(entry)
    is_small = is_small and entry.published_at is not None
    behind = () if in_step else _behind(entry, content, is_small=is_small)
    known = _known_behind(entry)
    catalogue, now = catalogue_of(entry.edition), timezone.now()
    was_published, known_by = has_been_published(entry) if entry.pk else False, {entry.slug, *entry.former_slugs}
    renamed = was_published and entry.slug != content.slug
    former = (*content.former_slugs, entry.slug) if renamed else content.former_slugs
    facts_before = entry.limits, entry.sources
    entry.slug, entry.order, entry.checked = content.slug, content.order, content.checked
    entry.section = Section.objects.get(edition=entry.edition, slug=content.section)
    entry.connection_types = list(content.connection_types)
    entry.deployment_models = list(content.deployment_models)
    entry.limits, entry.related = list(content.limits), list(content.related)
    entry.former_slugs = [slug for slug in dict.fromkeys(former) if slug != content.slug]
    entry.sources = to_json(content)["sources"]
    entry.texts_behind, entry.behind = remembered(known, content.texts, behind), " ".join(behind)
    entry.draft, entry.published_at, entry.is_small_change = None, now, is_small
    entry.loaded = entry.loaded | _removed(entry, content) if loaded is None else dict(loaded)
    entry.save()
    if was_published and loaded is None:
        lost = known_by - {entry.slug, *entry.former_slugs}
        deletions.remember(deletions.Kind.ENTRY, entry.edition.code, lost)
    for language in LANGUAGES:
        text = content.texts.get(language)
        if text is None:
            entry.translations.filter(language=language).delete()
        else:
            _write_text(entry, language, text, catalogue, now, is_small=is_small)
    _write_news(entry, now, is_news=not is_small and (entry.limits, entry.sources) != facts_before)
    outbox.tell_published(entry, now)
    if loaded is None:
        _count_publication(now)
    content_version.advance()
    return entry


def _write_news(entry: Entry, now: datetime, *, is_news: bool) -> None:
    """Remember when the readers of each language last got news of an entry: of its text, or now of its facts; and that
    it is to be indexed again.
    """
    changed = dict(entry.translations.values_list("language", "changed_at"))
    for name in NEWS:
        language = name.removeprefix("news_at_")
        times = (changed[language], getattr(entry, name), now if is_news else None) if language in changed else ()
        setattr(entry, name, max(filter(None, times), default=None))
    news = {name: getattr(entry, name) for name in NEWS}
    Entry.objects.filter(pk=entry.pk).update(**news, unindexed_changes=F("unindexed_changes") + 1)


def _count_publication(now: datetime) -> None:
    """Count what an editor published. Its caller holds the edition; another edition may be counted at the same time."""
    today = timezone.localdate(now)
    week = today - timedelta(days=today.weekday())
    PublicationCount.objects.update_or_create(
        week=week, defaults={"times": F("times") + 1}, create_defaults={"times": 1}
    )


def _removed(entry: Entry, content: EntryContent) -> dict[str, list[str]]:
    """A mark for each language whose text is published and no longer in the content."""
    languages = entry.translations.values_list("language", flat=True) if entry.pk else ()
    return {language: REMOVED for language in languages if language not in content.texts}


def _behind(entry: Entry, content: EntryContent, *, is_small: bool) -> tuple[str, ...]:
    if entry.pk is None:
        return ()
    return _published_behind(entry) if is_small else languages_behind(entry, content)


def _write_text(
    entry: Entry, language: str, text: Text, catalogue: Catalogue, now: datetime, *, is_small: bool
) -> None:
    kept = entry.translations.filter(language=language).first()
    rendered = render_answer(text.answer, catalogue, language)
    said = {"question": text.question, "answer": text.answer, "asked_as": list(text.asked_as)}
    no_news = is_small or (kept is not None and all(getattr(kept, name) == value for name, value in said.items()))
    changed_at = kept.changed_at if kept is not None and no_news else now
    shown = {"html": rendered.html, "plain": rendered.plain, "summary": rendered.summary, "changed_at": changed_at}
    if kept is None:
        kept = Translation(entry=entry, language=language)
    for name, value in {**said, **shown}.items():
        setattr(kept, name, value)
    kept.save()


@transaction.atomic
@reversion.create_revision()
def withdraw(entry: Entry) -> None:
    """Take an entry from the readers. Its words stay, as they were, for the editors."""
    _hold(entry)
    content = working_content(entry)
    entry.behind = " ".join(languages_behind(entry, content))
    entry.draft, entry.published_at = to_json(content), None
    entry.unindexed_changes += 1
    entry.save()
    content_version.advance()


def set_own(entry: Entry, **values: Any) -> None:
    """Set what is the editors' own of an entry, its `owner` and `review_on`: no version has them, and no reader."""
    row = Entry.objects.filter(pk=entry.pk)
    with recording_update(row, Action.CHANGED, *values):
        row.update(**values)


def rendered_again(edition: Edition) -> int:
    """Render every published text of an edition again, after its limits changed. Returns how many looked different."""
    catalogue, changed = catalogue_of(edition), list[int]()
    for text in Translation.objects.filter(entry__edition=edition):
        rendered = render_answer(text.answer, catalogue, text.language)
        if rendered.html != text.html:
            text.html, text.plain, text.summary = rendered.html, rendered.plain, rendered.summary
            text.save()
            changed.append(text.entry_id)
    Entry.objects.filter(pk__in=changed).update(unindexed_changes=F("unindexed_changes") + 1)
    return len(changed)
