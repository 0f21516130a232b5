from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.kernel.text import clean
from camaug.people.actions.be_of_kind import be_of_kind
from camaug.people.actions.begin_term import AgencyNotThere
from camaug.people.actions.keep_apart import keep_apart, settle_kind
from camaug.people.events import OfficerAppointed
from camaug.people.models import Agency, Officer, Position, Role
from camaug.people.policy import ADMINISTER

LONGEST_TITLE = 120


class TitleMissing(DomainError):
    """There is no title, or it is too long."""

    sentence = _("Enter the title of the position, at most 120 letters.")


class RoleUnknown(DomainError):
    """The profile has no such role."""

    sentence = _("There is no role {role}.")


class AlreadyHeld(DomainError):
    """The officer already holds this position then."""

    sentence = _("The officer already holds this position on that day.")


class HasLeft(DomainError):
    """The officer is no longer in service on that day."""

    sentence = _("The officer is no longer in service on that day.")


def appoint(
    officer_id: UUID,
    *,
    agency_id: UUID,
    title: str,
    roles: Iterable[str],
    from_date: date,
    main: bool = True,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Position:
    """Give an officer a position in an agency from a day on; an officer may hold several. The first one says what kind
    of account is his.

    Raises NotFound, AgencyNotThere, RoleUnknown, AlreadyHeld, HasLeft, TitleMissing, KindsMixed,
    ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    wanted, title = sorted(set(roles)), clean(title)
    if not title or len(title) > LONGEST_TITLE:
        raise TitleMissing
    open_then = Q(valid_until=None) | Q(valid_until__gt=from_date)
    with transaction.atomic():
        officer = Officer.objects.select_for_update().filter(id=officer_id).first()
        if officer is None:
            raise NotFound
        check_seen(officer_id, seen)
        if officer.left_date and officer.left_date <= from_date:
            raise HasLeft
        # The lock makes a closing agency wait for, or refuse, its newest officer.
        agency = Agency.objects.select_for_update().filter(open_then, id=agency_id, valid_from__lte=from_date).first()
        if agency is None:
            raise AgencyNotThere(date=from_date.strftime("%d/%m/%Y"))
        if unknown := set(wanted) - set(Role.objects.values_list("code", flat=True)):
            raise RoleUnknown(role=min(unknown))
        if Position.objects.filter(open_then, officer=officer, agency=agency, title=title).exists():
            raise AlreadyHeld
        be_of_kind(officer, settle_kind(officer, wanted), by=by, at=at)
        position = Position.objects.create(
            officer=officer, agency=agency, title=title, roles=wanted, main=main, valid_from=from_date
        )
        keep_apart(officer_id, at=at)
        appointed = OfficerAppointed(
            subject=officer_id,
            position=position.id,
            agency=agency_id,
            title=position.title,
            roles=wanted,
            from_date=from_date,
        )
        record(appointed, by=by, at=at)
    return position
