"""The files that a design can be deployed with, on the pages: which there are, and each as a download."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from advisor.core.addressing import AddressError, read_address
from advisor.core.advice import Advice
from advisor.core.deployment import EXISTING, VNETS, DeploymentRefused, Options
from advisor.core.need import Need
from advisor.core.parameters import Value
from advisor.deployables import NOT_OF_EDITION, deployable, deployables, in_deployable_edition, refusal_in_words
from advisor.formats.deployables import Format
from advisor.wording.sentences import deployable_texts, load_texts
from faq.pages.context import page_context
from faq.store.editions import ChosenEdition

VNETS_PARAMETER, SITE_PARAMETER, ADDRESS_PARAMETER = "vnets", "of_site", "gateway_ip"
"""What the address of a page says beside the design; `site` is a parameter of the design there."""

OF_A_DEVICE = ("swanctl", "device")
"""The forms of which each site has a file of its own."""
WITH_SWANCTL = "software"
"""The kind of device that strongSwan can be; another gets the file for any device first."""
MOST_SITES = 12
"""So many sites have their links on the page; of more, one is chosen in a list."""


def said(language: str, code: str, **parameters: Value) -> str:
    """A sentence of the pages on these files."""
    return deployable_texts().deployable("page", code, language, tuple(parameters.items()))


def options_of(query: QueryDict, language: str) -> Options:
    """What is asked beside the design. Raises BadRequest where that is nothing that there is."""
    vnets = query.get(VNETS_PARAMETER) or EXISTING
    if vnets not in VNETS:
        raise BadRequest(said(language, "no-such-way", known=", ".join(VNETS)))
    try:
        addresses = tuple(read_address(one) for one in query.getlist(ADDRESS_PARAMETER))
    except AddressError:
        raise BadRequest(said(language, "no-such-address")) from None
    return Options(vnets, query.get(SITE_PARAMETER) or None, addresses)


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file with its address and what it is, or why there is none: then `href` is empty."""

    code: str
    name: str
    href: str
    told: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """A site to be chosen in a list: the parameters that go along, the sites, and where each file is."""

    hidden: tuple[tuple[str, str], ...]
    sites: tuple[str, ...]
    files: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The part of the page of an advice with its files. Where there are none, `refused` says why, and `other_edition`
    is where there are. `vnets` are the ways to have VNets, each with the address of the page that shows it, empty for
    the one that is shown.
    """

    language: str
    refused: str = ""
    other_edition: tuple[str, str] | None = None
    vnets: tuple[tuple[str, str], ...] = ()
    files: tuple[FileLink, ...] = ()
    of_sites: tuple[tuple[str, tuple[FileLink, ...]], ...] = ()
    choosing: Choosing | None = None


def section(
    need: Need, advice: Advice, query: QueryDict, language: str, *, page: str, file: Callable[[str], str], address: str
) -> Section:
    """Which files there are for a design. `page` is the path of this page, `file` gives that of a form by its code,
    and `address` says the design; empty where the path does.
    """
    options = options_of(query, language)
    offered = deployables(need, advice, options)
    if offered.refused:
        newer = in_deployable_edition(need, language) if offered.refused.reason == NOT_OF_EDITION else None
        return Section(language, refusal_in_words(offered.refused, language), newer)
    link = partial(_linked, address, options)
    of_all = [(form, refused) for form, refused in offered.offers if form.code not in OF_A_DEVICE]
    of_site = [form for form, _ in offered.offers if form.code in OF_A_DEVICE]
    few = offered.sites if len(offered.sites) <= MOST_SITES else ()
    return Section(
        language=language,
        vnets=tuple(
            (way, "" if way == options.vnets else f"{_linked(address, replace(options, vnets=way), page)}#deploy")
            for way in VNETS
        ),
        files=tuple(
            FileLink(
                form.code,
                form.file_name,
                "" if refused else link(file(form.code)),
                refusal_in_words(refused, language) if refused else said(language, form.code),
            )
            for form, refused in of_all
        ),
        of_sites=tuple(
            (
                name,
                tuple(
                    FileLink(form.code, form.file_name, link(file(form.code), name), said(language, form.code))
                    for form in sorted(of_site, key=lambda form: (form.code == "swanctl") != (device == WITH_SWANCTL))
                ),
            )
            for name, device in few
        ),
        choosing=None
        if few or not offered.sites
        else _choosing(offered.sites, of_site, options, address, file, language),
    )


def _choosing(
    sites: tuple[tuple[str, str], ...],
    forms: list[Format],
    options: Options,
    address: str,
    file: Callable[[str], str],
    language: str,
) -> Choosing:
    hidden = [(name, value) for name, values in QueryDict(address).lists() for value in map(str, values)]
    return Choosing(
        hidden=(*hidden, *_pairs(options)),
        sites=tuple(name for name, _ in sites),
        files=tuple(FileLink(form.code, form.file_name, file(form.code), said(language, form.code)) for form in forms),
    )


def _linked(address: str, options: Options, path: str, site: str = "") -> str:
    """A path with what says the design, and what is asked beside it where that does not go without saying."""
    query = "&".join(
        filter(None, (address, urlencode([*_pairs(options), *([(SITE_PARAMETER, site)] if site else [])])))
    )
    return f"{path}?{query}" if query else path


def _pairs(options: Options) -> list[tuple[str, str]]:
    vnets = [(VNETS_PARAMETER, options.vnets)] if options.vnets != EXISTING else []
    return [*vnets, *((ADDRESS_PARAMETER, one) for one in options.gateway_ips)]


def file(
    request: HttpRequest, need: Need, form: Format, chosen: ChosenEdition, language: str, back: str
) -> HttpResponse:
    """The file of a form as a download, or a page that says why there is none, with a link `back` to the advice."""
    try:
        written = deployable(need, form, options_of(request.GET, language), language)
    except DeploymentRefused as refused:
        texts = load_texts(need.edition)
        told = {
            "heading": said(language, "no-file", file=form.file_name),
            "reason": refusal_in_words(refused, language),
            "findings": [texts.finding(found, language) for found in refused.findings],
            "other_edition": _other_edition(need, refused, language),
            "back": back,
            "back_words": said(language, "back"),
        }
        return TemplateResponse(request, "advisor/pages/no_file.html", page_context(request, chosen) | told, status=409)
    disposition = {"Content-Disposition": f'attachment; filename="{form.file_name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(written, content_type="text/plain; charset=utf-8", headers=disposition)


def _other_edition(need: Need, refused: DeploymentRefused, language: str) -> dict[str, str] | None:
    """The same design in an edition that can be deployed."""
    newer = in_deployable_edition(need, language) if refused.reason == NOT_OF_EDITION else None
    return {"link": newer[1], "words": said(language, "other-edition", edition=newer[0])} if newer else None
