"""The one JSON API of the site, below /api/v1/."""

from django.urls import path

from advisor import api as advisor
from faq import api as faq

app_name = "api"

urlpatterns = [
    path("search", faq.search, name="search"),
    path("suggest", faq.suggestions, name="suggest"),
    path("advice", advisor.advice, name="advice"),
    path("limits", advisor.limits, name="limits"),
]
