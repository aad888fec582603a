"""The site's addresses, and one that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler404, handler500
from config.urls import urlpatterns as site_patterns

__all__ = ["handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """The least a Django view can do."""
    return HttpResponse("ok")


urlpatterns = [path("empty", empty), *site_patterns]
