from django.urls import path

from camaug.cases.queries import TABS
from camaug.desk.web import administration, inbox, search

app_name = "desk"

urlpatterns = [
    path("desk/", inbox.inbox, name="inbox"),
    *(path(f"desk/{tab.name}/", inbox.inbox, {"tab": tab.name}, name=tab.name) for tab in TABS),
    path("desk/administration/", administration.administration, name="administration"),
    path("desk/search/", search.search, name="search"),
]
