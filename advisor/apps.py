"""The reasoning as a Django app."""

from django.apps import AppConfig


class AdvisorConfig(AppConfig):
    """A need in, an advice out. It keeps only the designs that somebody asked it to keep."""

    name = "advisor"
