from django.utils.translation import gettext_lazy as _

from camaug.cases.queries.load import leads
from camaug.ui.navigation import register

register("portal", label=_("Figures"), url="insight:province", order=60)
register("desk", label=_("Reports"), url="insight:report", group=_("One-stop"), order=58, shown=leads)
