from datetime import date

from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError
from camaug.people.models import Position, Role
from camaug.people.policy import ADMINISTRATOR


class LastAdministrator(DomainError):
    """Nobody would be left who may give roles, so that nobody could ever give one again."""

    sentence = _("This is the last administrator of the system. Give the role to somebody else first.")


def keep_administrator(*, from_date: date) -> None:
    """Within the transaction that has just taken the role from somebody: raise LastAdministrator unless somebody holds
    it from that day on, with no end set. Those who take it away at once wait for each other.
    """
    Role.objects.select_for_update().filter(code=ADMINISTRATOR).first()
    kept = Position.objects.filter(
        roles__contains=[ADMINISTRATOR],
        valid_from__lte=from_date,
        valid_until=None,
        officer__left_date=None,
        officer__kind=ADMINISTRATOR,
    )
    if not kept.exists():
        raise LastAdministrator
