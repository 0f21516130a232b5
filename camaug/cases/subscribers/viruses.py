"""Tells of files that were locked because of a virus."""

from collections.abc import Sequence

from django.urls import reverse

from camaug.cases.events import FileQuarantined
from camaug.cases.models import Case
from camaug.cases.notices import VIRUS
from camaug.cases.subscribers.telling import applicant_of
from camaug.catalogue.queries import definition
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord
from camaug.notify.actions.tell import tell


@subscribe("cases.tell_of_viruses", to=[FileQuarantined.name])
def tell_of_viruses(rows: Sequence[EventRecord]) -> None:
    """Whoever sent an infected file hears of it at once, also while drafting, when there is neither code nor office."""
    cases = Case.objects.in_bulk({row.subject_id for row in rows})
    for row in rows:
        case = cases.get(row.subject_id)
        file = case.files.filter(pk=row.facts["file"]).first() if case else None
        if case and file and case.account_id and case.account_id == file.added_by:
            made = definition(case.version_id)
            page = "citizen:my_case" if case.code else "citizen:go_on"
            tell(
                VIRUS,
                fact=row.id,
                to=applicant_of(case, at=row.at),
                words={"procedure": {"vi": made.plain_name, "en": made.plain_name_en}, "file": file.file_name},
                link=reverse(page, args=[case.id]),
                subject_id=case.id,
                by=SYSTEM,
                at=row.at,
            )
