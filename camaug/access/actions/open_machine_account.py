from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from camaug.access.actions.issue_token import LONGEST_DAYS, LONGEST_NAME, Issued, issue_machine_token
from camaug.access.events import MachineAccountOpened
from camaug.access.models import MACHINES, Account, AccountKind
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import InvalidInput, NotFound
from camaug.kernel.events import record
from camaug.people.queries import officer_by_email

LONGEST_PURPOSE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a program's account is opened with; `owner` is the official address of the officer who answers for it."""

    kind: str
    name: str
    purpose: str
    owner: str
    client: str = ""
    days: int


def open_machine_account(machine: Machine, *, by: Actor, at: datetime) -> Issued:
    """Open a technical or service account with its first token, which is shown this once. Raises InvalidInput."""
    ADMINISTER.check(by, None)
    errors = _faults(machine)
    if errors:
        raise InvalidInput(errors)
    with transaction.atomic():
        account = Account.objects.create(
            kind=machine.kind,
            name=machine.name.strip(),
            purpose=machine.purpose.strip(),
            client=machine.client.strip() if machine.kind == AccountKind.TECHNICAL else "",
            owner_id=officer_by_email(machine.owner).id,
            password="!",  # noqa: S106 (no password at all)
            created_at=at,
            expires_at=at + timedelta(days=machine.days),
        )
        opened = MachineAccountOpened(
            subject=account.id, kind=account.kind, owner=account.owner_id or account.id, days=machine.days
        )
        record(opened, by=by, at=at)
        return issue_machine_token(account, by=by, at=at)


def _faults(machine: Machine) -> dict[str, str]:
    wrong = {
        "kind": (machine.kind not in MACHINES, _("Choose what sort of account it is.")),
        "name": (not 1 <= len(machine.name.strip()) <= LONGEST_NAME, _("Name the program in a few words.")),
        "purpose": (not 1 <= len(machine.purpose.strip()) <= LONGEST_PURPOSE, _("Say in a sentence what it is for.")),
        "owner": (not _is_officer(machine.owner), _("No officer has this official e-mail.")),
        "client": (
            machine.kind == AccountKind.TECHNICAL and not 1 <= len(machine.client.strip()) <= LONGEST_NAME,
            _("A technical account is bound to one system: name it."),
        ),
        "days": (not 1 <= machine.days <= LONGEST_DAYS, _("An account of a program holds from one day to a year.")),
    }
    return {name: sentence for name, (is_wrong, sentence) in wrong.items() if is_wrong}


def _is_officer(email: str) -> bool:
    try:
        officer_by_email(email)
    except NotFound:
        return False
    return True
