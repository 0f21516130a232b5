from django.apps import AppConfig


class BehalfConfig(AppConfig):
    name = "camaug.behalf"
    label = "behalf"
