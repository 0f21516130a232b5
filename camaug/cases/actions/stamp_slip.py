from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.audit.queries import head_to_print
from camaug.cases.models import Slip
from camaug.kernel.actors import Actor


def stamp_slip(slip_id: UUID, *, by: Actor, at: datetime) -> Slip:  # noqa: ARG001 (house shape)
    """Choose the head of the sealed history that the slip says, once: printed again it says the same."""
    with transaction.atomic():
        slip = Slip.objects.select_for_update(of=("self",)).select_related("blob").get(pk=slip_id)
        if slip.seal is None and slip.blob is None:
            slip.seal = head_to_print()
            slip.save(update_fields=["seal"])
        return slip
