"""`manage.py search`: ask the FAQ from the command line."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import override

from faq.pages.context import edition_query
from faq.search.indexer import ensure_index
from faq.search.query_text import query_text
from faq.search.service import Result, SearchResults, find
from faq.store.editions import edition_codes, find_edition
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

NOTHING_FOUND = 1
"""The exit status where no entry is found, as that of grep."""


class Command(BaseCommand):
    """Searches as the site does, and prints the entries, best first."""

    requires_system_checks = ()  # it uses the database only
    help = "Search the FAQ. The exit status is 1 if nothing is found."

    def add_arguments(self, parser: CommandParser) -> None:
        """The question, and how to answer."""
        parser.add_argument("query", nargs="+", metavar="QUERY")
        parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE, help="the reader's language")
        parser.add_argument("--edition", help="the edition; by default, the site's default edition")
        parser.add_argument("--limit", type=int, default=10, help="maximum number of entries per language")
        parser.add_argument("--json", action="store_true", help="output as the API does")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search. An index that is not there or too old is built first: a thread apart would end with the command."""
        from faq.api.as_json import search_as_json

        chosen = find_edition(options["edition"] or "")
        if chosen.unknown is not None:
            raise CommandError(f"unknown edition {chosen.unknown!r}; available: {', '.join(edition_codes())}")
        ensure_index()
        query = query_text(" ".join(options["query"]))
        results = find(query, options["lang"], chosen.edition, limit=max(1, options["limit"]))
        if options["json"]:
            written = search_as_json(query, options["lang"], chosen.edition, results)
            self.stdout.write(json.dumps(written, ensure_ascii=False, indent=1))
        else:
            self._tell(results, edition_query(chosen))
        if not results.results and not results.elsewhere:
            sys.exit(NOTHING_FOUND)

    def _tell(self, results: SearchResults, query: str) -> None:
        if results.corrected:
            self.stdout.write(f"searched for: {results.corrected}")
        for place, result in enumerate(results.results, 1):
            self._show(f"{place:2}", result, query)
        if results.elsewhere:
            self.stdout.write("in other languages:")
        for result in results.elsewhere:
            self._show(" -", result, query)
        self.stdout.write(f"{results.total} found")

    def _show(self, sign: str, result: Result, query: str) -> None:
        with override(result.language):
            address = settings.ORIGIN + reverse("faq:entry", args=[result.slug]) + query
        self.stdout.write(f"{sign}  {result.plain_question}\n      {address}")
