from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from camaug.access.account_rules import rules_at
from camaug.access.actions.invite import write_invitations
from camaug.access.actions.open_officer_accounts import UNUSABLE
from camaug.access.models import IN_OFFICE, Account, Invitation, InvitationRound
from camaug.kernel.actors import Actor, ActorKind
from camaug.people.queries import officers_under

BATCH = 200
REST = timedelta(hours=1)
"""Who was written to within it gets no second letter, whoever asks."""
_KEPT = 500


def carry_round(round_id: UUID, *, at: datetime, batch: int = BATCH) -> bool:
    """Invite the next officers of a round, all in one transaction with how far it has come; False once it is done.

    Whoever comes second finds the row taken and goes, and of a worker that dies nothing is left of its batch: nobody is
    left out, nobody gets two letters.
    """
    with transaction.atomic():
        rounds = InvitationRound.objects.select_for_update(skip_locked=True)
        asked = rounds.filter(pk=round_id, finished_at=None).first()
        if asked is None:
            return False
        meant = _meant(asked, at)
        if asked.total is None:
            _begin(asked, meant)
        rows = meant.filter(pk__gt=asked.last) if asked.last else meant
        accounts = list(rows.select_for_update(of=("self",)).order_by("pk")[:batch])
        wanting = _without_letter(asked, [one.pk for one in accounts], at)
        write_invitations(
            wanting, by_mail=True, until=at + rules_at(at).invitation, by=_author(asked), at=at, round_id=asked.pk
        )
        asked.done += len(accounts)
        asked.invited += len(wanting)
        asked.last = accounts[-1].pk if accounts else asked.last
        asked.finished_at = at if len(accounts) < batch else None
        asked.save()
        return asked.finished_at is None


def _meant(asked: InvitationRound, at: datetime) -> QuerySet[Account]:
    """The accounts of officers with a post who have no password yet; by address, also those closed as idle."""
    rows = Account.objects.filter(kind__in=IN_OFFICE, officer_id__in=officers_under(asked.agency_id, at=at))
    fresh = Q(is_active=True, password__startswith=UNUSABLE)
    if asked.agency_id:
        return rows.filter(fresh)
    return rows.filter(fresh | Q(is_active=False, idleness__closed_at__isnull=False), email__in=asked.addresses)


def _begin(asked: InvitationRound, meant: QuerySet[Account]) -> None:
    """How many there are, and which addresses are no officer's."""
    asked.total = meant.count()
    if asked.addresses:
        officers = Account.objects.filter(kind__in=IN_OFFICE, email__in=asked.addresses)
        strange = sorted(set(asked.addresses) - set(officers.values_list("email", flat=True)))
        asked.unknown = [*asked.unknown, *strange][:_KEPT]


def _without_letter(asked: InvitationRound, accounts: list[UUID], at: datetime) -> list[UUID]:
    """Those to be written to: who has no valid letter, or, asked `again`, none of the last hour."""
    written = Invitation.objects.valid(at).filter(account_id__in=accounts, by_mail=True)
    if asked.again:
        written = written.filter(written_at__gt=asked.asked_at - REST)
    have = set(written.values_list("account_id", flat=True))
    return [one for one in accounts if one not in have]


def _author(asked: InvitationRound) -> Actor:
    kind = ActorKind.STAFF if asked.account_id else ActorKind.SYSTEM
    return Actor(kind=kind, account_id=asked.account_id, name=asked.actor_name, origin=asked.origin)
