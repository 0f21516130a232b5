from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "camaug.ui"
    label = "ui"
