"""The FAQ's addresses, below /nl/ and /en/."""

from django.urls import path, re_path

from faq.formats import views as machine_views
from faq.pages import desk as desk_views
from faq.pages import views

app_name = "faq"

urlpatterns = [
    path("", views.home, name="home"),
    re_path(r"^(?P<name>index|faq|limits|editions|about)\.md$", machine_views.page_twin, name="page-twin"),
    path("search.md", machine_views.search_twin, name="search-twin"),
    path("card.png", machine_views.card, name="card"),
    path("changes.atom", machine_views.feed, name="feed"),
    re_path(r"^faq/(?P<slug>[^/]+)\.(?P<form>md|txt|html)$", machine_views.entry_twin, name="twin"),
    path("faq/<str:slug>/card.png", machine_views.card, name="entry-card"),
    path("sections/<str:slug>.md", machine_views.section_twin, name="section-twin"),
    path("sections/<str:section>/changes.atom", machine_views.feed, name="section-feed"),
    path("faq/", views.whole, name="whole"),
    path("faq/<str:slug>/", views.entry, name="entry"),
    path("faq/<str:slug>/feedback/", desk_views.feedback, name="feedback"),
    path("sections/<str:slug>/", views.section, name="section"),
    path("search/", views.search, name="search"),
    path("search/text/", desk_views.text, name="text"),
    path("search/asked/", views.count_search, name="asked"),
    path("editions/", views.editions, name="editions"),
    path("limits/", views.limits, name="limits"),
    path("about/", views.about, name="about"),
]
