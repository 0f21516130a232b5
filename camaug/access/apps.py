from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "camaug.access"
    label = "access"
