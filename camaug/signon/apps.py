from django.apps import AppConfig


class SignonConfig(AppConfig):
    name = "camaug.signon"
    label = "signon"
