from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.ui import administration
from camaug.ui.navigation import register


def _officer(actor: Actor) -> bool:
    return actor.kind == ActorKind.STAFF and actor.works_in_agencies


administration.register(
    label=_("Agencies"),
    words=_("The tree of agencies: found, rename, move, change, close, on any day."),
    url="people:agencies",
    order=10,
)
administration.register(
    label=_("Officers"),
    words=_("Who works where, with which roles; absences and stand-ins; who leaves."),
    url="people:officers",
    order=20,
)
administration.register(
    label=_("Roles"), words=_("What each role may do and who holds it."), url="people:roles", order=30
)
administration.register(
    label=_("Import and export"),
    words=_("Agencies, officers and positions from Excel or CSV: checked line by line before anything is written."),
    url="people:imports",
    order=40,
)
register("desk", label=_("Delegated roles"), url="people:delegations", group=_("One-stop"), order=71, shown=_officer)
