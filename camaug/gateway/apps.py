from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "camaug.gateway"
    label = "gateway"
