from django.urls import path
from django.views.i18n import set_language

from camaug.kernel.pages import public
from camaug.ui.web import gallery, preferences, uploads

app_name = "ui"
urlpatterns = [
    path("gallery/", gallery.show, name="gallery"),
    path("gallery/suggestions/", gallery.suggestions, name="gallery-suggestions"),
    path("gallery/repeat/", gallery.repeat, name="gallery-repeat"),
    path("gallery/<slug:frame>/", gallery.show_in_frame, name="gallery-frame"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<uuid:upload>/", uploads.upload, name="upload"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("preferences/language/", public(set_language), name="language"),
]
