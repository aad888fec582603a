"""Which limits the files of a deployment read, so that an edition without one of them is told before somebody asks."""

from __future__ import annotations

from dataclasses import replace

from advisor.core.decide import decide
from advisor.core.deployment import DeploymentRefused, Options, deployment_of
from advisor.core.deployment_limits import is_deployable, limit_keys, missing_limits
from advisor.core.editions.e2026 import BOOK
from advisor.formats.deployables import FORMATS
from faq.knowledge.limits import Catalogue
from tests import builders
from tests.advisor.core.edition_2026.builders import catalogue, need
from tests.advisor.core.edition_2026.test_properties import CASES, Watched
from tests.advisor.core.test_deployment_asks import HEADER, MORE

LARGE = 60
"""A design with more resources reads nothing that a smaller one does not."""


def test_every_limit_that_a_file_reads_is_named() -> None:
    watched = Watched(catalogue())
    for changes in (*MORE, *CASES):
        asked = need(**changes)
        advice = decide(asked, catalogue())
        told = tuple((found.severity, found.code, found.code) for found in advice.findings)
        for site in (None, *(site.name for site in asked.sites[:3])):
            try:
                deployment = deployment_of(asked, advice, watched, Options(site=site))
            except DeploymentRefused:
                break
            for form in FORMATS if len(deployment.resources) <= LARGE else ():
                try:
                    form.check(deployment)
                except DeploymentRefused:
                    continue
                form.write(deployment, replace(HEADER, findings=told), "en")
    named = {*limit_keys(catalogue()), *BOOK.limit_keys(catalogue())}
    assert watched.read - named == {"gateway.deployable"}


def test_an_edition_with_files_has_every_limit_that_they_read() -> None:
    assert missing_limits(catalogue()) == ()
    lacking = {"s2s.pfs", "sku.Basic.zone_redundant"}
    without = Catalogue("2026", {limit.key: limit for limit in catalogue() if limit.key not in lacking})
    assert set(missing_limits(without)) == lacking


def test_an_edition_without_files_lacks_nothing() -> None:
    assert not is_deployable(builders.catalogue())
    assert missing_limits(builders.catalogue()) == ()
