"""What programs read beside the pages: twins, the sitemap, robots.txt, llms.txt, feeds of changes, and cards."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faq.formats import markdown_pages as twins
from faq.formats.link_cards import advice_card, entry_card, site_card, site_icon
from faq.knowledge.markdown import with_entry_urls
from faq.pages.context import chosen_edition, edition_query, language_of, page_context
from faq.pages.entry_urls import entry_address
from faq.pages.forms import typed_search
from faq.pages.public_page import public_page
from faq.pages.safe_html import answer_html
from faq.store.editions import catalogue_of, default_edition, known_editions
from faq.store.entries import changes, find_entry, headings, sections, shown_entries
from web.htmx import HtmxHttpRequest
from web.languages import DEFAULT_LANGUAGE, LANGUAGES, in_order

KINDS = {"md": "text/markdown", "txt": "text/plain", "html": "text/html"}

MOST_CHANGES = 50


@require_safe
@public_page
def entry_twin(request: HtmxHttpRequest, slug: str, form: str) -> HttpResponse:
    """An entry as Markdown, as text, or as a piece of HTML to paste."""
    shown = find_entry(chosen_edition(request).edition, slug, language_of(request))
    if shown is None or form not in KINDS:
        raise Http404(slug)
    link = {"Link": f'<{entry_address(slug, language_of(request))}>; rel="canonical"'}
    if form == "html":
        language = shown.heading.language
        html = answer_html(shown.html, lambda other: entry_address(other, language))
        context = {"entry": shown, "html": html, "link": twins.permanent_link(shown)}
        return TemplateResponse(request, "faq/formats/fragment.html", context, headers=link)
    written = twins.entry_markdown(shown) if form == "md" else twins.entry_text(shown)
    return HttpResponse(written, content_type=f"{KINDS[form]}; charset=utf-8", headers=link)


@require_safe
@public_page
def section_twin(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """A section with its answers, as Markdown."""
    chosen, language = chosen_edition(request), language_of(request)
    section = next((one for one in sections(chosen.edition, language) if one.slug == slug), None)
    if section is None:
        raise Http404(slug)
    entries = [shown for shown in shown_entries(chosen.edition, language) if shown.heading.section == slug]
    return _markdown(request, twins.section_markdown(section, entries))


@require_safe
@public_page
def page_twin(request: HtmxHttpRequest, name: str) -> HttpResponse:
    """One of the other pages as Markdown."""
    chosen, language = chosen_edition(request), language_of(request)
    edition = chosen.edition
    if name == "faq":
        entries = shown_entries(edition, language)
        parts = [(one, [e for e in entries if e.heading.section == one.slug]) for one in sections(edition, language)]
        return _markdown(request, twins.whole_markdown(parts, edition))
    if name == "index":
        listed = headings(edition, language)
        questions = [(one, [h for h in listed if h.section == one.slug]) for one in sections(edition, language)]
        return _markdown(request, twins.home_markdown(questions, edition, language, edition_query(chosen)))
    if name == "limits":
        return _markdown(request, twins.limits_markdown(catalogue_of(edition), edition, language))
    if name == "editions":
        known = [(one, catalogue_of(one)) for one in known_editions()]
        return _markdown(request, twins.editions_markdown(known, language))
    return _markdown(request, render_to_string("faq/formats/about.md"))


@require_safe
@public_page
def search_twin(request: HtmxHttpRequest) -> HttpResponse:
    """What a search finds, as Markdown."""
    chosen, typed = chosen_edition(request), typed_search(request.GET)
    results = typed.results(language_of(request), chosen.edition)
    written = twins.search_markdown(typed.text, results, edition_query(chosen))
    response = HttpResponse(written, content_type="text/markdown; charset=utf-8", headers={"X-Robots-Tag": "noindex"})
    if results.from_database:
        response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@public_page
def sitemap(request: HtmxHttpRequest) -> HttpResponse:
    """Every public page of the default edition in each language, with where it is in the other."""
    edition = default_edition()
    changed = {shown.heading.slug: shown.changed_at for shown in shown_entries(edition, DEFAULT_LANGUAGE)}
    paths = ["", "faq/", "limits/", "editions/", "about/", "advice/", "api/"]
    paths += [f"sections/{section.slug}/" for section in sections(edition, DEFAULT_LANGUAGE)]
    pages = [(path, None) for path in paths] + [(f"faq/{slug}/", when) for slug, when in changed.items()]
    context = {
        "pages": pages,
        "languages": LANGUAGES,
        "default_language": DEFAULT_LANGUAGE,
        "origin": settings.ORIGIN,
    }
    return TemplateResponse(request, "faq/formats/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
@public_page
def robots(request: HtmxHttpRequest) -> HttpResponse:
    """What crawlers are asked to leave alone: the admin, and advice on somebody's network."""
    kept_out = [
        "/admin/",
        *(f"/{language}/advice/{path}/" for language in LANGUAGES for path in ("result", "case", "steps")),
    ]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in kept_out),
        "",
        f"Sitemap: {settings.ORIGIN}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def llms(request: HtmxHttpRequest) -> HttpResponse:
    """llms.txt: what a language model may read here, and in which form."""
    edition = default_edition()
    listed = [(language, headings(edition, language), sections(edition, language)) for language in in_order("en")]
    context = {"listed": listed, "edition": edition, "origin": settings.ORIGIN}
    return TemplateResponse(request, "faq/formats/llms.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def feed(request: HtmxHttpRequest, section: str = "") -> HttpResponse:
    """What changed last, as an Atom feed; of one section where asked."""
    language, edition = language_of(request), chosen_edition(request).edition
    known = {one.slug: one for one in sections(edition, language)}
    if section and section not in known:
        raise Http404(section)
    title = f"Gatewijzer: {known[section].title if section else _('changes')}"
    where = f"{settings.ORIGIN}/{language}/" + (f"sections/{section}/" if section else "")
    made = Atom1Feed(
        title, where, _("Answers about Azure VPN gateways"), language=language, feed_url=settings.ORIGIN + request.path
    )
    for shown in changes(edition, language, section=section or None)[:MOST_CHANGES]:
        slug = shown.heading.slug
        content = with_entry_urls(shown.html, lambda other: entry_address(other, language))
        made.add_item(
            shown.heading.question,
            entry_address(slug, language),
            content,
            updateddate=shown.changed_at,
            unique_id=f"tag:gatewijzer,2026:{shown.edition}/{language}/{slug}",
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
@public_page
def card(request: HtmxHttpRequest, slug: str = "") -> HttpResponse:
    """The picture that a link to an entry, or to the site, is shown with."""
    if not slug:
        return HttpResponse(site_card(_("Azure VPN gateways: answers and advice")), content_type="image/png")
    shown = find_entry(chosen_edition(request).edition, slug, language_of(request))
    if shown is None:
        raise Http404(slug)
    edition = _("Edition %(code)s") % {"code": shown.edition}
    drawn = entry_card(shown.heading.question, shown.section_title, edition)
    return HttpResponse(drawn, content_type="image/png")


@require_safe
@public_page
def icon(request: HtmxHttpRequest) -> HttpResponse:
    """The mark of the site at the address where browsers look for one."""
    return HttpResponse(site_icon(), content_type="image/x-icon")


@require_safe
@public_page
def card_of_advice(request: HtmxHttpRequest) -> HttpResponse:
    """The one picture for every advice in a language: it tells nothing of anybody's answers."""
    return HttpResponse(advice_card(_("Advice for your own network")), content_type="image/png")


def _markdown(request: HtmxHttpRequest, written: str) -> HttpResponse:
    page = page_context(request)["canonical"].replace(".md", "/").replace("/index/", "/")
    link = {"Link": f'<{page}>; rel="canonical"'}
    return HttpResponse(written, content_type="text/markdown; charset=utf-8", headers=link)
