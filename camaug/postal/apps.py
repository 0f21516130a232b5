from django.apps import AppConfig


class PostalConfig(AppConfig):
    name = "camaug.postal"
    label = "postal"
