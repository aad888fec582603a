"""The files to deploy a design with on this site, as pages, API and commands offer them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from advisor.answers.query_string import address_of
from advisor.answers.saved_designs import LONGEST_ADDRESS
from advisor.answers.typed import typed_of
from advisor.core.advice import Advice
from advisor.core.deployment import Deployment, DeploymentRefused, Options, deployment_of
from advisor.core.deployment_limits import is_deployable
from advisor.core.need import Need
from advisor.formats.deployables import FORMATS, Format, Header
from advisor.service import advise, advising_editions
from advisor.wording.sentences import deployable_texts, load_texts
from faq.knowledge.limits import Catalogue
from faq.pages.entry_urls import edition_suffix, entry_address
from faq.store.editions import catalogues

NOT_OF_EDITION = "edition-not-deployable"
"""The reason why there is no file that another edition of the same design does not have."""


@dataclass(frozen=True, slots=True)
class Deployables:
    """The files that a design can be deployed with: the formats, each with why there is none of it, or None.

    `sites` are the names of the sites that take a tunnel, each with the kind of its device; none where all is refused.
    """

    offers: tuple[tuple[Format, DeploymentRefused | None], ...]
    sites: tuple[tuple[str, str], ...] = ()

    @property
    def refused(self) -> DeploymentRefused | None:
        """Why there is none of any format, if it is that which they all have."""
        first = self.offers[0][1] if self.offers else None
        return first if first and all(refused is first for _, refused in self.offers) else None


def format_of(code: str) -> Format | None:
    """The form of a file to deploy with that has this code."""
    return next((one for one in FORMATS if one.code == code), None)


def deployables(need: Need, advice: Advice, options: Options) -> Deployables:
    """Which files there are for a design and its advice. None is written for that."""
    try:
        deployment = deployment_of(need, advice, catalogues()[need.edition], options)
    except DeploymentRefused as refused:
        return Deployables(tuple((one, refused) for one in FORMATS))
    sites = tuple((site.typed, site.device) for site in deployment.sites)
    return Deployables(tuple((one, _refusal(one, deployment)) for one in FORMATS), sites)


def _refusal(form: Format, deployment: Deployment) -> DeploymentRefused | None:
    try:
        form.check(deployment)
    except DeploymentRefused as refused:
        return refused
    return None


def deployable(need: Need, form: Format, options: Options, language: str) -> str:
    """The file of a form for a design. Raises `DeploymentRefused` where there is none."""
    advice, limits = advise(need), catalogues()[need.edition]
    deployment = deployment_of(need, advice, limits, options)
    form.check(deployment)
    texts = load_texts(advice.edition)
    header = Header(
        link=_link(need, language),
        findings=tuple((one.severity, one.code, texts.finding(one, language)) for one in advice.findings),
        newest_fact=max(_days(limits), default=None),
        entry_address=lambda slug: entry_address(slug, language) + edition_suffix(need.edition),
    )
    return form.write(deployment, header, language)


def refusal_in_words(refused: DeploymentRefused, language: str) -> str:
    """Why there is no file, as a sentence."""
    return deployable_texts().deployable("refused", refused.reason, language, refused.parameters)


def in_deployable_edition(need: Need, language: str) -> tuple[str, str] | None:
    """The newest edition of which designs can be deployed, with the link to the same design there; None where there is
    none, or the design does not fit in a URL.
    """
    for code in advising_editions():
        limits = catalogues()[code]
        if is_deployable(limits):
            link = _link(replace(need, edition=code), language)
            return (code, link) if link else None
    return None


def _link(need: Need, language: str) -> str | None:
    """Where the advice on a need can be opened; None where its address would be too long."""
    address = address_of(typed_of(need))
    if len(address) > LONGEST_ADDRESS:
        return None
    with override(language):
        return f"{settings.ORIGIN}{reverse('advisor:result')}?{address}"


_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _days(limits: Catalogue) -> Iterator[date]:
    """The dates of the sources of an edition, as far as they are days."""
    return (date.fromisoformat(source.date) for source in limits.sources if _WHOLE_DATE.fullmatch(source.date))
