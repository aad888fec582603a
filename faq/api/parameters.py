"""What may be asked of the FAQ's part of the JSON API: the parameters of each operation, and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Self

from ninja import Field, Path, Schema
from ninja.errors import ValidationError as Refusal
from pydantic import (
    AfterValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from faq.knowledge.connection_types import CONNECTION_TYPES
from faq.search.query_text import MAX_QUERY
from faq.store.editions import edition_codes
from faq.store.entries import section_slugs
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

UNKNOWN = "unknown_parameter"
"""The type of a fault that says that the operation has no such parameter."""
JSONP = "jsonp"
"""The type of a fault that says that there is no JSONP."""

LIMITS_OF_QUERY = "Only limits with these words in their name, key, or note, best first, in any language."
LIMITS_OF_KEY = "Only the limit with this key, or the limits below it."
LIMITS_OF_ENTRY = "Only limits that this entry states or explains, by its slug."


def one_of(known: Callable[[], list[str]]) -> AfterValidator:
    """Refuses what is not known, and names what is."""

    def check(given: str) -> str:
        if given not in (names := known()):
            raise PydanticCustomError("known", "one of {expected}", {"expected": ", ".join(map(repr, names))})
        return given

    return AfterValidator(check)


Slug = Annotated[str, Path(description="The entry, by its slug.", examples=["what-is-expressroute"])]
Language = Annotated[str, one_of(lambda: list(LANGUAGES)), Field(json_schema_extra={"enum": list(LANGUAGES)})]
ConnectionType = Annotated[
    str, one_of(lambda: list(CONNECTION_TYPES)), Field(json_schema_extra={"enum": list(CONNECTION_TYPES)})
]
EditionCode = Annotated[str, one_of(edition_codes)]
SectionSlug = Annotated[str, one_of(section_slugs)]


def unknown_parameters(given: Mapping[str, Any], known: Mapping[str, Any]) -> list[InitErrorDetails]:
    """A fault for each parameter that the operation does not have: one that is mistyped would go unnoticed."""
    names = {"expected": ", ".join(map(repr, known))}
    faults = {
        name: PydanticCustomError(JSONP, "no JSONP")
        if name == "callback"
        else PydanticCustomError(UNKNOWN, "one of {expected}", names)
        for name in given
        if name not in known
    }
    return [InitErrorDetails(type=fault, loc=(name,), input=given[name]) for name, fault in faults.items()]


def refuse_parameters(given: Mapping[str, Any]) -> None:
    """Refuse whatever is given to an operation without parameters. Raises ninja's ValidationError."""
    if faults := unknown_parameters(given, {}):
        refused = ValidationError.from_exception_data("parameters", faults)
        raise Refusal([dict(fault) for fault in refused.errors()])


class KnownParameters(Schema):
    """The parameters of an operation; unknown ones are refused with the faults of the others."""

    @model_validator(mode="wrap")
    @classmethod
    def only_known(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Tell unknown parameters together with the faults of those that are known."""
        given = info.context["request"].GET if info.context else {}
        known = {found.alias or name: found for name, found in cls.model_fields.items()}
        faults = unknown_parameters(given, known)
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


class LanguageAndEdition(KnownParameters):
    """Whose words, and whose limits."""

    lang: Language = Field(DEFAULT_LANGUAGE, description="The language of the messages.")
    edition: EditionCode | None = Field(None, description="The edition; the site's default where absent.")


class LimitsQuery(KnownParameters):
    """Which limits, in which language, and which page of them."""

    query: str = Field("", max_length=200, description=LIMITS_OF_QUERY, examples=["tunnels of a Standard gateway"])
    key: str = Field("", max_length=200, description=LIMITS_OF_KEY, examples=["sku.Basic"])
    entry: str = Field("", max_length=200, description=LIMITS_OF_ENTRY, examples=["what-is-expressroute"])
    lang: Language | None = Field(None, description="The language of the texts; all languages where absent.")
    edition: EditionCode | None = Field(None, description="The edition; the site's default where absent.")
    offset: int = Field(0, ge=0, le=100_000, description="The number of limits to skip.")
    limit: int | None = Field(None, ge=1, le=200, description="The largest number of limits; all of them where absent.")


class ChangesQuery(KnownParameters):
    """Between which editions, of what, and which page of it."""

    from_: EditionCode | None = Field(
        None, alias="from", description="The earlier edition; the one before the later where absent."
    )
    to: EditionCode | None = Field(None, description="The later edition; the newest where absent.")
    lang: Language = Field(DEFAULT_LANGUAGE, description="The language of the texts.")
    kind: Literal["entry", "limit"] | None = Field(None, description="Only changes of this kind.")
    offset: int = Field(0, ge=0, le=100_000, description="The number of changes to skip.")
    limit: int = Field(50, ge=1, le=200, description="The largest number of changes.")


class SearchQuery(LanguageAndEdition):
    """A question, and where to look."""

    q: str = Field(
        min_length=1,
        description="The question, a few words, or the text of a ticket; the first 2,000 characters count.",
        examples=["how many home workers at the same time"],
    )
    section: SectionSlug | None = Field(None, description="Only this section, by its slug.")
    type: ConnectionType | None = Field(None, description="Only entries about this connection type.")
    limit: int = Field(10, ge=1, le=50, description="The largest number of results.")


class SearchText(Schema):
    """A question of any length up to that of a ticket, and where to look."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        min_length=1,
        max_length=MAX_QUERY,
        description="The question, a few words, or the text of a ticket.",
        examples=["Since Monday the tunnel to the Delft office drops every hour. Which timers must both sides have?"],
    )
    lang: Language = Field(DEFAULT_LANGUAGE, description="The language of the texts.")
    edition: EditionCode | None = Field(None, description="The edition; the site's default where absent.")
    section: SectionSlug | None = Field(None, description="Only this section, by its slug.")
    type: ConnectionType | None = Field(None, description="Only entries about this connection type.")
    limit: int = Field(10, ge=1, le=50, description="The largest number of results.")


class SuggestQuery(LanguageAndEdition):
    """What was typed so far."""

    q: str = Field(min_length=1, description="What was typed so far.", examples=["gateway sub"])
    limit: int = Field(10, ge=1, le=10, description="The largest number of suggestions.")


class EntriesQuery(LanguageAndEdition):
    """Which entries, and which page of them."""

    section: SectionSlug | None = Field(None, description="Only this section, by its slug.")
    type: ConnectionType | None = Field(None, description="Only entries about this connection type.")
    offset: int = Field(0, ge=0, le=100_000, description="The number of entries to skip.")
    limit: int = Field(50, ge=1, le=200, description="The largest number of entries.")


class EntryQuery(LanguageAndEdition):
    """In which form."""

    format: Literal["json", "markdown", "text"] = Field("json", description="The form of the answer.")
