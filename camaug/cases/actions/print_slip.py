from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.cases.actions.stamp_slip import stamp_slip
from camaug.cases.slips.pdf import slip_pdf
from camaug.kernel.actors import Actor
from camaug.kernel.files.store import keep
from camaug.kernel.models import Blob

PDF = "application/pdf"


def print_slip(slip_id: UUID, *, by: Actor, at: datetime) -> Blob:
    """The applicant's copy of a slip as PDF: printed from its facts the first time, the same bytes ever after."""
    with transaction.atomic():
        slip = stamp_slip(slip_id, by=by, at=at)
        if slip.blob is None:
            slip.blob = keep(
                slip_pdf(slip.form, slip.facts, seal=slip.seal, proof_code=slip.proof_code), media_type=PDF
            )
            slip.save(update_fields=["blob"])
        return slip.blob
