from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.cases.actions.print_slip import PDF
from camaug.cases.models import Result
from camaug.cases.results.sheets import result_pdf, sheet_of
from camaug.kernel.actors import Actor
from camaug.kernel.files.store import keep
from camaug.kernel.models import Blob


def print_result(result_id: UUID, *, by: Actor, at: datetime) -> Blob:  # noqa: ARG001 (house shape)
    """A result as PDF: printed from its facts the first time, the same bytes ever after."""
    with transaction.atomic():
        result = Result.objects.select_for_update(of=("self",)).select_related("blob", "case").get(pk=result_id)
        if result.blob is None:
            content = result_pdf(sheet_of(result.case, result.result), result.facts)
            result.blob = keep(content, media_type=PDF)
            result.save(update_fields=["blob"])
        return result.blob
