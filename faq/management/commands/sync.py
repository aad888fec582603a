"""`manage.py sync`: content files to the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from faq.knowledge.content_files import ContentFault, ContentRefused, edition_folders, read_edition
from faq.management.report import outcomes_json, refuse, tell
from faq.search.loading import sync_terms
from faq.search.terms import SHIPPED, Term, TermsRefused, read_terms
from faq.store.loading import Outcome, sync_edition


class Command(BaseCommand):
    """Loads every edition's folder, each wholly or not at all."""

    help = "Load the content files into the database. An editor's change is reported as a conflict, not overwritten."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- it reports the content's faults itself

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, and how careful."""
        parser.add_argument(
            "--content", type=Path, default=settings.CONTENT_DIR, help="the folder with a subfolder for each edition"
        )
        parser.add_argument(
            "--terms", type=Path, default=SHIPPED, help="the file with the words and abbreviations of search"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="also overwrite what was changed, withdrawn, or deleted here"
        )
        parser.add_argument("--dry-run", action="store_true", help="only print what would happen")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every folder before anything is written, so that a fault anywhere changes nothing."""
        folders = edition_folders(options["content"])
        if not folders:
            raise CommandError(f"no edition in {options['content']}: a folder with an edition.toml is one")
        editions, faults = [], []
        terms: tuple[Term, ...] = ()
        try:
            terms = read_terms(options["terms"].read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, TermsRefused) as refused:
            faults.append(ContentFault(str(options["terms"]), str(refused)))
        for folder in folders:
            try:
                editions.append(read_edition(folder))
            except ContentRefused as refused:
                faults += refused.faults
        if faults:
            refuse(self.stdout, faults, as_json=options["json"])
        outcomes: dict[str, list[Outcome]] = {}
        for edition in editions:
            done = sync_edition(edition, overwrite=options["overwrite"], dry_run=options["dry_run"])
            outcomes[edition.code] = done
            if not options["json"]:
                tell(
                    self.stdout,
                    f"edition {edition.code}",
                    done,
                    dry_run=options["dry_run"],
                    verbosity=options["verbosity"],
                )
        done = sync_terms(terms, overwrite=options["overwrite"], dry_run=options["dry_run"])
        if options["json"]:
            self.stdout.write(outcomes_json(outcomes))
        else:
            tell(self.stdout, "terms of search", done, dry_run=options["dry_run"], verbosity=options["verbosity"])
