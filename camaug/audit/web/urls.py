from django.urls import path

from camaug.audit.web import erasure, history, machines

app_name = "audit"

urlpatterns = [
    path("desk/administration/erasure/", erasure.erasure, name="erasure"),
    path("history/", history.history, name="history"),
    path("history/checkpoint", machines.checkpoint, name="checkpoint"),
    path("history/checkpoint/<int:leaves>", machines.checkpoint, name="checkpoint_of"),
    path("history/check_history.py", machines.checker, name="checker"),
    path("history/tile/<int:level>/<path:tile>", machines.tile, name="tile"),
]
