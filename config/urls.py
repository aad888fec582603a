"""All addresses of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from advisor.help_links import help_link
from config.assistants_http import mcp
from config.reference import reference
from config.wellknown import health, security_txt
from faq import opensearch
from faq import views as faq

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health),
    path(".well-known/security.txt", security_txt),
    path("mcp", mcp),
    path("api/v1/", include("config.api")),
    path("help/<path:key>", help_link, name="help-link"),
    re_path(r"^opensearch/(?P<language>nl|en)\.xml$", opensearch.description, name="opensearch"),
    re_path(r"^opensearch/(?P<language>nl|en)/suggestions$", opensearch.suggestions, name="opensearch-suggestions"),
    path("e/<str:code>", faq.short, name="short"),
    path("", faq.to_language),
    re_path(r"^(?P<path>faq(?:/[a-z0-9-]*)?/?)$", faq.to_language),
    *i18n_patterns(
        path("", include("faq.urls")),
        path("", include("advisor.urls")),
        path("api/", reference, name="reference"),
    ),
    re_path(r"^(?P<code>(?!nl/|en/)[a-z]{2}(?:-[A-Za-z]{2,4})?)/(?P<path>.*)$", faq.unknown_language),
]

handler400 = "faq.views.bad_request"
handler404 = "faq.views.not_found"
handler500 = "config.errors.server_error"
