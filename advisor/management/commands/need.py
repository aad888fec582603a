"""`manage.py need FILE…`: the design that stands in the files of an existing setup."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from advisor.existing.named_files import named_apart
from advisor.existing.report import SetupRefused
from advisor.formats.setup_report import errors_as_text, refusal_to_json, report_to_json, setup_as_text
from advisor.service import read_files
from faq.store.editions import edition_codes
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

REFUSED = 2
"""The exit status where the files are not read."""

MOST_READ = 6 * 1024 * 1024
"""Bytes of a file that are read: more than any that is taken, and no more than fit in memory."""


class Command(BaseCommand):
    """Reads the files of a setup, and writes the need and the report; or every fault, with exit status 2."""

    help = (
        "Read the files of an existing setup (output of az or of the REST API, ARM templates with their parameters, a "
        "state or plan of Terraform as JSON, tables of sites) and write the design that they come to, with what was "
        "understood, left out, and is missing. --format need writes the design alone, for advise. Keys in the files "
        "are not read. The exit status is 2 if a file cannot be read as a setup."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it reads the database only

    def add_arguments(self, parser: CommandParser) -> None:
        """What to read, and how to tell it."""
        parser.add_argument("files", nargs="+", metavar="file", help="a file of the setup, or - for standard input")
        parser.add_argument("--edition", default="", help="the edition of the design; the site's default if absent")
        parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE, help="the language of the sentences")
        parser.add_argument("--format", choices=("text", "json", "need"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the report, or the design, to standard output."""
        language, form, edition = options["lang"], options["format"], options["edition"]
        if edition and edition not in edition_codes():
            raise CommandError(f"Unknown edition {edition!r}; available: {', '.join(edition_codes())}.")
        files = tuple(named_apart((name, _read(name)) for name in options["files"]))
        try:
            need, reading = read_files(files, edition)
        except SetupRefused as refused:
            errors = refusal_to_json(refused.errors, language)
            if form == "json":
                self._write({"errors": errors})
            else:
                for line in errors_as_text(errors):
                    self.stderr.write(line)
            sys.exit(REFUSED)
        told = report_to_json(need, reading, language)
        if form == "text":
            with override(language):
                self.stdout.write(setup_as_text(told), ending="")
        else:
            self._write(told["need"] if form == "need" else told)

    def _write(self, told: Any) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))


def _read(name: str) -> bytes:
    """The beginning of a file, of so many bytes that one that is too large is seen to be."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(MOST_READ)
        with Path(name).open("rb") as file:
            return file.read(MOST_READ)
    except OSError as fault:
        raise CommandError(f"{name}: {fault.strerror}") from None
