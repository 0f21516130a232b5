from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases.models import Case
from camaug.cases.policy import PERMISSIONS
from camaug.cases.postage import office_of, papers_are_awaited
from camaug.cases.unseen import unseen
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, InvalidInput
from camaug.kernel.ids import uuid7
from camaug.postal.actions.order import OrderKind, Party, Wish, order

NEEDED = {
    "name": _("Write the name of the person who hands the papers over."),
    "phone": _("Write the phone number at which the postman calls."),
    "address": _("Write the address at which the postman fetches the papers."),
}


class PapersNotAwaited(DomainError):
    """The office waits for no papers of this case."""

    sentence = _("The office does not wait for papers in this case now.")


@transaction.atomic
def order_collection(case_id: UUID, sender: Party, *, by: Actor, at: datetime) -> None:
    """Have the post fetch papers of a case and bring them to the one-stop unit.

    NotFound, NotAllowed, PapersNotAwaited, InvalidInput, LegUnderWay.
    """
    case = Case.objects.visible_to(by).submitted().filter(pk=case_id).first()
    if case is None or case.receiving_agency_id is None:
        raise unseen(case_id, by)
    PERMISSIONS["cases.supplement"].check(by, case)
    if not papers_are_awaited(case):
        raise PapersNotAwaited
    if missing := {name: str(sentence) for name, sentence in NEEDED.items() if not getattr(sender, name).strip()}:
        raise InvalidInput(missing)
    wish = Wish(
        kind=OrderKind.COLLECT,
        key=f"papers:{uuid7()}",
        about=case.id,
        reference=case.code or "",
        agency_id=case.receiving_agency_id,
        sender=sender,
        receiver=office_of(case, at=at),
    )
    order(wish, by=by, at=at)
