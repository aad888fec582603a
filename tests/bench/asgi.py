"""The site with an empty view beside it, to measure against."""

from django.conf import settings

from config.asgi import application

__all__ = ["application"]

settings.ROOT_URLCONF = "tests.bench.urls"
