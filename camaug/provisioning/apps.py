from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "camaug.provisioning"
    label = "provisioning"
