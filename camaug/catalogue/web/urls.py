from django.urls import include, path

from camaug.catalogue.web import places
from camaug.catalogue.web.admin import draft, form, place, previews, procedure, procedures, scenarios, steps
from camaug.catalogue.web.portal import agencies, agency, field, guide, life_event, schema
from camaug.catalogue.web.portal import procedure as leaflet

app_name = "catalogue"
VERSION = "<slug:code>/versions/<int:number>"
DRAFT = "<slug:code>/draft"

administration = [
    path("", procedures.procedures, name="edited_procedures"),
    path("beginning/", procedures.beginning, name="beginning"),
    path("file/", procedures.file, name="procedure_file"),
    path("<slug:code>/", procedure.edited_procedure, name="edited_procedure"),
    path("<slug:code>/comparison/", procedure.comparison, name="comparison"),
    path(f"{VERSION}/copying/", procedure.copying, name="copying"),
    path(f"{VERSION}/withdrawal/", procedure.withdrawal, name="version_withdrawal"),
    path(f"{VERSION}/file/", procedure.version_file, name="version_file"),
    path(f"{DRAFT}/", draft.draft, name="draft"),
    path(f"{DRAFT}/at/<path:place>/", place.draft_place, name="draft_place"),
    path(f"{DRAFT}/order/", place.draft_order, name="draft_order"),
    path(f"{DRAFT}/form/", form.draft_form, name="draft_form"),
    path(f"{DRAFT}/form/parts/", form.draft_form_part, name="draft_form_part"),
    path(f"{DRAFT}/process/", steps.draft_process, name="draft_process"),
    path(f"{DRAFT}/process/steps/", steps.draft_step, name="draft_step"),
    path(f"{DRAFT}/leaflet/", previews.leaflet_preview, name="leaflet_preview"),
    path(f"{DRAFT}/trial/", previews.trial, name="trial"),
    path(f"{DRAFT}/counter/", previews.counter_preview, name="counter_preview"),
    path(f"{DRAFT}/scenarios/", scenarios.draft_scenarios, name="draft_scenarios"),
    path(f"{DRAFT}/scheduling/", draft.scheduling, name="scheduling"),
    path(f"{DRAFT}/discarding/", draft.discarding, name="discarding"),
    path(f"{DRAFT}/file/", draft.draft_file, name="draft_file"),
]
urlpatterns = [
    path("desk/administration/procedures/", include(administration)),
    path("places/", places.places, name="places"),
    path("guide/", guide.guide, name="guide"),
    path("guide/<path:way>/", guide.guide, name="guide_way"),
    path("procedures/fields/<slug:code>/", field.field, name="field"),
    path("procedures/life-events/<slug:code>/", life_event.life_event, name="life_event"),
    path("procedures/agencies/", agencies.agencies, name="agencies"),
    path("procedures/agencies/<str:code>/", agency.agency, name="agency"),
    path("procedures/<slug:code>/", leaflet.procedure, name="procedure"),
    path("procedures/<slug:code>/schema.json", schema.schema, name="schema"),
]
