"""How knowledge is put on a page: answers with their addresses, limits and dates in the reader's notation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from faq.knowledge.limits import Limit
from faq.knowledge.markdown import plain_text, with_links_in_new_windows, with_sites_in_new_windows
from faq.pages import entry_extras
from faq.pages.entry_urls import entry_path, framed_entry_path, page_path, short_address
from faq.pages.labels import (
    change_status,
    change_status_of_one,
    conflict_label,
    day,
    group_name,
    kind_of_question,
    language_name,
    limit_change_status,
    only_in_language,
    type_name,
)
from faq.pages.limit_facts import Beside
from faq.pages.limit_facts import beside as limits_beside
from faq.pages.result_rows import light_rows, result_rows
from faq.pages.safe_html import answer_on_page, as_json_ld, marked_html, options_html, rows_html
from faq.pages.shared_parts import shared_part
from faq.search.service import Result
from faq.store.entries import ShownEntry
from web.languages import DEFAULT_LANGUAGE, LANGUAGES

register = template.Library()
register.simple_tag(page_path)
register.simple_tag(options_html, name="options")
register.simple_tag(shared_part, takes_context=True)
register.filter("short_address", short_address)
register.filter("marked", marked_html)
register.filter("type_name", type_name)
register.filter("group_name", group_name)
register.filter("day", day)
register.filter("change_status", change_status)
register.filter("change_status_of_one", change_status_of_one)
register.filter("limit_change_status", limit_change_status)
register.filter("conflict_label", conflict_label)
register.filter("kind_of_question", kind_of_question)
register.filter("language_name", language_name)
register.filter("only_in_language", only_in_language)


@register.filter
def answer(entry: ShownEntry, edition_query: str = "") -> SafeString:
    """An entry's answer with its links leading to the pages of the entries, in the edition being read."""
    return _of_entry(entry, entry.html, lambda slug: reverse("faq:entry", args=[slug]) + edition_query)


@register.filter
def linked_answer(clean: str, edition: str) -> SafeString:
    """An answer as it was rendered, with its links leading to the pages of the entries in this edition."""
    url = f"?edition={edition}"
    about = f"{edition}: {_first_words(clean)}"
    return answer_on_page(clean, lambda slug: reverse("faq:entry", args=[slug]) + url, partial(_table_name, about))


@register.filter
def as_note(clean: str, edition_query: str = "") -> SafeString:
    """A note of the desk or an introduction, rendered as an answer is, with links to the pages of the entries."""
    named = partial(_table_name, _first_words(clean))
    return answer_on_page(clean, lambda slug: reverse("faq:entry", args=[slug]) + edition_query, named)


@register.filter
def answer_in_new_windows(entry: ShownEntry, edition_query: str = "") -> SafeString:
    """An entry's answer with links that each open a window of their own, for a page that must not be left."""
    shown = with_links_in_new_windows(entry.html)
    return _of_entry(entry, shown, lambda slug: reverse("faq:entry", args=[slug]) + edition_query)


@register.filter
def answer_in_frame(entry: ShownEntry, edition_query: str = "") -> SafeString:
    """An entry's answer with its links leading to the entries as a portal's frame shows them, and to sites in a window
    of their own.
    """
    language = get_language() or DEFAULT_LANGUAGE
    shown = with_sites_in_new_windows(entry.html)
    return _of_entry(entry, shown, lambda slug: reverse("embed-entry", args=[language, slug]) + edition_query)


def _of_entry(entry: ShownEntry, clean: str, url: Callable[[str], str]) -> SafeString:
    return answer_on_page(clean, url, partial(_table_name, entry.heading.question))


def _table_name(about: str, number: int) -> str:
    """What a table is called that stands in an answer or a note: two on a page are never called the same."""
    return _("Table %(number)s: %(about)s") % {"number": number, "about": about}


def _first_words(clean: str) -> str:
    return Truncator(plain_text(clean).partition("\n")[0]).chars(60)


@register.simple_tag(takes_context=True)
def rows_of_results(context: Context, results: Iterable[Result], level: int) -> SafeString:
    """The rows of a list of search results, with headings of this level."""
    return rows_html(result_rows(results, level, context["language"], context["edition_query"]))


