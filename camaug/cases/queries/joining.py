"""The pictures of a paper that may become one PDF."""

from dataclasses import dataclass
from uuid import UUID

from camaug.behalf.queries import Act
from camaug.cases.models import Case, CaseFile
from camaug.cases.unseen import unseen
from camaug.catalogue.definition.papers import Paper
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Joinable:
    """A paper of a case with its pictures, the oldest first."""

    case: Case
    paper: Paper
    pictures: tuple[CaseFile, ...]


def joinable(case_id: UUID, paper: str, actor: Actor) -> Joinable:
    """For the applicant those not yet sent, for an officer all; NotFound for strangers and for unknown papers."""
    case = Case.objects.visible_to(actor, Act.PREPARE, Act.SUPPLEMENT).filter(pk=case_id).first()
    if case is None:
        raise unseen(case_id, actor)
    known = next((one for one in definition(case.version_id).papers if one.id == paper), None)
    if known is None:
        raise NotFound
    files = case.files if actor.kind == ActorKind.STAFF else case.files.unsent(case, actor.account_id)
    pictures = files.filter(paper=paper, removed_at__isnull=True).pictures().select_related("blob")
    return Joinable(case, known, tuple(pictures.order_by("added_at", "id")))
