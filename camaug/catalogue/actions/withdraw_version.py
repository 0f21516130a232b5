from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.catalogue.events import VersionWithdrawn
from camaug.catalogue.models import ProcedureVersion
from camaug.catalogue.policy import PUBLISH
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class VersionIsOver(DomainError):
    """What has ended cannot end again."""

    sentence = _("This version has ended already.")


class EndNotFit(DomainError):
    """A version ends on a day to come, before it would end anyway."""

    sentence = _("Choose a day after today{before}: cases that came in until then keep this version.")


@transaction.atomic
def withdraw_version(version_id: UUID, *, until: date | None = None, by: Actor, at: datetime) -> ProcedureVersion:
    """End a version in force on a day (exclusive), or take back a scheduled one, so that the one before goes on.

    `until` is not asked for a version that is not yet in force. Raises NotFound, VersionIsOver, EndNotFit.
    """
    PUBLISH.check(by, None)
    version = (
        ProcedureVersion.objects.select_for_update(of=("self",))
        .select_related("procedure")
        .filter(pk=version_id)
        .first()
    )
    if version is None:
        raise NotFound
    today = at.astimezone(LOCAL).date()
    if version.valid_until is not None and version.valid_until <= max(today, version.valid_from):
        raise VersionIsOver
    taken_back = version.valid_from > today
    until = version.valid_from if taken_back else _end(version, until, today)
    version.valid_until = until
    version.save(update_fields=["valid_until"])
    reopens = _reopen(version) if taken_back else 0
    withdrawn = VersionWithdrawn(
        subject=version.procedure_id,
        code=version.procedure.code,
        number=version.number,
        until=until,
        taken_back=taken_back,
        reopens=reopens,
    )
    record(withdrawn, by=by, at=at)
    return version


def _end(version: ProcedureVersion, until: date | None, today: date) -> date:
    if until is None or until <= today or (version.valid_until is not None and until >= version.valid_until):
        before = _(" and before {day}").format(day=f"{version.valid_until:%d/%m/%Y}") if version.valid_until else ""
        raise EndNotFit(before=before)
    return until


def _reopen(taken_back: ProcedureVersion) -> int:
    """Let the version before go on as long as it would have without the one taken back; its number, or 0."""
    versions = ProcedureVersion.objects.filter(procedure=taken_back.procedure_id)
    versions.filter(closes=taken_back.number).update(closes=taken_back.closes)
    before = versions.filter(number=taken_back.closes, valid_until=taken_back.valid_from).first()
    if before is None:
        return 0
    later = ProcedureVersion.objects.kept().filter(procedure=taken_back.procedure_id, valid_from__gt=before.valid_from)
    end = before.definition.get("valid_until")
    nexts = later.order_by("valid_from").values_list("valid_from", flat=True).first()
    planned = date.fromisoformat(end) if end else None
    before.valid_until = min(filter(None, (planned, nexts)), default=None)
    before.save(update_fields=["valid_until"])
    return before.number
