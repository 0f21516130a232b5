from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "camaug.people"
    label = "people"
