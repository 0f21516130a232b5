"""Why an actor does not see a case: he may not know of it, or he may, and does not act for its organisation now."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.models import Case
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.people.queries import has_had_to_do_with


class NotRepresenting(NotAllowed):
    """Whoever acts for an organisation is proven to represent it at that moment."""

    sentence = _(
        "You act for an organisation only while it is proven that you represent it. "
        "See “Organisations that I represent” for how it is proven."
    )


def unseen(case_id: UUID, by: Actor) -> DomainError:
    """The refusal: NotRepresenting for who began the case, or is or was said to represent its organisation."""
    if by.kind != ActorKind.PUBLIC:
        return NotFound()
    row = Case.objects.filter(pk=case_id, business__isnull=False).values("business_id", "account_id").first()
    if row is None or row["business_id"] in by.represents:
        return NotFound()
    began = by.account_id is not None and row["account_id"] == by.account_id
    return NotRepresenting() if began or has_had_to_do_with(row["business_id"], by) else NotFound()
