from django.utils.translation import gettext_lazy as _

from camaug.cases.queries.reports import READING
from camaug.kernel.actors import Actor
from camaug.ui import ways_back
from camaug.ui.navigation import register


def _reads(actor: Actor) -> bool:
    return actor.may(READING)


register("portal", label=_("Figures"), url="insight:province", order=60)
for _page in ("insight:report_cases", "insight:report_ratings_list"):
    ways_back.register(_page, _("Back to the list of the report"))
register("desk", label=_("Reports"), url="insight:report", group=_("One-stop"), order=58, shown=_reads)
