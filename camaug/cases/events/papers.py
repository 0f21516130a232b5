"""What happens to the papers of a dossier. Subject: the case."""

from uuid import UUID

from camaug.kernel.events import Event, event


@event
class PaperAdded(Event):
    """A file was given for a component of the dossier."""

    paper: str
    file: UUID
    sha256: str


@event
class PaperRemoved(Event):
    """A file was taken out before it was sent."""

    paper: str
    file: UUID


@event
class PicturesJoined(Event):
    """Several pictures of a component became one PDF, in this order; `out` are those that were taken out for it."""

    paper: str
    file: UUID
    sha256: str
    pictures: tuple[UUID, ...]
    out: tuple[UUID, ...]


@event
class FileQuarantined(Event):
    """A virus was found in a file of the dossier; it was taken out and nobody can open it any more."""

    paper: str
    file: UUID
    virus: str


@event
class PaperChecked(Event):
    """An officer checked a component, or noted which data replace it."""

    code: str
    paper: str
    state: str
    source: str = ""
