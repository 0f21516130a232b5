from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.actions.end_everything import end_everything
from camaug.access.actions.reopen_account import write_reason
from camaug.access.models import IN_OFFICE, Account, DecisionKind
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.grants import OfficeKind
from camaug.people.actions.be_of_kind import become


def change_kind(account_id: UUID, *, kind: OfficeKind, reason: str, by: Actor, at: datetime) -> None:
    """Let an account in office be for something else from now on; all that it has open ends.

    Raises NotFound, SameKind, StillCarries, WhyMissing.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        account = Account.objects.filter(pk=account_id, kind__in=IN_OFFICE).first()
        if account is None or account.officer_id is None:
            raise NotFound
        become(account.officer_id, kind, by=by, at=at)
        write_reason(account_id, DecisionKind.KIND_CHANGED, reason, by=by, at=at)
        end_everything(account_id, by=by, at=at)
