"""The reasoning as a Django app."""

from django.apps import AppConfig


class AdvisorConfig(AppConfig):
    """A need in, an advice out. It keeps nothing in the database."""

    name = "advisor"
