"""Officers' accounts that nobody has used for long."""

from datetime import datetime, timedelta
from operator import attrgetter

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from camaug.access.account_rules import rules_at
from camaug.access.models import IN_OFFICE, Account, ApiToken
from camaug.access.queries.accounts import active_administrators


def to_be_warned(at: datetime) -> QuerySet[Account]:
    """Those whose officers are to be told now, since the account will be idle for too long in some days."""
    rules = rules_at(at)
    quiet = timedelta(days=rules.idle_days - rules.idle_warned_days)
    return _used_before(at - quiet).exclude(idleness__warned_at__gte=F("used_at"))


def to_be_closed(at: datetime) -> QuerySet[Account]:
    """Those idle for too long whose officers were told in time; one administrator who can sign in always stays."""
    rules = rules_at(at)
    told = at - timedelta(days=rules.idle_warned_days)
    idle = _used_before(at - timedelta(days=rules.idle_days))
    idle = idle.filter(idleness__warned_at__gte=F("used_at"), idleness__warned_at__lte=told)
    able = active_administrators(at=at)
    idle_ones = list(idle.filter(pk__in=able))
    if idle_ones and len(idle_ones) == len(able):
        idle = idle.exclude(pk=max(idle_ones, key=attrgetter("used_at")).pk)
    return idle


def _used_before(instant: datetime) -> QuerySet[Account]:
    """Open accounts of officers who have a password, with `used_at`: the latest of sign-in, new password, reopening and
    the use of an own token.
    """
    by_token = ApiToken.objects.filter(account=OuterRef("pk")).values("account").annotate(latest=Max("last_used_at"))
    used = Greatest(
        F("last_login"),
        F("password_at"),
        F("created_at"),
        F("idleness__reopened_at"),
        Subquery(by_token.values("latest"), output_field=DateTimeField()),
    )
    rows = Account.objects.filter(kind__in=IN_OFFICE, is_active=True).exclude(
        password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    return rows.annotate(used_at=used).filter(used_at__lte=instant)
