"""What changed last, as Atom feeds: of the whole FAQ, and of a section. An item says what changed of an entry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from babel.lists import format_list
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faq.pages.context import chosen_edition, edition_query, language_of
from faq.pages.entry_urls import entry_address
from faq.pages.labels import change_status_of_one
from faq.pages.public_page import public_page
from faq.store.edition_changes import ChangedEntry, changes_of, edition_before
from faq.store.entries import ShownEntry, newest_changes, sections
from faq.store.what_changed import Change, last_changes
from web.characters import holdable
from web.htmx import HtmxHttpRequest
from web.own_look import LOGO, icon, own_file, site_name

MOST_CHANGES = 50


class OwnFeed(Atom1Feed):
    """An Atom feed with the icon and the logo of the site, where it has its own."""

    def add_root_elements(self, handler: Any) -> None:
        """Put them among what the whole feed has."""
        super().add_root_elements(handler)
        for name, file in (("icon", icon()), ("logo", own_file(LOGO))):
            if file is not None:
                handler.addQuickElement(name, settings.ORIGIN + file.url)


@require_safe
@public_page
def feed(request: HtmxHttpRequest, section: str = "") -> HttpResponse:
    """What changed last, as an Atom feed; of one section where asked. Its links stay in the edition that was chosen."""
    language, chosen = language_of(request), chosen_edition(request)
    edition, in_edition = chosen.edition, edition_query(chosen)
    known = {one.slug: one for one in sections(edition, language)}
    if section and section not in known:
        raise Http404(section)
    title = holdable(f"{site_name()}: " + (known[section].title if section else _("changes")))
    where = f"{settings.ORIGIN}/{language}/" + (f"sections/{section}/" if section else "") + in_edition
    made = OwnFeed(
        title,
        where,
        _("Answers about Azure VPN gateways"),
        language=language,
        author_name=site_name(),
        feed_url=settings.ORIGIN + request.path + in_edition,
    )
    shown = newest_changes(edition, language, MOST_CHANGES, section=section or None)
    told = last_changes(edition, [one.heading.slug for one in shown], language)
    dated = [(_when(one, told.get(one.heading.slug)), one.heading) for one in shown]
    newest = sorted(dated, key=lambda one: (one[0], one[1].slug), reverse=True)[:MOST_CHANGES]
    before = edition_before(edition)
    became = changes_of([heading for _, heading in newest], before, edition, language) if before else {}
    for when, heading in newest:
        made.add_item(
            holdable(heading.question),
            entry_address(heading.slug, language) + in_edition,
            holdable(_said(told.get(heading.slug), language, became.get(heading.slug))),
            updateddate=when,
            unique_id=f"tag:{urlsplit(settings.ORIGIN).hostname},2026:{edition.code}/{language}/{heading.slug}",
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _when(shown: ShownEntry, change: Change | None) -> datetime:
    """When an entry last changed: its text, or its limits or sources after that."""
    text = shown.changed_at or datetime.min.replace(tzinfo=UTC)
    return max(text, change.when) if change is not None and not change.is_new else text


def _said(change: Change | None, language: str, became: ChangedEntry | None) -> str:
    """What changed, in a line: since it was published, else since the edition before."""
    if change is None or change.is_new:
        if became is None or became.status == "new":
            return _("New question.")
        return f"{change_status_of_one(became.status)} {became.text}".strip()
    names = {"question": _("question"), "answer": _("answer"), "limits": _("limits"), "sources": _("sources")}
    return _("Changed: %(parts)s.") % {"parts": format_list([names[part] for part in change.parts], locale=language)}
