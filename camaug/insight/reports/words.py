"""Words and colours of the cases of a report."""

from django.utils.translation import gettext_lazy as _

CHANNELS = {"COUNTER": _("at the counter"), "ONLINE": _("online"), "POST": _("by post")}
STANDINGS = {
    "early": (_("Early"), "done"),
    "on_time": (_("On time"), "done"),
    "late": (_("Late"), "late"),
    "undated": (_("Without a promised day"), "plain"),
    "returned": (_("Returned or withdrawn"), "plain"),
    "waiting": (_("Waiting for a supplement"), "waiting"),
    "waiting_late": (_("Waiting for a supplement, late"), "late"),
    "in_time": (_("In time"), "doing"),
    "overdue": (_("Overdue"), "late"),
}
