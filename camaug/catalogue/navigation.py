from django.utils.translation import gettext_lazy as _

from camaug.ui import administration

administration.register(
    label=_("Procedures"),
    words=_("What each procedure asks, takes and costs: write the next version, compare, schedule, withdraw."),
    url="catalogue:edited_procedures",
    order=15,
)
