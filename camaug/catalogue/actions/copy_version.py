from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.catalogue.actions.begin_draft import ProcedureIsThere, open_draft
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.drafting.tidying import content_of
from camaug.catalogue.models import Procedure, ProcedureDraft, ProcedureVersion
from camaug.catalogue.policy import EDIT
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound


@transaction.atomic
def copy_version(version_id: UUID, *, code: str = "", by: Actor, at: datetime) -> ProcedureDraft:
    """Begin the next version from a version's content, or with `code` another procedure.

    Raises NotFound, CodeNotFit, ProcedureIsThere, DraftIsOpen.
    """
    EDIT.check(by, None)
    version = ProcedureVersion.objects.select_related("procedure").filter(pk=version_id).first()
    if version is None:
        raise NotFound
    own = version.procedure.code
    if code and code != own and Procedure.objects.filter(code=code, versions__isnull=False).exists():
        raise ProcedureIsThere(code=code)
    content = content_of(Definition.model_validate(version.definition))
    return open_draft(code or own, content, origin="VERSION", copied=(own, version.number), by=by, at=at)
