from django.utils.translation import gettext_lazy as _

from camaug.access import belongings, endings, reviewing
from camaug.kernel.actors import Actor, ActorKind
from camaug.signon.actions.change_owner import change_owner
from camaug.signon.actions.close_system import end_system
from camaug.signon.actions.leave_all import leave_all
from camaug.signon.queries.systems import reviewed
from camaug.signon.web.logout import end_what_was_entered
from camaug.ui import administration
from camaug.ui.navigation import register


def _has_post(actor: Actor) -> bool:
    return actor.kind == ActorKind.STAFF and bool(actor.posts)


def _signed_in(actor: Actor) -> bool:
    return actor.kind in (ActorKind.PUBLIC, ActorKind.STAFF)


register("desk", label=_("Shared systems"), url="signon:launcher", group=_("Account"), order=880, shown=_has_post)
register("desk", label=_("Systems that know you"), url="signon:mine", group=_("Account"), order=895, shown=_has_post)
register("portal", label=_("Systems that know you"), url="signon:mine", group="footer", order=795, shown=_signed_in)
administration.register(
    label=_("Systems with our sign-in"),
    words=_("Software that lets people in by asking us who they are: who runs it, what it may know, its secrets."),
    url="signon:systems",
    order=72,
)
endings.register(end_what_was_entered)
endings.register_leaving(leave_all)
belongings.register(change_owner)
reviewing.register(reviewing.LineKind.SYSTEM, reviewed, end_system)
