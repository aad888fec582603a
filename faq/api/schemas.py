"""What the FAQ's part of the JSON API gives, as its OpenAPI document tells it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema

from faq.api.parameters import Language


class FaultOut(Schema):
    """One thing that is wrong."""

    path: str = Field(description="The parameter, or the place in the document that was sent.")
    value: Any = Field(description="The value that was given.")
    reason: str
    suggestion: str | None = Field(description="The nearest valid value.")


class ProblemOut(Schema):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: list[FaultOut]


class SourceOut(Schema):
    """A document and its date."""

    document: str
    date: str
    title: str = Field(description="What the document calls itself; its file name where it has no title.")
    url: str | None = Field(description="Where that version of the document can be read.")


class ConflictOut(SourceOut):
    """What another source says instead, per language."""

    text: dict[str, str]
    changed_in: str | None = Field(
        description="The year of a source that is later than the edition: what has changed since, not a contradiction."
    )


class LimitOut(Schema):
    """A number with its source."""

    key: str
    name: dict[str, str]
    value: Any = Field(description="A number, a text, yes or no, a list of these, or a sentence per language.")
    unit: str
    in_words: dict[str, str] | None = Field(
        description="The value in words, per language, where a bare yes or no would mislead."
    )
    source: SourceOut
    checked: date
    valid_from: date | None = Field(description="The first day on which it holds, where that is known.")
    valid_to: date | None = Field(description="The last day on which it holds, where that is known.")
    note: dict[str, str] | None
    conflicts: list[ConflictOut]
    entry: str | None = Field(description="The slug of the entry that explains it.")


class LimitsOut(Schema):
    """Limits of an edition."""

    edition: str
    limits: list[LimitOut]
    total: int = Field(description="The number of matches, on all pages together.")
    next: str | None = Field(description="The URL of the next page.")


class ChangedHeadingOut(Schema):
    """An entry in one of the two editions."""

    question: str
    summary: str
    language: Language
    url: str


class EntryChangeOut(Schema):
    """What became of an entry."""

    kind: Literal["entry"]
    status: Literal["reversed", "changed", "same", "new", "gone"] = Field(
        description="`reversed`: the earlier answer is wrong in the later edition; `changed`: something was added or "
        "is different; `same`: still true; `new`, `gone`: only one of the editions has it."
    )
    slug: str
    text: str | None = Field(description="What is different, in a sentence or two, where that was written.")
    before: ChangedHeadingOut | None
    after: ChangedHeadingOut | None


class LimitChangeOut(Schema):
    """A limit that is new, gone, or has another value."""

    kind: Literal["limit"]
    status: Literal["changed", "new", "gone"]
    key: str = Field(description="Its key in the later edition, or in the earlier one where it is gone.")
    before: LimitOut | None
    after: LimitOut | None


class ChangesOut(Schema):
    """What changed between two editions: entries, then limits."""

    before: str = Field(description="The earlier edition.")
    after: str = Field(description="The later edition.")
    language: Language
    changes: list[EntryChangeOut | LimitChangeOut]
    total: int = Field(description="The number of changes, on all pages together.")
    next: str | None = Field(description="The URL of the next page.")


class HeadingOut(Schema):
    """An entry in a list."""

    slug: str
    section: str
    question: str
    summary: str = Field(description="The short answer.")
    language: Language = Field(description="The other language where the entry lacks the one asked for.")
    connection_types: list[str]
    url: str
    short_url: str = Field(description="A URL that stays the same when the slug changes.")


class EntriesOut(Schema):
    """A page of entries, in reading order."""

    edition: str
    language: Language
    total: int
    offset: int
    limit: int
    next: str | None
    previous: str | None
    entries: list[HeadingOut]


class EntryOut(HeadingOut):
    """An entry with its answer, limits, sources, and related entries."""

    edition: str
    answer_html: str
    answer_text: str
    answer_markdown: str
    deployment_models: list[str]
    limits: list[LimitOut]
    related: list[HeadingOut]
    sources: list[SourceOut]
    checked: date | None


class SectionOut(Schema):
    """A section that has something to read."""

    slug: str
    title: str
    entries: int
    url: str
    introduction_html: str = Field(description="What the section says before its questions; often empty.")
    introduction_markdown: str


class SectionsOut(Schema):
    """The sections of an edition, in order."""

    edition: str
    language: Language
    sections: list[SectionOut]


class EditionOut(Schema):
    """An edition of the knowledge."""

    code: str
    date: date | None
    name: dict[str, str]
    description: dict[str, str]
    is_default: bool
    entries: int
    limits: int


class EditionsOut(Schema):
    """The editions, newest first."""

    editions: list[EditionOut]


class ResultOut(Schema):
    """An entry that was found."""

    slug: str
    question: str
    url: str
    excerpt: str
    score: float
    section: str
    language: Language
    answers: bool = Field(description="Whether it answers the question; otherwise it touches on the subject.")


class OtherEditionOut(Schema):
    """What another edition answers that the one that was asked for does not."""

    edition: str
    total: int
    best: ResultOut


class SearchOut(Schema):
    """What a search found, best first."""

    query: str
    language: Language
    edition: str
    corrected: str | None = Field(description="The question with its typing errors corrected, if it had any.")
    total: int
    results: list[ResultOut]
    other_language: list[ResultOut] = Field(description="Entries that only the other language has.")
    only_near: bool = Field(description="No entry covers the question well.")
    plain: bool = Field(description="The index is being built and the database answered.")
    other_edition: OtherEditionOut | None = Field(
        None, description="An edition whose best answer the one that was asked for lacks, where it is clearly better."
    )


class SuggestionOut(Schema):
    """The question of an entry that comes near to what was typed."""

    text: str
    slug: str
    url: str
    section: str = Field(description="The title of the section.")


class SuggestOut(Schema):
    """Suggestions, best first."""

    query: str
    language: Language
    suggestions: list[SuggestionOut]
