from datetime import date, datetime, timedelta

from django.db import transaction

from camaug.access.account_rules import AccountRules, rules_at
from camaug.access.events import IdlenessForetold
from camaug.access.models import Account, Idleness
from camaug.access.policy import ADMINISTER
from camaug.access.queries.idleness import to_be_warned
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record_all

BATCH = 200


def foretell_idleness(*, by: Actor, at: datetime, batch: int = BATCH) -> int:
    """Tell the next officers that their accounts will close for want of use; how many. Nobody is told twice."""
    ADMINISTER.check(by, None)
    rules = rules_at(at)
    with transaction.atomic():
        rows = list(to_be_warned(at).select_for_update(of=("self",), skip_locked=True).order_by("pk")[:batch])
        Idleness.objects.bulk_create(
            [Idleness(account=one, warned_at=at) for one in rows],
            update_conflicts=True,
            unique_fields=["account"],
            update_fields=["warned_at"],
        )
        told = [IdlenessForetold(subject=one.pk, closes_on=_day(one, rules, at)) for one in rows]
        record_all(told, by=by, at=at)
    return len(rows)


def _day(account: Account, rules: AccountRules, at: datetime) -> date:
    used_at: datetime = account.used_at  # type: ignore[attr-defined]
    closes = max(used_at + timedelta(days=rules.idle_days), at + timedelta(days=rules.idle_warned_days))
    return closes.astimezone(LOCAL).date()
