from django.urls import path

from camaug.notify.web import messages, preferences, reading, texts, tray

app_name = "notify"

urlpatterns = [
    path("messages/", messages.messages, name="messages"),
    path("messages/reading/", reading.all_of_them, name="reading-all"),
    path("messages/<uuid:message_id>/reading/", reading.one, name="reading"),
    path("messages/preferences/", preferences.preferences, name="preferences"),
    path("desk/administration/texts/", texts.texts, name="texts"),
    path("desk/administration/texts/<slug:notice>/", texts.text, name="text"),
    path("desk/administration/texts/<slug:notice>/versions/<int:number>/", texts.version, name="text_version"),
    path("demo/tray/", tray.tray, name="tray"),
]
