"""What happens to drafts that applicants are shown. Subject: the case."""

from uuid import UUID

from camaug.kernel.events import Event, event


@event
class DraftShown(Event):
    """The applicant was shown the draft of the result, to agree to it until `due_at`."""

    code: str
    draft: UUID
    due_at: str


@event
class DraftAgreed(Event):
    """The applicant agrees to the draft."""

    code: str
    draft: UUID


@event
class DraftObjected(Event):
    """The applicant finds something wrong in the draft; `note`: what."""

    code: str
    draft: UUID
    note: UUID


@event
class DraftOutdated(Event):
    """What the draft says was changed after it was shown: it has to be shown anew."""

    code: str
    draft: UUID
