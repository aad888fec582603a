"""What stands above every file: which advice it is of, and what that found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from advisor.core.deployment import Deployment


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a file. `link` opens the advice, None where its address would be too long; `newest_fact` is the date
    of the newest source of the edition. `findings` are the warnings and infos as severity, code, and sentence in the
    language of the file. `entry_address` gives the URL of an entry by its slug, in that language.
    """

    link: str | None
    findings: tuple[tuple[str, str, str], ...]
    newest_fact: date | None
    entry_address: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A form that a deployment is written in. `write` takes the deployment, the head, and the code of the language for
    comments; `check` raises `DeploymentRefused` where this format has no file for a deployment.
    """

    code: str
    file_name: str
    write: Callable[[Deployment, Header, str], str]
    check: Callable[[Deployment], None]
