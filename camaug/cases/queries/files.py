"""Files of a case, for those who may see the case."""

from uuid import UUID

from camaug.cases.models import Case, CaseFile, Cases, Result, Slip
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound


def dossier_file(code: str, file_id: UUID, actor: Actor) -> CaseFile:
    """A file given for a paper of the case; NotFound for strangers and for what was taken out."""
    files = CaseFile.objects.filter(case__in=_seen(code, actor).values("pk"), removed_at__isnull=True)
    return _found(files.select_related("blob").filter(pk=file_id).first())


def slip(code: str, slip_id: UUID, actor: Actor) -> Slip:
    """A statutory form issued in the case; NotFound for strangers."""
    return _found(Slip.objects.filter(case__in=_seen(code, actor).values("pk"), pk=slip_id).first())


def result(code: str, result_id: UUID, actor: Actor) -> Result:
    """A result of the case; NotFound for strangers."""
    return _found(Result.objects.filter(case__in=_seen(code, actor).values("pk"), pk=result_id).first())


def infected() -> tuple[UUID, ...]:
    """Files in which a virus was found and which still stand in a dossier."""
    return tuple(CaseFile.objects.infected().there().values_list("pk", flat=True))


def is_visible(code: str, actor: Actor) -> bool:
    """Whether the actor may know of the case."""
    return _seen(code, actor).exists()


def _seen(code: str, actor: Actor) -> Cases:
    return Case.objects.visible_to(actor).submitted().filter(code=code)


def _found[T](thing: T | None) -> T:
    if thing is None:
        raise NotFound
    return thing
