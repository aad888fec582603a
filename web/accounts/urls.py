"""The addresses of signing in. They stand before those of the admin, whose own page to sign in asks for less."""

from django.contrib import admin
from django.urls import path

from web.accounts.factor_pages import factor_page, set_up_page
from web.accounts.provider_pages import begin, callback
from web.accounts.sign_in_pages import PasswordPage, code_page

urlpatterns = [
    path("login/", PasswordPage.as_view()),
    path("login/code/", code_page, name="sign-in-code"),
    path("login/provider/", begin, name="sign-in-provider"),
    path("login/provider/callback/", callback, name="sign-in-callback"),
    path("second-factor/", admin.site.admin_view(factor_page), name="second-factor"),
    path("second-factor/set-up/", set_up_page, name="second-factor-set-up"),
]
