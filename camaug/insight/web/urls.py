from django.urls import path

from camaug.insight.web import (
    agencies,
    agency,
    field,
    province,
    report,
    report_cases,
    report_file,
    report_ratings,
    table,
)

app_name = "insight"

urlpatterns = [
    path("figures/", province.province, name="province"),
    path("figures/agencies/", agencies.agencies, name="agencies"),
    path("figures/agencies/<str:code>/", agency.agency, name="agency"),
    path("figures/fields/<slug:code>/", field.field, name="field"),
    path("figures/tables/<slug:name>.csv", table.table, name="table"),
    path("desk/reports/", report.report, name="report"),
    path("desk/reports/cases/", report_cases.report_cases, name="report_cases"),
    path("desk/reports/ratings/", report_ratings.report_ratings, name="report_ratings"),
    path("desk/reports/ratings/list/", report_ratings.report_ratings_list, name="report_ratings_list"),
    path("desk/reports/files/<slug:what>.<slug:ending>", report_file.report_file, name="report_file"),
]
