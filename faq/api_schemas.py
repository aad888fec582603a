"""What the FAQ's part of the JSON API takes and gives, as its OpenAPI document tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Path, Schema
from ninja.errors import ValidationError as Refusal
from pydantic import AfterValidator, ModelWrapValidatorHandler, ValidationError, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from faq.models import Edition, Section

UNKNOWN = "unknown_parameter"
"""The type of a fault that says that the operation has no such parameter."""

Language = Literal["nl", "en"]
ConnectionType = Literal["site-to-site", "multi-site", "point-to-site", "vnet-to-vnet", "expressroute"]


def edition_codes() -> list[str]:
    """The codes of the editions of this site."""
    return list(Edition.objects.values_list("code", flat=True))


def section_slugs() -> list[str]:
    """The slugs of the sections, of all editions, that have something to read."""
    read = Section.objects.filter(entries__published_at__isnull=False)
    return sorted(set(read.values_list("slug", flat=True)))


def one_of(known: Callable[[], list[str]]) -> AfterValidator:
    """Refuses what is not known, and names what is."""

    def check(given: str) -> str:
        if given not in (names := known()):
            raise PydanticCustomError("known", "Input should be {expected}", {"expected": ", ".join(map(repr, names))})
        return given

    return AfterValidator(check)


Slug = Annotated[str, Path(description="The entry, by its slug.", examples=["what-is-expressroute"])]
EditionCode = Annotated[str, one_of(edition_codes)]
SectionSlug = Annotated[str, one_of(section_slugs)]


def unknown_parameters(given: Mapping[str, Any], known: Mapping[str, Any]) -> list[InitErrorDetails]:
    """A fault for each parameter that the operation does not have: one that is mistyped would go unnoticed."""
    names = {"expected": ", ".join(map(repr, known))}
    told = "The parameters are {expected}" if known else "it has none"
    faults = {
        name: PydanticCustomError("jsonp", "there is no JSONP here; CORS lets the scripts of listed portals read")
        if name == "callback"
        else PydanticCustomError(UNKNOWN, told, names)
        for name in given
        if name not in known
    }
    return [InitErrorDetails(type=fault, loc=(name,), input=given[name]) for name, fault in faults.items()]


def refuse_parameters(given: Mapping[str, Any]) -> None:
    """Refuse whatever is given to an operation without parameters. Raises ninja's ValidationError."""
    if faults := unknown_parameters(given, {}):
        refused = ValidationError.from_exception_data("parameters", faults)
        raise Refusal([dict(fault) for fault in refused.errors()])


class Asked(Schema):
    """The parameters of an operation, and no others."""

    @model_validator(mode="wrap")
    @classmethod
    def only_known(cls, data: Any, handler: ModelWrapValidatorHandler[Asked], info: ValidationInfo) -> Asked:
        """Tell unknown parameters together with the faults of those that are known."""
        given = info.context["request"].GET if info.context else {}
        faults = unknown_parameters(given, cls.model_fields)
        try:
            read = handler(data)
        except ValidationError as refused:
            faults = [*_as_details(refused), *faults]
        if faults:
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return read


def _as_details(refused: ValidationError) -> list[InitErrorDetails]:
    """The faults of a refusal, to be told with others."""
    return [
        InitErrorDetails(
            type=PydanticCustomError(fault["type"], "{told}", {"told": fault["msg"], **fault.get("ctx", {})}),
            loc=fault["loc"],
            input=fault["input"],
        )
        for fault in refused.errors(include_url=False)
    ]


class Reading(Asked):
    """Whose words, and whose limits."""

    lang: Language = Field("nl", description="The language of what is told.")
    edition: EditionCode | None = Field(None, description="The edition; the site's default where absent.")


class LimitsQuery(Asked):
    """Whose limits."""

    edition: EditionCode | None = Field(None, description="The edition; the site's default where absent.")


class SearchQuery(Reading):
    """A question, and where to look."""

    q: str = Field(
        min_length=1,
        description="The question or a few words; the first 200 characters count.",
        examples=["how many home workers at once"],
    )
    section: SectionSlug | None = Field(None, description="Only this section, by its slug.")
    type: ConnectionType | None = Field(None, description="Only entries about this connection type.")
    limit: int = Field(10, ge=1, le=50, description="At most so many results.")


class SuggestQuery(Reading):
    """What was typed so far."""

    q: str = Field(min_length=1, description="What was typed so far.", examples=["gateway sub"])
    limit: int = Field(10, ge=1, le=10, description="At most so many suggestions.")


class EntriesQuery(Reading):
    """Which entries, and which page of them."""

    section: SectionSlug | None = Field(None, description="Only this section, by its slug.")
    type: ConnectionType | None = Field(None, description="Only entries about this connection type.")
    offset: int = Field(0, ge=0, le=100_000, description="Entries to pass over.")
    limit: int = Field(50, ge=1, le=200, description="At most so many entries.")


class EntryQuery(Reading):
    """In which form."""

    format: Literal["json", "markdown", "text"] = Field("json", description="The form of the answer.")


class FaultOut(Schema):
    """One thing that is wrong."""

    path: str = Field(description="The parameter, or the place in the document that was sent.")
    value: Any = Field(description="What stood there.")
    reason: str
    suggestion: str | None = Field(description="What may be meant.")


class ProblemOut(Schema):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: list[FaultOut]


class SourceOut(Schema):
    """A document and the date that it carries."""

    document: str
    date: str


class ConflictOut(SourceOut):
    """What another source says instead, per language."""

    text: dict[str, str]


class LimitOut(Schema):
    """A number with its source."""

    key: str
    name: dict[str, str]
    value: Any = Field(description="A number, text, yes or no, a list of these, or a sentence per language.")
    unit: str
    source: SourceOut
    checked: date
    note: dict[str, str] | None
    conflicts: list[ConflictOut]
    entry: str | None = Field(description="The slug of the entry that explains it.")


class LimitsOut(Schema):
    """Every limit of an edition."""

    edition: str
    limits: list[LimitOut]


class HeadingOut(Schema):
    """An entry as it stands in a list."""

    slug: str
    section: str
    question: str
    summary: str = Field(description="The short answer.")
    language: Language = Field(description="The other language where the entry lacks the one asked for.")
    connection_types: list[str]
    url: str
    short_url: str = Field(description="An address that stays when the slug changes.")


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
    """An entry with all that stands beside its answer."""

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


class SectionsOut(Schema):
    """The sections of an edition, in order."""

    edition: str
    language: Language
    sections: list[SectionOut]


class EditionOut(Schema):
    """An edition of the knowledge."""

    code: str
    date: date
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


class SearchOut(Schema):
    """What a search found, best first."""

    query: str
    language: Language
    edition: str
    corrected: str | None = Field(description="The question with its typing errors mended, where it had any.")
    total: int
    results: list[ResultOut]
    other_language: list[ResultOut] = Field(description="What only words of the other language found.")
    only_near: bool = Field(description="No entry covers the question well.")
    plain: bool = Field(description="The index is being built and the database answered.")


class SuggestionOut(Schema):
    """A way of asking that begins like what was typed."""

    text: str
    slug: str
    url: str


class SuggestOut(Schema):
    """Suggestions, best first."""

    query: str
    language: Language
    suggestions: list[SuggestionOut]
