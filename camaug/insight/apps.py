from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "camaug.insight"
    label = "insight"
