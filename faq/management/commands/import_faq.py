"""`manage.py import_faq FILE…`: an organisation's own FAQ document to the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from faq.documents import Document, DocumentRefused, Fault, language_of, read_document
from faq.knowledge.entry import EDITION, MAX_ANSWER, character_faults, limit_references
from faq.knowledge.limits import Catalogue
from faq.management.report import faults_json, outcomes_json, tell
from faq.models import Edition
from faq.store.editions import catalogue_of
from faq.store.loading import Outcome, import_document
from web.languages import ENGLISH_NAMES, LANGUAGES

MAX_QUESTION = 300


class Command(BaseCommand):
    """Reads documents in both forms (Markdown with anchors, YAML FAQ), all of them wholly or none at all."""

    help = "Import FAQ documents (Markdown with anchors, or YamlMime:FAQ) as the texts of one language of an edition."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- the site's own content files do not matter here

    def add_arguments(self, parser: CommandParser) -> None:
        """What, in which language, to which edition, and how careful."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--lang", choices=LANGUAGES, required=True, help="the language of the documents")
        parser.add_argument("--edition", required=True, help="the edition, such as 2016-12; made if it is not there")
        parser.add_argument(
            "--overwrite", action="store_true", help="also what was changed, withdrawn, or deleted here"
        )
        parser.add_argument(
            "--force", action="store_true", help="also take a document that seems to be in another language"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every document before anything is written; a fault in one changes nothing."""
        if not EDITION.fullmatch(options["edition"]) or len(options["edition"]) > 40:
            raise CommandError(f"{options['edition']!r} is no name for an edition: write it like 2016-12")
        edition = Edition.objects.filter(code=options["edition"]).first()
        known = catalogue_of(edition) if edition else Catalogue(options["edition"], {})
        documents, faults = self._read(options["files"], options["lang"], known, forced=options["force"])
        if faults:
            if options["json"]:
                self.stdout.write(faults_json((fault.file, fault.line, fault.reason) for fault in faults))
                raise SystemExit(1)
            raise CommandError("\n".join(["nothing was changed:", *(_line(fault) for fault in faults)]))
        outcomes: list[Outcome] = []
        with transaction.atomic():
            for document in documents:
                outcomes += import_document(
                    document,
                    options["edition"],
                    options["lang"],
                    overwrite=options["overwrite"],
                    dry_run=options["dry_run"],
                )
        if options["json"]:
            self.stdout.write(outcomes_json(outcomes))
            return
        for document in documents:
            for warning in document.warnings:
                self.stderr.write(f"warning: {_line(warning)}")
        tell(
            self.stdout,
            f"edition {options['edition']}",
            outcomes,
            dry_run=options["dry_run"],
            verbosity=options["verbosity"],
        )

    def _read(
        self, files: list[Path], language: str, known: Catalogue, *, forced: bool
    ) -> tuple[list[Document], list[Fault]]:
        documents: list[Document] = []
        faults: list[Fault] = []
        for path in files:
            try:
                document = read_document(path)
            except DocumentRefused as refused:
                faults += refused.faults
                continue
            documents.append(document)
            faults += _unfit(document, str(path), known)
            spoken = language_of("\n".join(f"{entry.question}\n{entry.answer}" for entry in document.entries))
            if spoken not in (None, language) and not forced:
                names = ENGLISH_NAMES[str(spoken)], ENGLISH_NAMES[language]
                reason = "this is {}, not {}; --force takes it all the same".format(*names)
                faults.append(Fault(str(path), 1, reason))
        return documents, faults


def _unfit(document: Document, file: str, known: Catalogue) -> list[Fault]:
    """What an entry cannot hold: too long a text, a character that no page shows, a limit that the edition lacks."""
    found = []
    for entry in document.entries:
        for name, text, most in (("question", entry.question, MAX_QUESTION), ("answer", entry.answer, MAX_ANSWER)):
            if len(text) > most:
                found.append(Fault(entry.file, entry.line, f"the {name} has {len(text)} characters; at most {most}"))
            found += [Fault(entry.file, entry.line, fault) for fault in character_faults(name, text)]
        unknown = [key for key in limit_references(entry.answer) if key not in known]
        found += [Fault(entry.file, entry.line, f"{{limit:{key}}} is no limit of this edition") for key in unknown]
    for section in document.sections:
        faults = character_faults("section", section.title)
        found += [Fault(file, section.line, fault) for fault in faults]
    return found


def _line(fault: Fault) -> str:
    return f"{fault.file}{f':{fault.line}' if fault.line else ''}: {fault.reason}"
