from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "camaug.cases"
    label = "cases"
