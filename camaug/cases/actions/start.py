from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from camaug.cases.models import Case
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.queries import current
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.people.queries import person


def start(procedure: str, *, by: Actor, at: datetime, request_key: UUID | None = None) -> Case:
    """Begin an online application: a draft without a code, kept for the account until it is sent.

    `procedure` is the procedure's code. The same `request_key` gives the same draft again. The draft takes the version
    that holds today; NotFound where no version does.
    """
    version = current(procedure, at.astimezone(LOCAL).date())
    who = person(by.person_id) if by.person_id else None
    try:
        with transaction.atomic():
            return Case.objects.create(
                procedure_id=version.procedure_id,
                version_id=version.id,
                channel=Channel.ONLINE,
                account_id=by.account_id,
                applicant_id=by.person_id,
                request_key=request_key,
                applicant_name=by.name,
                applicant_number=(who.personal_number or "") if who else "",
                applicant_phone=who.phone if who else "",
                applicant_email=who.email if who else "",
                applicant_address=who.address if who else "",
                created_at=at,
                saved_at=at,
                urgent_at=at,
            )
    except IntegrityError:
        return Case.objects.visible_to(by).get(request_key=request_key)
