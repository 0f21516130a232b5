from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.invite import invite
from camaug.access.events import FirstAdministratorInvited
from camaug.access.invitations import HANDED_OVER, link_of
from camaug.access.models import IN_OFFICE, Account
from camaug.access.policy import ADMINISTER, ADMINISTRATOR
from camaug.access.queries import active_administrators
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.people.queries import officers_with


class AdministratorThere(DomainError):
    """Somebody can let others in: a second way beside him is asked for by name."""

    sentence = _(
        "There is an administrator who can sign in; he invites others. To go past him, say --although-there-is-one."
    )


class NoAdministrator(DomainError):
    """No officer in service with that address administers."""

    sentence = _(
        "No officer in service with the address {mail} has the role ADMINISTRATOR. "
        "Bring him in first: `camaug import officers`, then `camaug import positions`."
    )


def invite_first_administrator(mail: str, *, although_there_is_one: bool, by: Actor, at: datetime) -> str:
    """Let somebody in who can invite all others: returns the path of a link that holds for a day and works once.

    For whoever runs the machine; `although_there_is_one`: an administrator who can sign in is no reason to refuse.
    Raises AdministratorThere, NoAdministrator.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        if active_administrators(at=at) and not although_there_is_one:
            raise AdministratorThere
        officers = officers_with(ADMINISTRATOR, at)
        accounts = Account.objects.filter(kind__in=IN_OFFICE, officer_id__in=officers)
        account = accounts.filter(email=mail.strip().lower()).first()
        if account is None:
            raise NoAdministrator(mail=mail)
        record(FirstAdministratorInvited(subject=account.id), by=by, at=at)
        return link_of(invite(account.id, by_mail=False, until=at + HANDED_OVER, by=by, at=at).id)
