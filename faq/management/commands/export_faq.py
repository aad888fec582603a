"""`manage.py export_faq`: an edition as a document or as content files, or the terms of search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli_w
from django.core.management.base import BaseCommand, CommandError, CommandParser

from faq.documents import write_markdown, write_yaml
from faq.knowledge.content_files import edition_to_toml, entry_to_toml
from faq.models import Edition
from faq.search.terms import terms_to_toml
from faq.store.exporting import as_content, as_document
from web.languages import DEFAULT_LANGUAGE, LANGUAGES


class Command(BaseCommand):
    """Writes what readers see of an edition: Markdown or YAML in one language, or its folder of content files."""

    requires_system_checks = ()  # it uses the database only
    help = "Export an edition: as a Markdown or YAML document in one language, or as content files."

    def add_arguments(self, parser: CommandParser) -> None:
        """What, in which form, and where to."""
        parser.add_argument("--edition", help="the edition; by default, the site's default edition")
        parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE, help="the language of the document")
        parser.add_argument("--format", choices=("markdown", "yaml", "content"), default="markdown")
        parser.add_argument(
            "--terms", action="store_true", help="export the search terms as TOML instead of an edition"
        )
        parser.add_argument(
            "--output", default="-", help="a file, or a folder for content files; - for standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        from faq.search.loading import terms
        from faq.store.editions import default_edition

        if options["terms"]:
            self._write(terms_to_toml(terms()), options["output"])
            return
        try:
            edition = Edition.objects.get(code=options["edition"]) if options["edition"] else default_edition()
        except Edition.DoesNotExist:
            known = ", ".join(Edition.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"unknown edition {options['edition']!r}; available: {known}") from None
        if options["format"] == "content":
            if options["output"] == "-":
                raise CommandError("content files need a folder: --output FOLDER")
            count = _write_content(edition, Path(options["output"]))
            self.stderr.write(f"{count} entries written to {Path(options['output']) / edition.code}")
            return
        document = as_document(edition, options["lang"])
        text = write_yaml(document) if options["format"] == "yaml" else write_markdown(document)
        self._write(text, options["output"])

    def _write(self, text: str, output: str) -> None:
        if output == "-":
            self.stdout.write(text, ending="")
            return
        Path(output).write_text(text, encoding="utf-8")
        self.stderr.write(f"written to {output}")


def _write_content(edition: Edition, target: Path) -> int:
    content = as_content(edition)
    folder = target / edition.code
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "edition.toml").write_text(edition_to_toml(content), encoding="utf-8")
    (folder / "limits.toml").write_text(tomli_w.dumps(content.limits), encoding="utf-8")
    if content.changes:
        (folder / "changes.toml").write_text(tomli_w.dumps(content.changes), encoding="utf-8")
    for entry in content.entries:
        path = folder / entry.section / f"{entry.slug}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(entry_to_toml(entry), encoding="utf-8")
    return len(content.entries)
