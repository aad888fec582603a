"""What the comments of a file say, as plain sentences: the head of it, and the reason for what stands in it.

A writer makes comments of its language out of them, with `quoting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.core.deployment import Deployment
from advisor.core.deployment_parameters import Parameter, Why
from advisor.core.parameters import Value
from advisor.formats.deployables.header import Header
from advisor.wording.sentences import deployable_texts


@dataclass(frozen=True, slots=True)
class Commentary:
    """The sentences of a file in one language. `table` is that of its format, for what no other format says."""

    header: Header
    table: str
    language: str

    def say(self, code: str, **parameters: Value) -> str:
        """A sentence of this format."""
        return deployable_texts().deployable(self.table, code, self.language, tuple(parameters.items()))

    def common(self, code: str, **parameters: Value) -> str:
        """A sentence of every format."""
        return deployable_texts().deployable("common", code, self.language, tuple(parameters.items()))

    def why(self, why: Why) -> str:
        """A reason, with the URL of the entry that tells more, or else the document that says so and its date."""
        said = deployable_texts().deployable("why", why.code, self.language, why.parameters)
        if why.entry:
            return self.common("why-entry", said=said, url=self.header.entry_address(why.entry))
        if why.source:
            return self.common("why-source", said=said, source=f"{why.source.document}, {why.source.date}")
        return said

    def description(self, parameter: Parameter) -> str:
        """What is to be filled in for a parameter."""
        return deployable_texts().deployable("parameters", parameter.sentence, self.language, parameter.about)

    def head(self, deployment: Deployment) -> Iterator[str]:
        """What the file is, of which advice, and what that found: a sentence for each line."""
        newest = self.header.newest_fact.isoformat() if self.header.newest_fact else "-"
        yield self.common("what")
        yield self.common("edition", edition=deployment.edition, verdict=deployment.verdict, newest=newest)
        if self.header.link:
            yield self.common("advice", link=self.header.link)
        for severity, code, text in self.header.findings:
            yield f"{severity} {code}: {text}"
