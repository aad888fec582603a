"""From a need to an advice: the design, what the rules of its edition see in it, and what to read about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from advisor.core.advice import SEVERITIES, Advice, Alternative, Connection, Finding, Reason, Step
from advisor.core.client_pool import client_pool
from advisor.core.design import Design
from advisor.core.editions import EDITIONS, book_of
from advisor.core.editions.base import RuleBook
from advisor.core.need import Need
from advisor.core.parameters import Count
from faq.knowledge.limits import Catalogue


def decide(need: Need, catalogue: Catalogue, *, books: Mapping[str, RuleBook] = EDITIONS) -> Advice:
    """The advice for a need by the rule book and the limits of its edition.

    Raises `NoAdvice` where the edition has no book or no limits, `UnknownLimit` where the limits lack one that the book
    reads, ValueError where they are another edition's.
    """
    if catalogue.edition != need.edition:
        raise ValueError(f"the request is for edition {need.edition}, the limits are of {catalogue.edition}")
    book = book_of(catalogue, books)
    design = book.make_design(need, catalogue)
    expressroute = book.expressroute_gateway(need, catalogue, design)
    connections = _connections(book, need, catalogue, design)
    findings = _findings(book, need, catalogue, design)
    advice = Advice(
        edition=need.edition,
        verdict=_verdict(findings),
        connections=tuple(connections.values()),
        gateway=book.vpn_gateway(need, catalogue, design),
        expressroute=expressroute,
        limits=tuple(book.limit_rows(need, catalogue, design, expressroute)),
        findings=findings,
        alternatives=tuple(_alternatives(book, need, catalogue, design, connections)),
        entries=(),
        client_pool=client_pool(need),
        as_of=None if "as_of" in book.unused_fields else need.as_of,
        next_steps=tuple(_next_steps(book, need, catalogue, design, findings, connections)),
    )
    return replace(advice, entries=tuple(dict.fromkeys(entry for entry in _entries(advice) if entry)))


def _findings(book: RuleBook, need: Need, catalogue: Catalogue, design: Design) -> tuple[Finding, ...]:
    """What the rules see, by severity, then in the order of the book; findings of one code keep theirs."""
    places = {code: place for place, code in enumerate(book.findings)}
    found = (
        Finding(
            code=seen.code,
            severity=book.findings[seen.code],
            subjects=seen.subjects,
            parameters=seen.parameters,
            entry=book.entries[seen.entry_of or seen.code],
            variant=seen.variant,
        )
        for rule in book.rules
        for seen in rule(need, catalogue, design)
    )
    return tuple(sorted(found, key=lambda one: (SEVERITIES.index(one.severity), places[one.code])))


def _next_steps(
    book: RuleBook,
    need: Need,
    catalogue: Catalogue,
    design: Design,
    findings: Iterable[Finding],
    connections: Mapping[str, Connection],
) -> Iterator[Step]:
    """What to do, in order. A design that does not fit is not built: its errors are solved first."""
    errors = sum(found.severity == "error" for found in findings)
    if errors:
        yield Step("solve-errors", (("errors", Count(errors, "error")),))
    elif not connections:
        yield Step("add-members")
    if errors or not connections:
        return
    for step in book.steps:
        for seen in step(need, catalogue, design):
            yield Step(seen.code, seen.parameters, seen.variant)


def _connections(book: RuleBook, need: Need, catalogue: Catalogue, design: Design) -> dict[str, Connection]:
    """The connections of the design by type, in the order of the book. Raises ValueError for a type not in it."""
    chosen = book.connections(need, catalogue, design)
    return {
        type_: replace(chosen[type_], reasons=_told(book, chosen[type_].reasons))
        for type_ in sorted(chosen, key=book.connection_types.index)
    }


def _alternatives(
    book: RuleBook, need: Need, catalogue: Catalogue, design: Design, chosen: Mapping[str, Connection]
) -> Iterator[Alternative]:
    """Each type of the book with why, or why not."""
    against = book.why_not(need, catalogue, design)
    for type_ in book.connection_types:
        reasons = chosen[type_].reasons if type_ in chosen else _told(book, against[type_])
        yield Alternative(type_, type_ in chosen, reasons)


def _told(book: RuleBook, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons, each with the entry that tells of it."""
    return tuple(replace(reason, entry=book.entries[reason.rule]) for reason in reasons)


def _verdict(findings: Iterable[Finding]) -> str:
    severities = {found.severity for found in findings}
    if "error" in severities:
        return "does-not-fit"
    return "fits-with-warnings" if "warning" in severities else "fits"


def _entries(advice: Advice) -> Iterator[str | None]:
    """What to read, the most urgent first: errors and warnings, then reasons, limits and infos."""
    yield from (found.entry for found in advice.findings if found.severity != "info")
    yield from (reason.entry for connection in advice.connections for reason in connection.reasons)
    yield from (reason.entry for alternative in advice.alternatives for reason in alternative.reasons)
    yield from (row.entry for row in advice.limits)
    yield from (found.entry for found in advice.findings if found.severity == "info")
