"""What citizens may take away beside their cases: parcels, ratings, searches for their own numbers."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from camaug.cases.models import Case, Rating
from camaug.cases.queries.readings import searches_of
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.copying import Line, Section, joined
from camaug.postal.queries import legs

_ALL = 100_000


def _own(actor: Actor) -> list[Case]:
    """The citizen's own; an officer's work is no data about him."""
    if actor.kind != ActorKind.PUBLIC:
        return []
    his = Q(business__isnull=True) | Q(account_id=actor.account_id)
    return list(Case.objects.visible_to(actor).filter(his).only("id", "code").order_by("saved_at", "id"))


def _parcels(actor: Actor, _at: datetime) -> Iterator[Line]:
    for case in _own(actor):
        for leg in legs(case.id, actor):
            told = {
                "case": case.code,
                "kind": leg.kind,
                "state": leg.state,
                "number": leg.carrier_number or leg.number,
                "sender": leg.sender.as_json(),
                "receiver": leg.receiver.as_json(),
                "ended_at": leg.ended_at,
                "scans": [{"at": scan.at, "status": scan.status, "note": scan.note} for scan in leg.scans],
            }
            yield Line(leg.asked_at, joined(case.code, leg.sender.name, leg.receiver.name, leg.receiver.address), told)


def _ratings(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in Rating.objects.filter(case__in=_own(actor)).select_related("case").order_by("rated_at", "id"):
        told = {
            "case": row.case.code,
            "satisfaction": row.satisfaction,
            "words": row.words,
            "changed_at": row.changed_at,
        }
        yield Line(row.rated_at, joined(row.case.code, row.words), told)


def _searches(actor: Actor, _at: datetime) -> Iterator[Line]:
    for one in searches_of(actor, count=_ALL) if actor.kind == ActorKind.PUBLIC else ():
        yield Line(one.at, joined(one.agency, one.post), {"agency": one.agency, "post": one.post})


COPIES = {
    "parcels": Section(_("Parcels by post"), ("postal.Order", "postal.ParcelScan"), _parcels),
    "ratings": Section(_("Your ratings"), ("cases.Rating",), _ratings),
    "searches": Section(_("Who searched for your number"), ("cases.ListReading",), _searches),
}
