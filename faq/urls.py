"""The FAQ's addresses, below /nl/ and /en/."""

from django.urls import path

from faq import desk_views, views

app_name = "faq"

urlpatterns = [
    path("", views.home, name="home"),
    path("faq/", views.whole, name="whole"),
    path("faq/<str:slug>/", views.entry, name="entry"),
    path("faq/<str:slug>/feedback/", desk_views.feedback, name="feedback"),
    path("sections/<str:slug>/", views.section, name="section"),
    path("search/", views.search, name="search"),
    path("search/text/", desk_views.text, name="text"),
    path("search/asked/", views.asked, name="asked"),
    path("editions/", views.editions, name="editions"),
    path("limits/", views.limits, name="limits"),
    path("about/", views.about, name="about"),
]
