"""What assistants can ask: to search, to read entries and setups, to look up limits, and to get advice. Nothing here
changes anything.

The tools call the functions that the pages and the API call, and know nothing of the protocol: `mcp_server` speaks it.
Their default language is English, unlike that of the API, because assistants are asked in any language and pass on what
they read in the language of whoever asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import Annotated, Any, ClassVar

from django.utils import translation
from ninja.schema import NinjaGenerateJsonSchema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from advisor.core.need import NeedRefused
from advisor.existing.named_files import named_apart
from advisor.existing.report import SetupRefused
from advisor.formats.as_json import errors_to_json, to_json
from advisor.formats.setup_report import errors_as_text, refusal_to_json, report_to_json
from advisor.service import advise as advise_on
from advisor.service import parse, read_files
from advisor.wording.sentences import common_texts, load_texts
from faq.api import parameters
from faq.api.as_json import entry_as_json, search_as_json
from faq.api.limit_list import Asked, UnknownLimits, chosen_limits, limit_as_json
from faq.api.reasons import known_values, reason_of
from faq.api.schemas import EntryOut, LimitOut, SearchOut
from faq.search.query_text import query_text
from faq.search.service import SearchResults, find, in_another_edition
from faq.store.editions import Edition, edition_codes, find_edition
from faq.store.entries import ShownEntry, find_entry
from faq.store.near_slugs import nearest
from web.languages import ENGLISH_NAMES, LANGUAGES
from web.problems import fault

DEFAULT_LANGUAGE = "en"

MOST_FAULTS = 50
"""Faults of a design that a refusal lists."""


class Refused(ValueError):  # noqa: N818 -- reads as what it is
    """What was asked cannot be answered; the text says why, and what may be meant."""


class Arguments(BaseModel):
    """The arguments of a tool: these and no others."""

    model_config = ConfigDict(extra="forbid")

    is_repeated: ClassVar[bool] = True
    """Whether a fault may repeat what was given."""


class LanguageAndEdition(Arguments):
    """In which language, and of which edition."""

    lang: parameters.Language = Field(
        DEFAULT_LANGUAGE,
        description=f"The language of the answer: {' or '.join(ENGLISH_NAMES[code] for code in LANGUAGES)}.",
    )
    edition: str = Field("", description="The edition, such as 2016-12; leave empty for the default of the site.")


class SearchArguments(LanguageAndEdition):
    """A question."""

    query: str = Field(min_length=1, description="A question or a few words, as one would ask a colleague.")
    limit: int = Field(5, ge=1, le=20, description="The largest number of results.")


class EntryArguments(LanguageAndEdition):
    """Which entry."""

    slug: str = Field(max_length=200, description="The slug of the entry, as search returns it.")


class LimitsArguments(LanguageAndEdition):
    """Which limits, and which page of them."""

    query: str = Field("", max_length=200, description=parameters.LIMITS_OF_QUERY)
    key: str = Field("", max_length=200, description=f"{parameters.LIMITS_OF_KEY} For example: sku.Standard.")
    entry: str = Field("", max_length=200, description=parameters.LIMITS_OF_ENTRY)
    limit: int = Field(10, ge=1, le=50, description="The largest number of limits.")
    offset: int = Field(0, ge=0, le=100_000, description="The number of limits to skip: `next` of the previous page.")


class LimitsPage(BaseModel):
    """A page of limits."""

    edition: str
    total: int = Field(description="The number of matches, on all pages together.")
    next: int | None = Field(description="The `offset` of the next page; null on the last one.")
    limits: list[LimitOut]


def _parsed(given: Any) -> Any:
    """An object; some clients send it as JSON in a string."""
    if isinstance(given, str):
        try:
            return json.loads(given)
        except (ValueError, RecursionError):
            return given
    return given


class AdviseArguments(Arguments):
    """A design."""

    need: Annotated[dict[str, Any], BeforeValidator(_parsed)] = Field(
        description="The design: vnets (the first is the hub), sites, clients, bandwidth_mbps, and wishes, as in the "
        'API reference. For example {"vnets": [{"name": "hub", "prefixes": ["10.20.0.0/16"]}], "sites": [{"name": '
        '"Tilburg", "prefixes": ["192.168.10.0/24"], "bandwidth_mbps": 25}], "clients": {"count": 40}}. Leave out '
        "what is not known."
    )
    lang: parameters.Language = LanguageAndEdition.model_fields["lang"]  # type: ignore[assignment]  # a field of pydantic


class FileArgument(Arguments):
    """A file of a setup."""

    name: str = Field("", max_length=200, description="What to call the file in the report.")
    text: str = Field(max_length=2 * 1024 * 1024, description="All that stands in the file.", repr=False)


class ReadSetupArguments(LanguageAndEdition):
    """The files of a setup, which may hold keys."""

    is_repeated = False

    files: Annotated[list[FileArgument], BeforeValidator(_parsed)] = Field(
        min_length=1,
        max_length=20,
        description="Files as text: output of az or of the REST API, ARM templates with their parameters, a state or "
        "plan of Terraform as JSON, or tables of sites. For example the output of `az network vnet list -o json` and "
        "`az network vnet-gateway list -g GROUP -o json`. Leave out keys and passwords.",
    )


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing that assistants can ask. `work` answers with what fits `result`, a JSON Schema, or raises `Refused`."""

    name: str
    title: str
    arguments: type[Arguments]
    result: dict[str, Any]
    work: Callable[[Any], dict[str, Any]]

    @property
    def description(self) -> str:
        """What the tool does, as an assistant reads it."""
        return cleandoc(self.work.__doc__ or "").replace("\n", " ")

    def call(self, given: dict[str, Any]) -> dict[str, Any]:
        """The answer to these arguments. Raises `Refused` with every fault, in the language that is asked for."""
        asked = given.get("lang")
        with translation.override(asked if asked in LANGUAGES else DEFAULT_LANGUAGE):
            try:
                arguments = self.arguments.model_validate(given)
            except ValidationError as refused:
                raise Refused("\n".join(_argument_faults(refused, self.arguments))) from None
            return self.work(arguments)


