from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from camaug.access.belongings import Change
from camaug.cases.models import Case, CaseFile, Reading
from camaug.kernel.actors import Actor


def change_owner(change: Change, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 (what moved is said by who moves)
    """Cases, their files and who looked at the person go with the account, or with the person where all of him goes."""
    sent = Case.objects.filter(account_id=change.account_id)
    sent.filter(applicant_id=change.person_id).exclude(applicant=None).update(applicant_id=change.into_person_id)
    if change.whole and change.person_id and change.into_person_id:
        Case.objects.filter(applicant_id=change.person_id).update(applicant_id=change.into_person_id)
        _move_readings(change.person_id, change.into_person_id)
    if change.account_id != change.into_account_id:
        sent.update(account_id=change.into_account_id)
        CaseFile.objects.filter(added_by=change.account_id).update(added_by=change.into_account_id)


def _move_readings(person_id: UUID, into_id: UUID) -> None:
    same = Reading.objects.filter(
        subject_id=into_id,
        day=OuterRef("day"),
        account_id=OuterRef("account_id"),
        post_id=OuterRef("post_id"),
        why=OuterRef("why"),
        how=OuterRef("how"),
    )
    of_person = Reading.objects.filter(subject_id=person_id)
    first = Coalesce("first_subject_id", "subject_id")
    of_person.exclude(Exists(same)).update(subject_id=into_id, first_subject_id=first)
