from django.urls import include, path

from camaug.people.web.admin import (
    agencies,
    agency,
    agency_forms,
    import_run,
    imports,
    officer_forms,
    officers,
    role_book,
    tables,
)
from camaug.people.web.desk import delegations, rights

app_name = "people"
AGENCY, OFFICER = "agencies/<uuid:agency_id>", "officers/<uuid:officer_id>"
POSITION = f"{OFFICER}/positions/<uuid:position_id>"

administration = [
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/founding/", agency_forms.founding, name="founding"),
    path(f"{AGENCY}/", agency.agency, name="agency"),
    path(f"{AGENCY}/renaming/", agency_forms.renaming, name="renaming"),
    path(f"{AGENCY}/move/", agency_forms.move, name="move"),
    path(f"{AGENCY}/facts/", agency_forms.facts, name="facts"),
    path(f"{AGENCY}/closing/", agency_forms.closing, name="closing"),
    path("officers/", officers.officers, name="officers"),
    path("officers/engagement/", officer_forms.engagement, name="engagement"),
    path(f"{OFFICER}/", officers.officer, name="officer"),
    path(f"{OFFICER}/correction/", officer_forms.correction, name="correction"),
    path(f"{OFFICER}/identity/", officer_forms.identity, name="identity"),
    path(f"{OFFICER}/appointment/", officer_forms.appointment, name="appointment"),
    path(f"{OFFICER}/departure/", officer_forms.departure, name="departure"),
    path(f"{POSITION}/roles/", officer_forms.roles, name="position_roles"),
    path(f"{POSITION}/ending/", officer_forms.ending, name="ending"),
    path(f"{POSITION}/absence/", officer_forms.absence, name="absence"),
    path(f"{OFFICER}/absences/<uuid:absence_id>/return/", officer_forms.return_early, name="return"),
    path("roles/", officers.roles, name="roles"),
    path("roles/who/", role_book.able, name="able"),
    path("roles/<slug:role>/", role_book.role, name="role"),
    path("roles/<slug:role>/<str:permission>/", role_book.role_grant, name="role_grant"),
    path(f"{POSITION}/entrusting/", officer_forms.entrusting, name="entrusting"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:run_id>/", import_run.import_run, name="import"),
    path("imports/<uuid:run_id>/confirmation/", import_run.confirmation, name="confirmation"),
    path("imports/templates/<slug:kind>/<slug:ending>/", tables.template, name="template"),
    path("exports/<slug:kind>/<slug:ending>/", tables.export, name="export"),
]
urlpatterns = [
    path("desk/administration/", include(administration)),
    path("desk/officers/<uuid:officer_id>/rights/", rights.rights, name="rights"),
    path("desk/delegations/", delegations.delegations, name="delegations"),
    path("desk/delegations/<uuid:term_id>/ending/", delegations.term_ending, name="term_ending"),
]