def search(asked: SearchArguments) -> dict[str, Any]:
    """Find the entries that answer a question, best first, each with its URL and a passage. `only_near` says that no
    entry covers the question well: then say so rather than answer from the nearest one. `other_edition` names an
    edition that does answer it.
    """
    words, edition = query_text(asked.query), _edition(asked.edition)
    results = find(words, asked.lang, edition, limit=asked.limit) if words else SearchResults()
    elsewhere = in_another_edition(words, asked.lang, edition, results) if words else None
    told = search_as_json(words, asked.lang, edition, results, elsewhere)
    return SearchOut.model_validate(told).model_dump(mode="json")


def read_entry(asked: EntryArguments) -> dict[str, Any]:
    """The whole answer of one entry as Markdown and as text, with the limits that it states, the documents that it
    rests on, when it was checked, and its permanent URL to cite.
    """
    shown = found_entry(asked.slug, asked.lang, asked.edition)
    return EntryOut.model_validate(entry_as_json(shown)).model_dump(mode="json")


def limits(asked: LimitsArguments) -> dict[str, Any]:
    """Limits of gateways, tunnels, clients, throughput, and so on, each with its source, when it was checked, and what
    other sources say instead. Ask for those of a query, a key, or an entry; `next` leads to the next page.
    """
    edition = _edition(asked.edition)
    try:
        chosen = chosen_limits(edition, Asked(asked.query, asked.key, asked.entry), asked.lang)
    except UnknownLimits as unknown:
        raise Refused("\n".join(map(_fault, unknown.faults))) from unknown
    end = asked.offset + asked.limit
    page = [limit_as_json(limit, asked.lang) for limit in chosen[asked.offset : end]]
    told = {"edition": edition.code, "total": len(chosen), "next": end if end < len(chosen) else None, "limits": page}
    return LimitsPage.model_validate(told).model_dump(mode="json")


