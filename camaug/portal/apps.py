from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "camaug.portal"
    label = "portal"
