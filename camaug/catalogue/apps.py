from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "camaug.catalogue"
    label = "catalogue"
