"""`manage.py advise FILE`: the advice on a need that is written as JSON, or a file to deploy its design with."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from advisor.core.addressing import AddressError, read_address
from advisor.core.deployment import EXISTING, VNETS, DeploymentRefused, Options
from advisor.core.need import Need, NeedRefused
from advisor.deployables import NOT_OF_EDITION, deployable, format_of, in_deployable_edition, refusal_in_words
from advisor.formats.as_json import errors_to_json, to_json
from advisor.formats.deployables import FORMATS, Format
from advisor.formats.drawing.layout import widest_layout
from advisor.formats.drawing.svg import to_svg
from advisor.formats.drawing.told import tell
from advisor.formats.drawing.topology import topology_of
from advisor.formats.report import write_report
from advisor.service import advise, read
from advisor.wording.sentences import common_texts, load_texts
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

REFUSED = 2
"""The exit status where the design is invalid."""
NOT_DEPLOYABLE = 3
"""The exit status where there is no file to deploy the design with."""
REPORTS = ("text", "json", "markdown", "svg")
"""The forms of the advice itself."""


def ipv4_address(typed: str) -> str:
    """An address that was given as an option."""
    try:
        return read_address(typed)
    except AddressError:
        raise ArgumentTypeError(f"{typed!r} is no IPv4 address") from None


class Command(BaseCommand):
    """Judges a need, and writes the advice; or every fault of the need, with exit status 2."""

    help = (
        "Advise on a design in JSON, from a file or (-) from standard input. Its fields are those of the API: the site "
        "describes them at /en/api/ and /api/v1/openapi.json (component Need), and docs/embedding-and-api.md gives an "
        "example. The exit status is 2 if the design is invalid, and 3 if there is no file of the format to deploy it "
        "with, which it then says why."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it reads the database only

    def add_arguments(self, parser: CommandParser) -> None:
        """What to judge, and how to tell it."""
        parser.add_argument("file", help="a file with a design, or - for standard input")
        parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE, help="the language of the sentences")
        formats = (*REPORTS, *(one.code for one in FORMATS))
        parser.add_argument("--format", choices=formats, default="text", help="the advice, or a file to deploy it with")
        deploying = parser.add_argument_group("of a file to deploy the design with")
        deploying.add_argument("--vnets", choices=VNETS, default=EXISTING, help="whether the VNets exist or are made")
        deploying.add_argument("--site", help="for which site, of the files for a device")
        deploying.add_argument(
            "--gateway-ip",
            action="append",
            default=[],
            type=ipv4_address,
            metavar="ADDRESS",
            help="an address of the gateway, once it has one; may be given several times, for swanctl and device",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the advice to standard output."""
        language, form = options["lang"], options["format"]
        try:
            written = sys.stdin.buffer.read() if options["file"] == "-" else Path(options["file"]).read_bytes()
        except OSError as fault:
            raise CommandError(f"{options['file']}: {fault.strerror}") from None
        try:
            need = read(written)
        except NeedRefused as refused:
            told = errors_to_json(refused.errors, common_texts(), language)
            if form == "json":
                self._write_json(told)
            else:
                for error in told["errors"]:
                    meant = f" → {error['suggestion']}" if error["suggestion"] else ""
                    place = f"{error['path']}: {error['value']!r}" if error["path"] else options["file"]
                    self.stderr.write(f"{place}: {error['reason']}{meant}")
            sys.exit(REFUSED)
        if deployed_as := format_of(form):
            given = Options(options["vnets"], options["site"], tuple(options["gateway_ip"]))
            self._write_deployable(need, deployed_as, given, language)
            return
        advice = advise(need)
        texts = load_texts(advice.edition)
        with override(language):
            if form == "json":
                self._write_json(to_json(advice, texts, language))
            elif form == "svg":
                topology = topology_of(need, advice, texts, language)
                self.stdout.write(to_svg(widest_layout(topology), topology.title, tell(topology)))
            else:
                self.stdout.write(write_report(need, advice, language, markdown=form == "markdown"), ending="")

    def _write_deployable(self, need: Need, form: Format, given: Options, language: str) -> None:
        try:
            self.stdout.write(deployable(need, form, given, language), ending="")
        except DeploymentRefused as refused:
            self.stderr.write(refusal_in_words(refused, language))
            if newer := in_deployable_edition(need, language) if refused.reason == NOT_OF_EDITION else None:
                self.stderr.write(newer[1])
            texts = load_texts(need.edition)
            for found in refused.findings:
                self.stderr.write(f"{found.code}: {texts.finding(found, language)}")
            sys.exit(NOT_DEPLOYABLE)

    def _write_json(self, told: Any) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
