from django.urls import path

from camaug.catalogue.web import places
from camaug.catalogue.web.portal import agencies, agency, field, life_event, procedure, schema

app_name = "catalogue"

urlpatterns = [
    path("places/", places.places, name="places"),
    path("procedures/fields/<slug:code>/", field.field, name="field"),
    path("procedures/life-events/<slug:code>/", life_event.life_event, name="life_event"),
    path("procedures/agencies/", agencies.agencies, name="agencies"),
    path("procedures/agencies/<str:code>/", agency.agency, name="agency"),
    path("procedures/<slug:code>/", procedure.procedure, name="procedure"),
    path("procedures/<slug:code>/schema.json", schema.schema, name="schema"),
]
