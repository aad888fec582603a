"""The advisor's addresses, below /nl/ and /en/."""

from django.urls import path

from advisor.pages import card, cases, help_links, in_editions, setups, views, wizard

app_name = "advisor"

urlpatterns = [
    path("advice/", views.form, name="form"),
    path("advice/card.png", card.card, name="card"),
    path("advice/steps/check/", wizard.check, name="check"),
    path("advice/steps/<slug:name>/", wizard.step, name="step"),
    path("advice/result/", views.result, name="result"),
    path("advice/editions/", in_editions.in_editions, name="in-editions"),
    path("advice/open/", setups.open_design, name="open"),
    path("advice/case/", cases.cases, name="cases"),
    path("advice/case/<str:code>/", cases.case, name="case"),
    path("advice/case/<str:code>/<slug:form>/", cases.download, name="case-download"),
    path("help/<str:key>/", help_links.help_page, name="help"),
    path("advice/result/<slug:form>/", views.download, name="download"),
]
