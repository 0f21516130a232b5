from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "camaug.desk"
    label = "desk"
