"""What changed last, as Atom feeds: of the whole FAQ, and of a section."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faq.knowledge.markdown import with_entry_urls
from faq.pages.context import chosen_edition, edition_query, language_of
from faq.pages.entry_urls import entry_address
from faq.pages.public_page import public_page
from faq.store.entries import changes, sections
from web.htmx import HtmxHttpRequest

MOST_CHANGES = 50


@require_safe
@public_page
def feed(request: HtmxHttpRequest, section: str = "") -> HttpResponse:
    """What changed last, as an Atom feed; of one section where asked. Its links stay in the edition that was chosen."""
    language, chosen = language_of(request), chosen_edition(request)
    edition, in_edition = chosen.edition, edition_query(chosen)
    known = {one.slug: one for one in sections(edition, language)}
    if section and section not in known:
        raise Http404(section)
    title = f"Gatewijzer: {known[section].title if section else _('changes')}"
    where = f"{settings.ORIGIN}/{language}/" + (f"sections/{section}/" if section else "") + in_edition
    made = Atom1Feed(
        title,
        where,
        _("Answers about Azure VPN gateways"),
        language=language,
        feed_url=settings.ORIGIN + request.path + in_edition,
    )
    for shown in changes(edition, language, section=section or None)[:MOST_CHANGES]:
        slug = shown.heading.slug
        content = with_entry_urls(shown.html, lambda other: entry_address(other, language) + in_edition)
        made.add_item(
            shown.heading.question,
            entry_address(slug, language) + in_edition,
            content,
            updateddate=shown.changed_at,
            unique_id=f"tag:gatewijzer,2026:{shown.edition}/{language}/{slug}",
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
