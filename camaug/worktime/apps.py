from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    name = "camaug.worktime"
    label = "worktime"
