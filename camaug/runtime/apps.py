from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "camaug.runtime"
    label = "runtime"
