"""`manage.py import_faq FILE…`: an organisation's own FAQ document to the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from faq.documents import Document, DocumentRefused, Fault, foreign_language_of, language_of, read_document
from faq.knowledge.entry import EDITION, MAX_ANSWER, character_faults, limit_references
from faq.knowledge.limits import Catalogue
from faq.management.report import outcomes_json, refuse, tell
from faq.models import Edition
from faq.store.editions import catalogue_of
from faq.store.introductions import kept_introductions
from faq.store.loading import Outcome, import_document
from web.languages import ENGLISH_NAMES, LANGUAGES

MAX_QUESTION = 300
MAX_TITLE = 200
WITH_LOSSES = 3


class Command(BaseCommand):
    """Reads documents in both forms (Markdown with anchors, YAML FAQ), all of them wholly or none at all."""

    help = (
        "Import FAQ documents (Markdown with anchors, or YamlMime:FAQ) as the texts of one language of an edition."
        " What cannot be kept is listed with its line. Exit status: 0, all was loaded; 3, loaded, with losses listed;"
        " 1, refused, and nothing was loaded."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 -- the site's own content files do not matter here

    def add_arguments(self, parser: CommandParser) -> None:
        """What, in which language, to which edition, and how careful."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--lang", choices=LANGUAGES, required=True, help="the language of the documents")
        parser.add_argument("--edition", required=True, help="the edition, such as 2016-12; created if missing")
        parser.add_argument(
            "--base", default="", metavar="URL", help="the https URL of the document, which relative links start from"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="also overwrite what was changed, withdrawn, or deleted here"
        )
        parser.add_argument(
            "--force", action="store_true", help="import a document that seems to be in another language"
        )
        parser.add_argument("--strict", action="store_true", help="load nothing if anything would be left out")
        parser.add_argument("--dry-run", action="store_true", help="only print what would happen")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every document before anything is written; a fault in one changes nothing."""
        _check(options["edition"], options["base"])
        edition = Edition.objects.filter(code=options["edition"]).first()
        documents, faults = self._read(edition, options)
        warnings = [warning for document in documents for warning in document.warnings]
        if not options["overwrite"]:
            for document in documents:
                warnings += kept_introductions(edition, document, options["lang"])
        if options["strict"]:
            faults += warnings
        if faults:
            refuse(self.stdout, faults, warnings, as_json=options["json"])
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
            self.stdout.write(outcomes_json({options["edition"]: outcomes}, warnings))
        else:
            for warning in warnings:
                self.stderr.write(f"warning: {warning}")
            tell(
                self.stdout,
                f"edition {options['edition']}",
                outcomes,
                dry_run=options["dry_run"],
                verbosity=options["verbosity"],
            )
        if warnings:
            raise SystemExit(WITH_LOSSES)

    def _read(self, edition: Edition | None, options: dict[str, Any]) -> tuple[list[Document], list[Fault]]:
        limits = catalogue_of(edition) if edition else Catalogue(options["edition"], {})
        known: set[str] = set()
        if edition:
            known.update(edition.entries.values_list("slug", flat=True))
            known.update(edition.sections.values_list("slug", flat=True))
        documents: list[Document] = []
        faults: list[Fault] = []
        for path in options["files"]:
            try:
                document = read_document(path, base=options["base"], known=known)
            except DocumentRefused as refused:
                faults += refused.faults
                continue
            documents.append(document)
            faults += _unfit(document, str(path), limits)
            if not options["force"] and (spoken := _other_language(document, options["lang"])):
                reason = f"this is {spoken}, not {ENGLISH_NAMES[options['lang']]}; use --force to import it anyway"
                faults.append(Fault(str(path), 1, reason))
        return documents, faults


def _check(edition: str, base: str) -> None:
    """Refuse what is wrong with the options themselves."""
    if not EDITION.fullmatch(edition) or len(edition) > 40:
        raise CommandError(f"{edition!r} is not a valid edition name: use one like 2016-12")
    if base and not _is_web_address(base):
        raise CommandError(f"--base {base!r} is not an https URL: use one like https://example.org/faq.md")


def _other_language(document: Document, language: str) -> str | None:
    """The name of the language of a document, where that is clearly another than the one it is said to be in."""
    texts = [document.introduction, *(section.introduction for section in document.sections)]
    written = "\n".join([*texts, *(f"{entry.question}\n{entry.answer}" for entry in document.entries)])
    spoken = language_of(written)
    if spoken is None:
        return foreign_language_of(written)
    return None if spoken == language else ENGLISH_NAMES[spoken]


def _unfit(document: Document, file: str, limits: Catalogue) -> list[Fault]:
    """What an entry or a section cannot hold: too long a text, a character that no page shows, a limit that the
    edition lacks.
    """
    found = []
    for section in document.sections:
        for name, text, most in (
            ("title", section.title, MAX_TITLE),
            ("introduction", section.introduction, MAX_ANSWER),
        ):
            if len(text) > most:
                reason = f"the {name} of a section has {len(text)} characters; at most {most}"
                found.append(Fault(file, section.line, reason))
    if len(document.introduction) > MAX_ANSWER:
        found.append(
            Fault(file, 1, f"the introduction has {len(document.introduction)} characters; at most {MAX_ANSWER}")
        )
    for entry in document.entries:
        for name, text, most in (("question", entry.question, MAX_QUESTION), ("answer", entry.answer, MAX_ANSWER)):
            if len(text) > most:
                found.append(Fault(entry.file, entry.line, f"the {name} has {len(text)} characters; at most {most}"))
            found += [Fault(entry.file, entry.line, fault) for fault in character_faults(name, text)]
        unknown = [key for key in limit_references(entry.answer) if key not in limits]
        found += [Fault(entry.file, entry.line, f"{{limit:{key}}} is no limit of this edition") for key in unknown]
    for section in document.sections:
        faults = character_faults("section", section.title)
        found += [Fault(file, section.line, fault) for fault in faults]
    return found


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and text == text.strip()
    except ValueError:
        return False
