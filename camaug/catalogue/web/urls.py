from django.urls import path

from camaug.catalogue.web import places

app_name = "catalogue"

urlpatterns = [
    path("places/", places.places, name="places"),
]
