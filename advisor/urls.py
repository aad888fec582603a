"""The advisor's addresses, below /nl/ and /en/."""

from django.urls import path

from advisor import views

app_name = "advisor"

urlpatterns = [path("advice/", views.form, name="form")]
