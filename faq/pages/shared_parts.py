"""Parts of a page that are alike on many pages: rendered once, and kept until the content changes."""

from __future__ import annotations

from django.template import Context
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.translation import get_language

from faq.store.content_version import kept
from web.languages import LANGUAGES


def shared_part(context: Context, name: str) -> str:
    """A part of a page, from the template of this name; it is safe, as what templates render is.

    The template is given nothing but what the part is kept under: `here` (the name of the view), `edition` (None on a
    page of no edition), and `edition_query`; and what is alike on all pages: `languages`, `editions`, and
    `advising_editions`.
    """
    match, chosen = getattr(context.get("request"), "resolver_match", None), context.get("chosen")
    here, edition = match.view_name if match else "", chosen.edition if chosen else None
    in_edition = context.get("edition_query", "")
    key = (name, get_language(), get_script_prefix(), here, edition.code if edition else None, in_edition)
    known = _rendered()
    if key not in known:
        told = {"here": here, "edition": edition, "edition_query": in_edition, "languages": LANGUAGES}
        told |= {alike: context.get(alike) for alike in ("editions", "advising_editions")}
        known[key] = get_template(name).render(told)
    return known[key]


@kept
def _rendered() -> dict[tuple[object, ...], str]:
    """What was rendered of the present content, by what it is kept under: it grows as parts are asked for."""
    return {}
