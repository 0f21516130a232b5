from collections.abc import Callable
from contextvars import ContextVar

from django.utils.translation import gettext_lazy as _

from camaug.cases.queries import counts
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.clock import now
from camaug.notify.queries import unread_count
from camaug.ui import administration
from camaug.ui.navigation import register

AT_COUNTER = "cases.submit"
_kept: ContextVar[tuple[Actor, dict[str, int]] | None] = ContextVar("desk_counts", default=None)


def is_officer(actor: Actor) -> bool:
    """Whether the actor works on cases here."""
    return actor.kind == ActorKind.STAFF and actor.works_in_agencies


def is_set_apart(actor: Actor) -> bool:
    """Whether the actor only administers or operates, and has no case to look for."""
    return actor.kind == ActorKind.STAFF and bool(actor.posts) and not actor.works_in_agencies


def is_clerk(actor: Actor) -> bool:
    """Whether the actor works at a one-stop counter."""
    return actor.may(AT_COUNTER)


def _count(*names: str) -> Callable[[Actor], int]:
    return lambda actor: sum(_counts(actor)[name] for name in names)


def _counts(actor: Actor) -> dict[str, int]:
    """Asked once a page: an actor is loaded anew for each request."""
    kept = _kept.get()
    if kept is None or kept[0] is not actor:
        kept = (actor, counts(actor, at=now()))
        _kept.set(kept)
    return kept[1]


def only_answers(actor: Actor) -> bool:
    """Whether nothing is to be done but to answer other agencies."""
    found = _counts(actor)
    return not found["todo"] and bool(found["answer"])


def _has_post(actor: Actor) -> bool:
    return actor.kind == ActorKind.STAFF and bool(actor.posts)


def _unread(actor: Actor) -> int:
    return unread_count(actor.account_id) if actor.account_id else 0


_GROUP = _("One-stop")
register(
    "portal", label=_("Officers' desk"), url="desk:inbox", group="account", order=100, shown=lambda by: bool(by.posts)
)
register(
    "desk",
    label=_("My work"),
    url="desk:inbox",
    group=_GROUP,
    order=20,
    shortcut="v",
    shown=is_officer,
    count=_count("receive", "todo", "answer"),
)
register(
    "desk",
    label=_("Waiting for applicants"),
    url="desk:waiting",
    group=_GROUP,
    order=30,
    shown=is_officer,
    count=_count("waiting"),
)
register(
    "desk", label=_("To hand out"), url="desk:return", group=_GROUP, order=40, shown=is_clerk, count=_count("return")
)
administration.register(label=_("Overview"), words="", url="desk:administration", order=0)
administration.register(
    label=_("Work that fails"),
    words=_("What the system could not do by itself, when it is tried again, what rests."),
    url="desk:troubles",
    order=90,
    for_operators=True,
)
administration.register(
    label=_("What is erased"),
    words=_("What the system erases by itself, after how long and why; what goes tonight."),
    url="desk:retention",
    order=85,
)
for _group, _order, _shown in ((_GROUP, 0, is_officer), (_("Account"), 820, is_set_apart)):
    register(
        "desk",
        label=_("Reminders"),
        url="desk:reminders",
        group=_group,
        order=_order + 25,
        shown=_shown,
        count=_unread,
    )
    register(
        "desk",
        label=_("Absence and stand-ins"),
        url="desk:absences",
        group=_group,
        order=_order + 70,
        shown=_shown,
    )
register("desk", label=_("My data"), url="desk:own_data", group=_("Account"), order=895, shown=_has_post)
