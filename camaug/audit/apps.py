from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "camaug.audit"
    label = "audit"
