"""`manage.py advise FILE`: the advice on a need that is written as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from advisor.core.need import NeedRefused
from advisor.formats.as_json import errors_to_json, to_json
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


class Command(BaseCommand):
    """Judges a need, and writes the advice; or every fault of the need, with exit status 2."""

    help = (
        "Advise on a design in JSON, from a file or (-) from standard input. Its fields are those of the API: the site "
        "describes them at /en/api/ and /api/v1/openapi.json (component Need), and docs/embedding-and-api.md gives an "
        "example. The exit status is 2 if the design is invalid."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it reads the database only

    def add_arguments(self, parser: CommandParser) -> None:
        """What to judge, and how to tell it."""
        parser.add_argument("file", help="a file with a design, or - for standard input")
        parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE, help="the language of the sentences")
        parser.add_argument("--format", choices=("text", "json", "markdown", "svg"), default="text")

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

    def _write_json(self, told: Any) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