def advise(asked: AdviseArguments) -> dict[str, Any]:
    """Advice on a design: connection types with reasons, gateway SKU and subnet, each limit as requested and allowed,
    findings, and why not the other types. An invalid design comes back with every fault and what may be meant.
    """
    try:
        advice = advise_on(parse(asked.need))
    except NeedRefused as refused:
        told = errors_to_json(refused.errors, common_texts(), asked.lang)["errors"]
        raise Refused("The design is invalid:\n" + "\n".join(map(_fault, told[:MOST_FAULTS]))) from refused
    return to_json(advice, load_texts(advice.edition), asked.lang)


def read_setup(asked: ReadSetupArguments) -> dict[str, Any]:
    """The design that stands in the files of an existing setup, with what was understood, what was left out, and what
    the advisor would like to know. Pass `need` on to advise, with what is missing filled in, to check the setup.
    Nothing of the files is stored, and no key in them is read or repeated.
    """
    files = tuple(named_apart((file.name, file.text.encode(errors="replace")) for file in asked.files))
    try:
        need, reading = read_files(files, _edition(asked.edition).code)
    except SetupRefused as refused:
        told = errors_as_text(refusal_to_json(refused.errors[:MOST_FAULTS], asked.lang))
        raise Refused("The files cannot be read as a setup:\n" + "\n".join(f"- {one}" for one in told)) from None
    return report_to_json(need, reading, asked.lang)


def found_entry(slug: str, lang: str, edition: str = "") -> ShownEntry:
    """An entry by its slug. Raises `Refused`, which names the nearest ones."""
    chosen = _edition(edition)
    shown = find_entry(chosen, slug, lang)
    if shown is None:
        near = ", ".join(heading.slug for heading in nearest(slug, chosen, lang))
        raise Refused(f"There is no entry {slug[:200]!r}." + (f" Nearest: {near}." if near else ""))
    return shown


def _edition(code: str) -> Edition:
    """The edition that is asked for. Raises `Refused`, which names those there are."""
    chosen = find_edition(code)
    if chosen.unknown is not None:
        raise Refused(f"Unknown edition {chosen.unknown!r}; available: {', '.join(edition_codes())}.")
    return chosen.edition


def _argument_faults(refused: ValidationError, arguments: type[Arguments]) -> Iterator[str]:
    """The faults of the arguments of a tool, without what was given where that may hold keys."""
    known = list(arguments.model_fields)
    for error in refused.errors():
        yield _argument_fault(error if arguments.is_repeated else {**error, "input": None}, known)


def _argument_fault(error: Any, known: list[str]) -> str:
    """One fault of the arguments of a tool, from what pydantic tells."""
    if error["type"] == "extra_forbidden":
        unknown = {"type": parameters.UNKNOWN, "ctx": {"expected": ", ".join(map(repr, known))}}
        name = str(error["loc"][-1])
        return _fault(fault(name, error["input"], reason_of(unknown), known, typed=name))
    return _fault(fault(str(error["loc"][0]), error.get("input"), reason_of(error), known_values(error)))


def _fault(error: dict[str, Any]) -> str:
    meant = f" Did you mean {error['suggestion']}?" if error["suggestion"] else ""
    value = "" if error["value"] is None else f"{error['value']!r}: "
    return f"- {error['path'] or 'need'}: {value}{error['reason']}{meant}"


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(schema_generator=NinjaGenerateJsonSchema)


TOOLS = (
    Tool("search", "Search the FAQ", SearchArguments, _schema(SearchOut), search),
    Tool("read_entry", "Read an entry", EntryArguments, _schema(EntryOut), read_entry),
    Tool("limits", "Limits of an edition", LimitsArguments, _schema(LimitsPage), limits),
    Tool("advise", "Advise on a design", AdviseArguments, {"type": "object"}, advise),
    Tool("read_setup", "Read an existing setup", ReadSetupArguments, {"type": "object"}, read_setup),
)
