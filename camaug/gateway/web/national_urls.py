from django.urls import path

from camaug.gateway.web import known, national

app_name = "national"
BASE = "desk/administration/national-portal/"

urlpatterns = [
    path(BASE, national.all_shipments, name="shipments"),
    path(f"{BASE}messages/<uuid:shipment_id>/", national.one_shipment, name="shipment"),
    path(f"{BASE}messages/<uuid:shipment_id>/resending/", national.resending, name="resending"),
    path(f"{BASE}messages/<uuid:shipment_id>/known/", known.known, name="known"),
    path(f"{BASE}replay/", national.replaying, name="replay"),
    path(f"{BASE}catalogue/", national.catalogue, name="catalogue"),
]
