"""`manage.py search`: ask the FAQ from the command line."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import override

from faq.models import Edition
from faq.search.indexer import build_index, is_ready
from faq.search.query_text import query_text
from faq.search.service import Result, SearchResults, find
from faq.store.editions import default_edition
from web.languages import DEFAULT_LANGUAGE, LANGUAGES


class Command(BaseCommand):
    """Searches as the site does, and prints the entries, best first."""

    help = "Search the FAQ."

    def add_arguments(self, parser: CommandParser) -> None:
        """The question, and how to answer."""
        parser.add_argument("query", nargs="+", metavar="QUERY")
        parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE, help="the reader's language")
        parser.add_argument("--edition", help="the edition; the site's default where not given")
        parser.add_argument("--limit", type=int, default=10, help="entries shown per language")
        parser.add_argument("--json", action="store_true", help="as the API answers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search. An index that is not there or too old is built first: a thread apart would end with the command."""
        from faq.api.router import as_json

        code = options["edition"]
        edition = Edition.objects.filter(code=code).first() if code else default_edition()
        if edition is None:
            known = ", ".join(Edition.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"there is no edition {code!r}; there is: {known}")
        if not is_ready():
            build_index()
        query = query_text(" ".join(options["query"]))
        found = find(query, options["lang"], edition, limit=max(1, options["limit"]))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(query, options["lang"], edition, found), ensure_ascii=False, indent=1))
        else:
            self._tell(found)

    def _tell(self, found: SearchResults) -> None:
        if found.corrected:
            self.stdout.write(f"searched for: {found.corrected}")
        for place, result in enumerate(found.results, 1):
            self._show(f"{place:2}", result)
        if found.elsewhere:
            self.stdout.write("in other languages:")
        for result in found.elsewhere:
            self._show(" -", result)
        self.stdout.write(f"{found.total} found")

    def _show(self, sign: str, result: Result) -> None:
        with override(result.language):
            address = settings.ORIGIN + reverse("faq:entry", args=[result.slug])
        self.stdout.write(f"{sign}  {result.plain_question}\n      {address}")
