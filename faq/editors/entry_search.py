"""The search of the editors: in every word of an entry in both languages, its draft, and its notes, in any case.

The words of an entry are kept folded in one row of their own, so that each database finds them alike. Of 10,000
entries of 10 kB each, three words take SQLite less than 300 ms of a processor.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils.text import smart_split, unescape_string_literal

from faq.models import DeskNote, EditorText, Entry, Translation
from faq.search.words import folded

MOST_WORDS = 12
"""Words of a query that are looked for; the rest of a pasted text narrows nothing any more."""


def words_in(query: str) -> list[str]:
    """The words of a query, folded; what stands between quotation marks is one."""
    found = (
        unescape_string_literal(word) if len(word) > 1 and word[0] in "\"'" and word[0] == word[-1] else word
        for word in smart_split(query)
    )
    return list(filter(None, (folded(" ".join(word.split())) for word in found)))[:MOST_WORDS]


def with_words(entries: QuerySet[Entry], query: str) -> QuerySet[Entry]:
    """The entries that have each of the words of a query somewhere."""
    words = sorted(words_in(query), key=len, reverse=True)  # a long word is rare: the others are sought in less
    notes = [(slug, edition, folded(text)) for slug, edition, text in _notes()] if words else []
    for word in words:
        entries = entries.filter(
            Q(editor_text__words__contains=word) | _has_note((slug, code) for slug, code, text in notes if word in text)
        )
    return entries


def _notes() -> Iterable[tuple[str, str, str]]:
    return DeskNote.objects.values_list("slug", "edition", "text")


def _has_note(of: Iterable[tuple[str, str]]) -> Q:
    """The condition that a note is about an entry; one without an edition is about those of all."""
    everywhere, somewhere = set[str](), Q(pk__in=[])
    for slug, code in of:
        if code:
            somewhere |= Q(slug=slug, edition__code=code)
        else:
            everywhere.add(slug)
    return somewhere | Q(slug__in=everywhere) if everywhere else somewhere


def editor_words(entry: Entry) -> str:
    """All the words of an entry, folded."""
    texts = entry.translations.values_list("question", "answer", "asked_as")
    said = [part for question, answer, phrasings in texts for part in (question, answer, *phrasings)]
    return folded("\n".join([entry.slug, *entry.former_slugs, *_plain(said), *_plain(_strings(entry.draft))]))


def _plain(said: Iterable[str]) -> Iterable[str]:
    """Texts without the ends of lines, which a file puts anywhere."""
    return (" ".join(text.split()) for text in said)


def _strings(value: Any) -> Iterable[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def keep_in_step(sender: type[Entry | Translation], instance: Entry | Translation, **kwargs: Any) -> None:
    """Write the words of an entry anew. A receiver of the saving of entries and of their texts."""
    entry = instance if isinstance(instance, Entry) else Entry.objects.get(pk=instance.entry_id)
    words = editor_words(entry)
    if not EditorText.objects.filter(entry=entry).update(words=words):
        EditorText.objects.create(entry=entry, words=words)


def _text_went(origin: Any, **kwargs: Any) -> None:
    """Write the words anew where a text goes and its entry stays."""
    if getattr(origin, "model", type(origin)) is Translation:
        keep_in_step(origin=origin, **kwargs)


def watch() -> None:
    """Keep the words in step with every entry that is saved, also with one that is brought back from its history."""
    for model in (Entry, Translation):
        post_save.connect(keep_in_step, sender=model)
    post_delete.connect(_text_went, sender=Translation)
