from django.urls import path

from camaug.notify.web import messages, preferences, reading, tray

app_name = "notify"

urlpatterns = [
    path("messages/", messages.messages, name="messages"),
    path("messages/reading/", reading.all_of_them, name="reading-all"),
    path("messages/<uuid:message_id>/reading/", reading.one, name="reading"),
    path("messages/preferences/", preferences.preferences, name="preferences"),
    path("demo/tray/", tray.tray, name="tray"),
]
