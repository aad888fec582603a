"""The advisor's addresses, below /nl/ and /en/."""

from django.urls import path

from advisor import views, wizard

app_name = "advisor"

urlpatterns = [
    path("advice/", views.form, name="form"),
    path("advice/steps/check/", wizard.check, name="check"),
    path("advice/steps/<slug:name>/", wizard.step, name="step"),
    path("advice/result/", views.result, name="result"),
    path("advice/result/<slug:form>/", views.download, name="download"),
]
