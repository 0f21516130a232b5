from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases.models import Case
from camaug.cases.policy import PERMISSIONS
from camaug.cases.postage import applicant_of, office_of, result_is_awaited
from camaug.cases.unseen import unseen
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.postal.actions.order import OrderKind, Wish, order


class NotForThePost(DomainError):
    """The result is not ready, something is owed, or it is wanted otherwise."""

    sentence = _("The post brings a result that is ready, that nothing is owed for, and that is wanted by post.")


@transaction.atomic
def order_delivery(case_id: UUID, *, by: Actor, at: datetime) -> None:
    """Have the post fetch the result at the one-stop unit and bring it; once for each time that it is ready.

    NotFound, NotAllowed, NotForThePost, LegUnderWay.
    """
    case = Case.objects.visible_to(by).submitted().filter(pk=case_id).select_related("delivery").first()
    if case is None or case.receiving_agency_id is None:
        raise unseen(case_id, by)
    PERMISSIONS["cases.hand_out"].check(by, case)
    if not result_is_awaited(case):
        raise NotForThePost
    wish = Wish(
        kind=OrderKind.DELIVER,
        key=f"result:{case.id}:{case.delivery.ready_at:%Y%m%d%H%M%S}",
        about=case.id,
        reference=case.code or "",
        agency_id=case.receiving_agency_id,
        sender=office_of(case, at=at),
        receiver=applicant_of(case),
    )
    order(wish, by=by, at=at)
