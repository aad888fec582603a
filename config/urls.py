"""All addresses of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from advisor.pages import views as advisor
from advisor.pages.code_search import code_in_search
from advisor.pages.entry_check import check_url
from advisor.pages.help_links import help_link
from config.interfaces.api_reference import reference, reference_twin
from config.interfaces.mcp_http import mcp
from config.interfaces.oembed import oembed
from config.metrics import metrics
from config.readiness import PARTS, REQUIRED
from faq.formats import link_cards, llms, opensearch, robots, sitemaps
from faq.pages import framed as embed
from faq.pages import views as faq
from faq.pages.entry_extras import register_check
from faq.pages.saved_codes import register_codes
from web.converters import EntrySlug
from web.health import readiness
from web.languages import LANGUAGES
from web.own_look import own_look
from web.security_txt import security_txt

admin.autodiscover()  # here and not when Django starts: commands need no pages of the admin
register_check(check_url)
register_codes(code_in_search)

ANY_LANGUAGE = "|".join(LANGUAGES)

urlpatterns = [
    path("admin/", include("web.accounts.urls")),
    path("admin/", admin.site.urls),
    path("robots.txt", robots.robots),
    path("favicon.ico", link_cards.icon),
    path("sitemap.xml", sitemaps.sitemap),
    path("sitemap-pages.xml", sitemaps.sitemap_page, name="sitemap-page"),
    path("llms.txt", llms.llms),
    path("look/<slug:version>/<path:name>", own_look, name="own-look"),
    path("metrics", metrics),
    path("readyz", readiness, {"parts": PARTS, "required": REQUIRED}),
    path(".well-known/security.txt", security_txt),
    path("oembed", oembed, name="oembed"),
    path("mcp", mcp),
    path("mcp/", mcp),
    path("api/v1/", include("config.interfaces.api")),
    path("help/<path:key>", help_link, name="help-link"),
    re_path(r"^opensearch/(?P<language>[^/]*)\.xml$", opensearch.description, name="opensearch"),
    re_path(r"^opensearch/(?P<language>[^/]*)/suggestions$", opensearch.suggestions, name="opensearch-suggestions"),
    path("gateway-faq.js", embed.component, {"name": "gateway-faq.js"}),
    path("gateway-faq.mjs", embed.component, {"name": "gateway-faq.mjs"}),
    *[
        path(f"embed/{code}/", include(("advisor.urls", "advisor"), namespace=f"embed-{code}"), {})
        for code in LANGUAGES
    ],
    re_path(rf"^embed/(?P<language>{ANY_LANGUAGE})/search/?$", embed.search, name="embed-search"),
    re_path(rf"^embed/(?P<language>{ANY_LANGUAGE})/advice$", advisor.embedded, name="embed-advice"),
    re_path(rf"^embed/(?P<language>{ANY_LANGUAGE})/(?P<slug>{EntrySlug.regex})/?\Z", embed.answer, name="embed-entry"),
    re_path(r"^embed/(?P<language>[^/]*)(?:/.*)?$", embed.unknown),
    path("e/<shortcode:code>", faq.short, name="short"),
    path("", faq.to_language),
    re_path(r"^(?P<path>faq(?:/[a-z0-9-]*)?/?)$", faq.to_language),
    *i18n_patterns(
        path("", include("faq.urls")),
        path("", include("advisor.urls")),
        path("api/", reference, name="reference"),
        path("api.md", reference_twin, name="reference-twin"),
    ),
    re_path(rf"^(?P<code>(?!(?:{ANY_LANGUAGE})/)[a-z]{{2}}(?:-[A-Za-z]{{2,4}})?)/(?P<path>.*)$", faq.unknown_language),
]

handler400 = "faq.pages.views.bad_request"
handler404 = "faq.pages.views.not_found"
handler500 = "web.errors.server_error"
