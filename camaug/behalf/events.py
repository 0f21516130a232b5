from datetime import datetime
from uuid import UUID

from camaug.kernel.events import Event, event


@event
class MandateProposed(Event):
    """Somebody asked to act for a person: for these procedures and fields, with these acts, until then."""

    procedures: list[str]
    fields: list[str]
    acts: list[str]
    until: datetime


@event
class MandateConfirmed(Event):
    """The person confirmed it; `proof` says how."""

    proof: str


@event
class MandateEnded(Event):
    """It was ended before its day; `ending` says by whom."""

    ending: str


@event
class ActedForAnother(Event):
    """A line of the journal: what the helper did under the mandate, in which case.

    `what` names the act, `procedure` is a code of the catalogue; `fields` are questions of the form, or papers.
    """

    what: str
    case: UUID
    procedure: str
    code: str = ""
    fields: tuple[str, ...] = ()
