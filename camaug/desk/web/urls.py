from django.urls import path

from camaug.cases.queries import TABS
from camaug.desk.web import absence, administration, inbox, own_data, reminders, retention, search, troubles

app_name = "desk"

urlpatterns = [
    path("desk/reminders/", reminders.reminders, name="reminders"),
    path("desk/reminders/reading/", reminders.reading_all, name="reading_all"),
    path("desk/reminders/<uuid:message_id>/reading/", reminders.reading, name="reading"),
    path("desk/", inbox.home, name="inbox"),
    *(path(f"desk/{tab.name}/", inbox.inbox, {"tab": tab.name}, name=tab.name) for tab in TABS),
    path("desk/administration/", administration.administration, name="administration"),
    path("desk/my-data/", own_data.own_data, name="own_data"),
    path("desk/administration/retention/", retention.retention, name="retention"),
    path("desk/administration/failing/", troubles.all_troubles, name="troubles"),
    path("desk/administration/failing/<uuid:trouble_id>/retrial/", troubles.retrial, name="retrial"),
    path("desk/absences/", absence.absences, name="absences"),
    path("desk/absences/<uuid:absence>/end/", absence.absence_end, name="absence_end"),
    path("desk/search/", search.search, name="search"),
]
