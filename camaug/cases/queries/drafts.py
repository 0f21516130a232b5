"""Applications that are being filled in, as their owner sees them, and the files of his cases."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from camaug.behalf.queries import Act
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, CaseFile
from camaug.cases.unseen import unseen
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor

READING = (Act.PREPARE, Act.FOLLOW)
"""By which acts of a mandate a helper sees an application, before and after it was sent."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An application of the account. `sent`: it is a draft no more. `files` in the order in which they came.

    `infected` were taken out again because of a virus.
    """

    case: Case
    definition: Definition
    files: tuple[CaseFile, ...]
    infected: tuple[CaseFile, ...]
    places: RegisteredPlaces

    @property
    def on(self) -> date:
        """The day on which it is looked at."""
        return self.places.at

    @property
    def sent(self) -> bool:
        """Whether it has its code already."""
        return self.case.state != State.DRAFT

    def infected_of(self, paper: str) -> tuple[CaseFile, ...]:
        """The files of a paper that were taken out because of a virus."""
        return tuple(file for file in self.infected if file.paper == paper)

    def files_of(self, paper: str) -> tuple[CaseFile, ...]:
        """The files given for a paper."""
        return tuple(file for file in self.files if file.paper == paper)


def draft_of(case_id: UUID, actor: Actor, *, on: date) -> Draft:
    """The actor's own application, or one in which he helps; NotFound for everybody else."""
    case = Case.objects.visible_to(actor, *READING).filter(pk=case_id).first()
    if case is None or not (case.belongs_to(actor) or any(case.is_helped_by(actor, act) for act in READING)):
        raise unseen(case_id, actor)
    files = case.files.filter(removed_at__isnull=True).select_related("blob").order_by("added_at", "id")
    infected = case.files.infected().order_by("added_at", "id")
    return Draft(case, definition(case.version_id), tuple(files), tuple(infected), RegisteredPlaces(on))


def unfinished(actor: Actor, procedure: str) -> Case | None:
    """The actor's draft of that procedure that was saved last."""
    drafts = Case.objects.visible_to(actor).drafts().filter(procedure__code=procedure).order_by("-saved_at")
    return next((case for case in drafts if case.belongs_to(actor)), None)


def file_of(case_id: UUID, file_id: UUID, actor: Actor) -> CaseFile:
    """A file of a case that the actor may see; NotFound for everybody else, and once it was taken out."""
    seen = Case.objects.visible_to(actor, *READING).filter(pk=case_id).values("pk")
    file = CaseFile.objects.filter(case__in=seen, pk=file_id, removed_at__isnull=True).select_related("blob").first()
    if file is None:
        raise unseen(case_id, actor)
    return file
