from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.people.actions.renew_directory import renew_directory
from camaug.people.models import RoleGrant
from camaug.people.policy import ADMINISTER
from camaug.people.profile.grants import Line
from camaug.people.profile.reading import Settings


def load_grants(settings: Settings, lines: Iterable[Line], *, by: Actor, at: datetime) -> int:
    """Write the profile's lines of the role book that were never written; what became of the others stays so.

    Returns how many are new: with the first loading all, later those of permissions that a new version brings.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        known = set(RoleGrant.objects.values_list("role", "permission"))
        new = [_line(settings, line, at) for line in lines if line[:2] not in known]
        RoleGrant.objects.bulk_create(new)
        if new:
            renew_directory()
    return len(new)


def _line(settings: Settings, line: Line, at: datetime) -> RoleGrant:
    role, code, reach = line
    return RoleGrant(
        id=settings.fixed_id("grant", role, code),
        role=role,
        permission=code,
        reach=reach,
        valid_from=settings.since,
        granted_at=at,
    )
