from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from camaug.cases.lateness.events import CaseEscalated
from camaug.cases.lateness.findings import Finding
from camaug.cases.lateness.rules import Rules
from camaug.cases.models import Case, Reminder, ReminderKind
from camaug.cases.notices import MANY, REMINDERS
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record
from camaug.kernel.ids import uuid7
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.notices import Said
from camaug.people.queries import position, roles

LISTED = 15
"""Cases named in one message; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Due:
    """A case and what is to be said of it."""

    case: Case
    finding: Finding


def remind(account_id: UUID, dues: Sequence[Due], *, rules: Rules, by: Actor, at: datetime) -> int:
    """Tell one person what is due soon or late, each fact once; many at one time in one message. Returns how many."""
    rows = {uuid7(): due for due in sorted(dues, key=lambda due: (due.finding.due_at, due.case.id, due.finding.level))}
    with transaction.atomic():
        Reminder.objects.bulk_create(
            [_row(key, due, account_id, at) for key, due in rows.items()],
            ignore_conflicts=True,  # who was reminded by another round meanwhile is not reminded again
        )
        kept = set(Reminder.objects.filter(id__in=rows).values_list("id", flat=True))
        new = {key: due for key, due in rows.items() if key in kept}
        for key, due in new.items():
            _escalate(key, due, by=by, at=at)
        _tell(account_id, new, rules=rules, by=by, at=at)
    return len(new)


def _row(key: UUID, due: Due, account_id: UUID, at: datetime) -> Reminder:
    said = due.finding
    return Reminder(
        id=key,
        case=due.case,
        kind=said.kind,
        level=said.level,
        due_at=said.due_at,
        account_id=account_id,
        raised_at=at,
    )


def _escalate(key: UUID, due: Due, *, by: Actor, at: datetime) -> None:
    """The case's history has each step up once, however many heads stand there."""
    said = due.finding
    same = Reminder.objects.filter(case=due.case, kind=said.kind, level=said.level, due_at=said.due_at)
    if said.level == 0 or same.exclude(id=key).exists():
        return
    fact = CaseEscalated(
        subject=due.case.id, code=due.case.code or "", kind=said.kind, level=said.level, due_at=said.due_at
    )
    record(fact, by=by, at=at)


def _tell(account_id: UUID, new: dict[UUID, Due], *, rules: Rules, by: Actor, at: datetime) -> None:
    to = Recipient(account_id=account_id)
    if len(new) >= rules.bulk_from:
        first = next(iter(new))
        words: dict[str, Said] = {"count": str(len(new)), "cases": _list(list(new.values()))}
        tell(MANY, fact=first, to=to, words=words, link=reverse("desk:overdue"), by=by, at=at)
        return
    for key, due in new.items():
        case, said = due.case, due.finding
        tell(
            REMINDERS[str(said.kind), said.level > 0],
            fact=key,
            to=to,
            words=_words(due),
            link=reverse("cases:case", args=[case.code]),
            subject_id=case.id,
            by=by,
            at=at,
        )


def _words(due: Due) -> dict[str, Said]:
    case, made = due.case, definition(due.case.version_id)
    step = made.process.step(case.step)
    return {
        "code": case.code or "",
        "procedure": {"vi": made.plain_name, "en": made.plain_name_en},
        "step": {"vi": step.name, "en": step.name_en},
        "due": due.finding.due_at,
        "holder": position(case.assignee_id).officer_name if case.assignee_id else roles()[case.holder_role].name,
    }


def _list(dues: list[Due]) -> dict[str, str]:
    return {language: _lines(dues, language) for language in ("vi", "en")}


def _lines(dues: list[Due], language: str) -> str:
    with translation.override(language):
        lines = [
            f"– {due.case.code}: {KINDS[due.finding.kind]()} {due.finding.due_at.astimezone(LOCAL):%H:%M %d/%m/%Y}"
            for due in dues[:LISTED]
        ]
        if len(dues) > LISTED:
            lines.append(_("and {n} more").format(n=len(dues) - LISTED))
    return "\n".join(lines)


KINDS = {
    ReminderKind.STEP_SOON: lambda: _("the step is due at"),
    ReminderKind.STEP_OVERDUE: lambda: _("the step is overdue since"),
    ReminderKind.CASE_SOON: lambda: _("the case is due at"),
    ReminderKind.CASE_OVERDUE: lambda: _("the case is overdue since"),
    ReminderKind.APOLOGY: lambda: _("an apology and a new date are owed; due at"),
}
