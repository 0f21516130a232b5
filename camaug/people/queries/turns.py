from datetime import datetime, time

from camaug.kernel.clock import LOCAL
from camaug.people.models import Absence, AgencyTerm, Officer, Position, RoleGrant, RoleTerm

_DATED = (Position, AgencyTerm, RoleGrant)
_TIMED = (Absence, RoleTerm)


def turns() -> tuple[datetime, ...]:
    """Every instant from which on somebody else may fill some post, or it may carry something else, in order: between
    two of them `holders` says the same.

    Posts, absences, roles entrusted for a time, terms of agencies and lines of the role book begin and end then.
    """
    days = set(Officer.objects.values_list("left_date", flat=True).distinct())
    instants = set(RoleTerm.objects.values_list("revoked_at", flat=True).distinct())
    for dated in _DATED:
        days.update(*dated._default_manager.values_list("valid_from", "valid_until").distinct())
    for timed in _TIMED:
        instants.update(*timed._default_manager.values_list("from_at", "until_at").distinct())
    midnights = {datetime.combine(day, time.min, LOCAL) for day in days if day is not None}
    return tuple(sorted(midnights | {one for one in instants if one is not None}))
