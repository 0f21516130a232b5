from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.audit.queries import head_to_print
from camaug.cases.models import Slip
from camaug.kernel.actors import Actor
from camaug.kernel.codes import fresh_code


def stamp_slip(slip_id: UUID, *, by: Actor, at: datetime) -> Slip:  # noqa: ARG001 (house shape)
    """Choose the head of the sealed history and the code of the proof that it says: printed again it says the same."""
    with transaction.atomic():
        slip = Slip.objects.select_for_update(of=("self",)).select_related("blob").get(pk=slip_id)
        if slip.seal is None and slip.blob is None:
            slip.seal, slip.proof_code = head_to_print(), fresh_code()
            slip.save(update_fields=["seal", "proof_code"])
        return slip
