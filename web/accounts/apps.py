"""The accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Second factors, and the identities that accounts have at the provider of an organization."""

    name = "web.accounts"
    default_auto_field = "django.db.models.BigAutoField"
