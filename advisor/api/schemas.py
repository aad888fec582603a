"""What the advisor's part of the JSON API answers besides advice, as its OpenAPI document tells it."""

from __future__ import annotations

from ninja import Field, Schema

from faq.api.schemas import ProblemOut


class ErrorFindingOut(Schema):
    """An error of the advice on a design that does not fit."""

    code: str
    severity: str
    subjects: list[str]
    text: str
    entry: str | None = Field(description="The slug of the entry that explains it.")


class NotDeployableOut(ProblemOut):
    """Why there is no file to deploy a design with."""

    reason: str = Field(
        description="`does-not-fit`, `edition-not-deployable`, `nothing-to-deploy`, `too-many-resources`, "
        "`several-subscriptions`, `az-active-active-clients`, `no-such-site`, `which-site`, or `site-not-on-vpn`."
    )
    detail: str = Field(description="The reason in words.")
    findings: list[ErrorFindingOut] = Field(description="For `does-not-fit`: the errors, as in the advice.")
