from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "camaug.queue"
    label = "queue"
