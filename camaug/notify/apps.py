from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "camaug.notify"
    label = "notify"
