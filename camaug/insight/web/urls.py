from django.urls import path

from camaug.insight.web import agencies, agency, field, province, table

app_name = "insight"

urlpatterns = [
    path("figures/", province.province, name="province"),
    path("figures/agencies/", agencies.agencies, name="agencies"),
    path("figures/agencies/<str:code>/", agency.agency, name="agency"),
    path("figures/fields/<slug:code>/", field.field, name="field"),
    path("figures/tables/<slug:name>.csv", table.table, name="table"),
]
