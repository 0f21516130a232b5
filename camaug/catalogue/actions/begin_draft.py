import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.catalogue.drafting.blank import blank
from camaug.catalogue.drafting.places import Content
from camaug.catalogue.events import DraftBegun
from camaug.catalogue.models import Procedure, ProcedureDraft
from camaug.catalogue.policy import EDIT
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
LONGEST = 60


class CodeNotFit(DomainError):
    """The short name of a procedure stands in addresses."""

    sentence = _("Write the short name in small letters without accents, figures and hyphens, at most 60.")


class ProcedureIsThere(DomainError):
    """A new procedure needs a name of its own."""

    sentence = _("“{code}” is there already. Open it and copy its version, or choose another short name.")


class DraftIsOpen(DomainError):
    """One draft a procedure."""

    sentence = _("A draft of “{code}” is open already. Go on with it, or discard it first.")


@transaction.atomic
def begin_draft(code: str, *, name: str = "", by: Actor, at: datetime) -> ProcedureDraft:
    """Begin a procedure from nothing. Raises CodeNotFit, ProcedureIsThere, DraftIsOpen."""
    EDIT.check(by, None)
    content = blank(code, name=name)
    if Procedure.objects.filter(code=code, versions__isnull=False).exists():
        raise ProcedureIsThere(code=code)
    return open_draft(code, content, origin="NOTHING", by=by, at=at)


def open_draft(
    code: str, content: Content, *, origin: str, copied: tuple[str, int] = ("", 0), by: Actor, at: datetime
) -> ProcedureDraft:
    """Write the draft down; part of an action's transaction. `copied`: code and number of the version copied."""
    if not _CODE.fullmatch(code) or len(code) > LONGEST:
        raise CodeNotFit
    procedure, _new = Procedure.objects.select_for_update().get_or_create(code=code)
    if ProcedureDraft.objects.filter(procedure=procedure).exists():
        raise DraftIsOpen(code=code)
    own_copy = copied[1] if copied[0] == code else 0
    made: dict[str, Any] = {"begun_at": at, "changed_at": at, "changed_by": by.name, "copied_from": own_copy}
    draft = ProcedureDraft.objects.create(procedure=procedure, content={**content, "code": code}, **made)
    begun = DraftBegun(subject=procedure.id, code=code, origin=origin, copied_code=copied[0], copied_number=copied[1])
    record(begun, by=by, at=at)
    return draft
