"""The FAQ's addresses, below /nl/ and /en/."""

from django.urls import path, re_path

from faq.formats import feeds, link_cards, markdown_views
from faq.pages import desk as desk_views
from faq.pages import edition_changes, tickets, views
from faq.pages.accessibility import accessibility
from faq.pages.limits_page import limits
from faq.pages.search_quality import search_quality
from faq.pages.whole import whole

app_name = "faq"

urlpatterns = [
    path("", views.home, name="home"),
    re_path(r"^(?P<name>index|faq|limits|editions|about)\.md$", markdown_views.page_twin, name="page-twin"),
    path("search.md", markdown_views.search_twin, name="search-twin"),
    path("card.png", link_cards.card, name="card"),
    path("changes.atom", feeds.feed, name="feed"),
    path("faq/<entryslug:slug>.<slug:form>", markdown_views.entry_twin, name="twin"),
    path("faq/<entryslug:slug>/card.png", link_cards.card, name="entry-card"),
    path("sections/<entryslug:slug>.md", markdown_views.section_twin, name="section-twin"),
    path("sections/<entryslug:section>/changes.atom", feeds.feed, name="section-feed"),
    path("faq/", whole, name="whole"),
    path("faq/<entryslug:slug>/", views.entry, name="entry"),
    path("faq/<entryslug:slug>/changes/", edition_changes.entry_changes, name="entry-changes"),
    path("faq/<entryslug:slug>/feedback/", desk_views.feedback, name="feedback"),
    path("sections/<entryslug:slug>/", views.section, name="section"),
    path("search/", views.search, name="search"),
    path("search/text/", tickets.text, name="text"),
    path("search/text/reply/", tickets.reply, name="reply"),
    path("search/ask/", desk_views.ask, name="ask"),
    path("search/asked/", views.count_search, name="asked"),
    path("editions/", views.editions, name="editions"),
    path("limits/", limits, name="limits"),
    path("changes/", edition_changes.changes, name="changes"),
    path("search-quality/", search_quality, name="search-quality"),
    path("about/", views.about, name="about"),
    path("accessibility/", accessibility, name="accessibility"),
]