@register.simple_tag(takes_context=True)
def light_rows_of_results(context: Context, results: Iterable[Result]) -> SafeString:
    """The rows of a list of search results that only touch on the subject."""
    return rows_html(light_rows(results, context["language"], context["edition_query"]))


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data for search engines."""
    return as_json_ld(data)


@register.inclusion_tag("components/_copy.html", takes_context=True)
def copy_entry(context: Context, entry: ShownEntry) -> dict[str, Any]:
    """Copying an answer: in one press, or by a menu in another form, in part, or in another language."""
    query, parameter, own = context["edition_query"], context["edition_parameter"], context["language"]

    def ends(language: str, part: str = "") -> tuple[str, str, str]:
        at = f"/{language}/faq/{entry.heading.slug}"
        in_part = f"?part={part}{parameter}" if part else query
        return f"{at}.txt{in_part}", f"{at}.html{in_part}", f"{at}.md{query}"

    partly = [(_("Short answer only"), ends(own, "short"))]
    partly += [(_("With its limits"), ends(own, "limits"))] if entry.limits else []
    return {"ways": copy_ways(_("Copy answer"), {code: ends(code) for code in LANGUAGES}, own, partly)}


def copy_ways(
    name: str,
    forms: Mapping[str, tuple[str, str, str]],
    own: str,
    partly: Iterable[tuple[str, tuple[str, str, str]]] = (),
) -> list[dict[str, str]]:
    """The ways to copy something, of which the first is called `name` and the others stand in a menu. `forms` has per
    language the addresses of text, HTML, and Markdown; `partly` the same of parts of it, each with what it is called.
    """
    text, markdown = forms[own][0], forms[own][2]
    ways = [_formatted(name, forms[own]), *(_formatted(part, addresses) for part, addresses in partly)]
    ways += [{"name": _("As plain text"), "kind": "text", "address": text}]
    ways += [{"name": _("As Markdown"), "kind": "markdown", "address": markdown}]
    others = ((code, addresses) for code, addresses in forms.items() if code != own)
    return ways + [
        _formatted(_("In %(language)s") % {"language": language_name(code)}, addresses) | {"language": code}
        for code, addresses in others
    ]


def _formatted(name: str, addresses: tuple[str, str, str]) -> dict[str, str]:
    """A way to copy formatted text, with plain text for where that is not taken."""
    return {"name": name, "kind": "html", "address": addresses[1], "plain": addresses[0]}


@register.simple_tag(takes_context=True)
def entry_url(context: Context, slug: str) -> str:
    """The address of an entry: its page, or, in a portal's frame, what the frame shows of it; in the edition read."""
    return entry_urls(context)(slug)


def entry_urls(context: Context) -> Callable[[str], str]:
    """The same for a page that names many: what gives the address of an entry, by its slug."""
    path = framed_entry_path if context.get("embedded") else entry_path
    language, suffix = context["language"], context["edition_query"]
    return lambda slug: path(slug, language) + suffix


@register.simple_tag(takes_context=True)
def check_url(context: Context, entry: ShownEntry) -> str:
    """Where a reader can try the limits of an entry with numbers of their own; empty where nothing offers that."""
    return entry_extras.check_url(entry.limits, context["chosen"])


@register.simple_tag(takes_context=True)
def answer_in_page(context: Context, entry: ShownEntry) -> SafeString:
    """An entry's answer with its links leading to the anchors of the same page, and to the pages of the entries that
    have none there.
    """
    anchors, url = context["anchors"], entry_urls(context)
    return _of_entry(entry, entry.html, lambda slug: f"#{slug}" if slug in anchors else url(slug))


@register.filter
def value(limit: Limit) -> str:
    """A limit's value in the reader's notation."""
    return limit.shown(get_language() or DEFAULT_LANGUAGE)


@register.filter
def beside(limits: Iterable[Limit]) -> Beside:
    """The limits that stand beside an answer, in the reader's language."""
    return limits_beside(limits, get_language() or DEFAULT_LANGUAGE)


@register.filter
def in_language(texts: dict[str, str]) -> str:
    """What a text given per language says in the reader's."""
    return texts[get_language() or DEFAULT_LANGUAGE]
