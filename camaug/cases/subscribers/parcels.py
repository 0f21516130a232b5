"""The post and the cases: results go out when they are ready, and what becomes of parcels is told and closes cases."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from camaug.access.queries import accounts_of_officers
from camaug.cases.actions.hand_out_by_post import Proof, hand_out_by_post
from camaug.cases.actions.order_delivery import order_delivery
from camaug.cases.events import (
    ApplicationCompleted,
    CaseRefused,
    CaseReopened,
    CaseStopped,
    PaymentConfirmed,
    ResultCorrected,
    ResultHandedOut,
    ResultPublished,
    ResultRevoked,
)
from camaug.cases.models import Case
from camaug.cases.notices import (
    PAPERS_ARRIVED,
    PAPERS_FETCHED,
    PARCEL_BACK,
    PARCEL_NOT_TAKEN,
    PARCEL_TRAVELS_ON,
    RESULT_DELIVERED,
    RESULT_ON_ITS_WAY,
)
from camaug.cases.postage import result_is_awaited
from camaug.cases.subscribers.telling import tell_applicant
from camaug.catalogue.queries import definition
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribe
from camaug.kernel.errors import DomainError
from camaug.kernel.models import EventRecord
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.notices import Notice, Said
from camaug.people.queries import holders
from camaug.postal.actions.cancel import cancel
from camaug.postal.actions.order import OrderKind
from camaug.postal.events import CancellationRefused, OrderDelivered, OrderGivenUp, OrderMoved, OrderReturned
from camaug.postal.queries import Leg, is_set_up, leg, open_legs, scan

_READY = (ResultPublished.name, ApplicationCompleted.name, PaymentConfirmed.name, ResultCorrected.name)
_POINTLESS: dict[str, OrderKind] = {
    ResultRevoked.name: OrderKind.DELIVER,
    ResultCorrected.name: OrderKind.DELIVER,
    CaseReopened.name: OrderKind.DELIVER,
    ResultHandedOut.name: OrderKind.DELIVER,
    CaseStopped.name: OrderKind.COLLECT,
    CaseRefused.name: OrderKind.COLLECT,
}
"""Which leg leads nowhere any more after what happened to the case."""
_TO_APPLICANT: dict[tuple[str, str], Notice] = {
    (OrderMoved.name, OrderKind.COLLECT): PAPERS_FETCHED,
    (OrderMoved.name, OrderKind.DELIVER): RESULT_ON_ITS_WAY,
    (OrderDelivered.name, OrderKind.COLLECT): PAPERS_ARRIVED,
    (OrderDelivered.name, OrderKind.DELIVER): RESULT_DELIVERED,
}
_TO_UNIT: dict[str, Notice] = {
    OrderReturned.name: PARCEL_BACK,
    OrderGivenUp.name: PARCEL_NOT_TAKEN,
    CancellationRefused.name: PARCEL_TRAVELS_ON,
}
_UNDER_WAY = "UNDER_WAY"


@subscribe("cases.recall_parcels", to=sorted(_POINTLESS))
def recall_parcels(rows: Sequence[EventRecord]) -> None:
    """What nobody needs any more is not carried, where it was not fetched yet."""
    travelling = open_legs({row.subject_id for row in rows}, SYSTEM)
    for row in rows:
        for one in travelling:
            if one.about == row.subject_id and one.kind == _POINTLESS[row.name] and one.may_be_cancelled:
                cancel(one.id, by=SYSTEM, at=row.at)


@subscribe("cases.send_results", to=_READY)
def send_results(rows: Sequence[EventRecord]) -> None:
    """A result that is ready and wanted by post is given to the post."""
    cases = Case.objects.select_related("delivery").in_bulk({row.subject_id for row in rows}) if is_set_up() else {}
    for row in rows:
        case = cases.get(row.subject_id)
        if case and result_is_awaited(case):
            with _unless_refused():
                order_delivery(case.id, by=SYSTEM, at=row.at)


@subscribe("cases.close_delivered", to=[OrderDelivered.name])
def close_delivered(rows: Sequence[EventRecord]) -> None:
    """A result that the post has delivered is handed out; one that was handed out otherwise stays so."""
    for row in rows:
        if row.facts["kind"] == OrderKind.DELIVER:
            proof = Proof(leg(row.subject_id, SYSTEM).carrier_number, scan(UUID(row.facts["scan"])).note)
            with _unless_refused(), translation.override("vi"):
                hand_out_by_post(UUID(row.facts["about"]), proof, by=SYSTEM, at=row.at)


@subscribe("cases.tell_of_parcels", to=[*{name for name, _ in _TO_APPLICANT}, *_TO_UNIT])
def tell_of_parcels(rows: Sequence[EventRecord]) -> None:
    """The applicant hears when the postman has it and when it has arrived, the unit what went wrong."""
    cases = Case.objects.in_bulk({UUID(row.facts["about"]) for row in rows})
    for row in rows:
        case = cases.get(UUID(row.facts["about"]))
        if case is None or (row.name == OrderMoved.name and row.facts["state"] != _UNDER_WAY):
            continue
        one = leg(row.subject_id, SYSTEM)
        if notice := _TO_UNIT.get(row.name):
            _tell_unit(case, row, notice, one)
        else:
            words: dict[str, Said] = {
                "parcel": one.carrier_number,
                "time": datetime.fromisoformat(row.facts["scanned_at"]),
            }
            tell_applicant(case, row, _TO_APPLICANT[row.name, row.facts["kind"]], words)


@contextmanager
def _unless_refused() -> Iterator[None]:
    """Where the case has gone another way meanwhile, its desk shows the leg beside it, and an officer decides."""
    try:
        yield
    except DomainError:
        return


def _tell_unit(case: Case, row: EventRecord, notice: Notice, one: Leg) -> None:
    made = definition(case.version_id)
    clerks = {post.officer_id for post in holders("ONE_STOP_CLERK", one.agency_id, row.at) if not post.away}
    for account in accounts_of_officers(clerks).values():
        tell(
            notice,
            fact=row.id,
            to=Recipient(account_id=account),
            words={
                "code": case.code or "",
                "procedure": {"vi": made.plain_name, "en": made.plain_name_en},
                "parcel": one.carrier_number or one.number,
            },
            link=reverse("cases:post", args=[case.code]),
            subject_id=case.id,
            by=SYSTEM,
            at=row.at,
        )
