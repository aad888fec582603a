"""Files of any form to one need: each document by the reader of its form, then everything together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from advisor.core.need import NeedRefused, parse_need
from advisor.core.refusals import FieldError
from advisor.core.skus import existing_skus
from advisor.existing.arm import read_templates
from advisor.existing.documents import Document, read_documents
from advisor.existing.draft import Draft, Member, assembled, filled, place_in
from advisor.existing.forms import (
    AZURE,
    NEED,
    TERRAFORM_PLAN,
    TERRAFORM_STATE,
    TERRAFORM_VALUES,
    resources_in,
)
from advisor.existing.need import Members, members_of
from advisor.existing.references import reference
from advisor.existing.report import Item, Reading, SetupFile, SetupRefused
from advisor.existing.resource_reader import inventory_of
from advisor.existing.resources import Place, Resource, in_file_order
from advisor.existing.saved_need import members_of_need
from advisor.existing.setup import set_up_of
from advisor.existing.tables import TableSite, TableSites
from advisor.existing.terraform import resources_of_plan, resources_of_state, resources_of_values
from faq.knowledge.limits import Catalogue

_TERRAFORM = {
    TERRAFORM_STATE: resources_of_state,
    TERRAFORM_VALUES: resources_of_values,
    TERRAFORM_PLAN: resources_of_plan,
}


def read_setup(files: Sequence[SetupFile], edition: str, catalogues: Mapping[str, Catalogue] | None = None) -> Reading:
    """The need that files describe together, for this edition where they name none, and what of them was understood,
    ignored and missing.

    The need has the JSON form that `parse_need` takes, and is checked as that does, by the limits of the editions that
    give advice; without those any SKU passes.

    Raises `SetupRefused` with every fault at once. No error repeats a value of a file.
    """
    documents = read_documents(files)
    if not documents:
        raise SetupRefused((FieldError("", None, "not-understood"),))
    if len(documents) == 1 and documents[0].form == NEED:
        return _saved_alone(documents[0], edition, catalogues)
    order = {file.name: index for index, file in reversed(list(enumerate(files)))}
    draft, ignored = _read(documents, order)
    need = {"edition": edition, **_with_known_sku(draft.need, edition, catalogues)}
    _check(need, lambda path: place_in(draft.places, path), edition, catalogues)
    in_order = sorted(ignored, key=lambda item: in_file_order(Place(item.file, item.path), order))
    return Reading(need, draft.understood, tuple(in_order), draft.missing)


def _saved_alone(document: Document, edition: str, catalogues: Mapping[str, Catalogue] | None) -> Reading:
    """A need that is not with anything else: as it is."""
    members = _saved(document)
    draft = assembled(members.whole, members.vnets, members.sites, {})
    need = {"edition": edition, **(document.value if isinstance(document.value, Mapping) else {})}
    _check(need, lambda path: Place(document.file, document.at(path)), edition, catalogues)
    return Reading(need, draft.understood, (), ())


def _read(documents: Sequence[Document], order: Mapping[str, int]) -> tuple[Draft, list[Item]]:
    """The need of documents together, and what of them is ignored."""
    others = [document for document in documents if document.form != NEED]
    templates = read_templates(others)
    resources = [*templates.resources, *(resource for document in others for resource in _resources(document))]
    set_up = set_up_of(inventory_of(sorted(resources, key=lambda resource: order[resource.file])))
    ignored = [*templates.ignored, *set_up.ignored]
    rows: list[Member] = []
    for document in others:
        if isinstance(table := document.value, TableSites):
            ignored += table.ignored
            rows += [_row(document, site) for site in table.sites]
    saved = [_saved(document) for document in documents if document.form == NEED]
    return _assembled([*saved, *([members_of(set_up, rows, order)] if others else [])], order), ignored


def _resources(document: Document) -> Iterator[Resource]:
    """The resources of a document that is no template."""
    value = document.value
    if document.form == AZURE:
        for place, body in resources_in(value):
            yield Resource(document.file, document.at(place), _type_of(body), body)
    elif document.form in _TERRAFORM and isinstance(value, Mapping):
        for resource in _TERRAFORM[document.form](value, document.file):
            yield replace(resource, path=document.at(resource.path))


def _type_of(body: Mapping[str, object]) -> str:
    """The type that a resource says it has, else the one in its id."""
    found = {name.lower(): value for name, value in body.items() if name.lower() in ("type", "id")}
    if isinstance(found.get("type"), str):
        return str(found["type"]).strip().lower()
    known = reference(str(found.get("id")))
    return known.type if known else ""


def _row(document: Document, site: TableSite) -> Member:
    """A site of a table."""
    member = Member(str(site.raw.get("name", "")), Place(document.file, document.at(site.path)))
    for name, value in site.raw.items():
        if name != "name":
            member.put(name, value, Place(document.file, document.at(site.places.get(name, site.path))))
    member.understand("site", member.place, member.name)
    return member


def _saved(document: Document) -> Members:
    value = document.value if isinstance(document.value, Mapping) else {}
    return members_of_need(value, lambda path: Place(document.file, document.at(path)))


def _assembled(several: Sequence[Members], order: Mapping[str, int]) -> Draft:
    """One need of several: what an earlier one says counts, a later one says what that leaves open."""
    first, *later = several
    vnets, sites = first.vnets, first.sites
    for one in later:
        vnets, sites = filled(vnets, one.vnets), filled(sites, one.sites)
        first.whole.fill(one.whole)
    told = {name for name, members in (("vnets", vnets), ("sites", sites)) if members and len(several) > 1}
    first.whole.missing = [note for note in first.whole.missing if note.path not in told or note.code == "connections"]
    return assembled(first.whole, vnets, sites, order)


def _with_known_sku(
    need: Mapping[str, object], edition: str, catalogues: Mapping[str, Catalogue] | None
) -> Mapping[str, object]:
    """The need with its SKU as the edition writes it: Azure takes it in any case."""
    written, catalogue = need.get("gateway_sku"), (catalogues or {}).get(str(need.get("edition", edition)))
    if not isinstance(written, str) or catalogue is None:
        return need
    known = {sku.lower(): sku for sku in existing_skus(catalogue)}
    return {**need, "gateway_sku": known.get(written.lower(), written)}


def _check(
    need: Mapping[str, object],
    at: Callable[[str], Place],
    edition: str,
    catalogues: Mapping[str, Catalogue] | None,
) -> None:
    """Raise the faults of the need where they are in the files; `at` has the place of a path in the need."""
    try:
        parse_need(need, edition, catalogues or {})
    except NeedRefused as refused:
        errors = [error for error in refused.errors if catalogues is not None or error.path != "edition"]
        if errors:
            raise SetupRefused(tuple(_in_file(error, at(error.path)) for error in errors)) from None


def _in_file(error: FieldError, place: Place) -> FieldError:
    """A fault with the place of its value instead of the value itself."""
    return replace(error, path=str(place) if place.file else error.path, value=None)
