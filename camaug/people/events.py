from datetime import date, datetime
from uuid import UUID

from camaug.kernel.events import Event, event


@event
class ProfileLoaded(Event):
    """The province's profile was loaded: agencies, officers and places that were not there yet."""

    profile: str
    agencies: int
    officers: int
    places: int


@event
class PersonRegistered(Event):
    """A citizen was entered."""


@event
class PersonCorrected(Event):
    """What is known of a citizen was corrected; only the names of the changed fields are kept."""

    fields: list[str]


@event
class BusinessRegistered(Event):
    """A household business, enterprise or other organisation was entered."""

    tax_code: str


@event
class AgencyFounded(Event):
    """An agency began."""

    code: str
    agency_name: str
    parent: UUID | None
    from_date: date


@event
class AgencyRenamed(Event):
    """An agency bears another name from a day."""

    agency_name: str
    from_date: date


@event
class AgencyMoved(Event):
    """An agency stands under another one from a day."""

    parent: UUID
    from_date: date


@event
class AgencyClosed(Event):
    """An agency ended; `until_date` is the first day on which it is no more."""

    until_date: date


@event
class AgencyCodesReplaced(Event):
    """Identity codes were replaced by the real ones: `codes` maps the old to the new."""

    codes: dict[str, str]


@event
class OfficerEngaged(Event):
    """An officer was entered."""

    official_email: str


@event
class OfficerAppointed(Event):
    """An officer holds a position from a day."""

    position: UUID
    agency: UUID
    title: str
    roles: list[str]
    from_date: date


@event
class PositionEnded(Event):
    """An officer no longer holds a position; `until_date` is the first day without it."""

    position: UUID
    until_date: date


@event
class AbsenceDeclared(Event):
    """A holder is away for a period; the stand-in acts in the position meanwhile."""

    position: UUID
    stand_in: UUID | None
    from_at: datetime
    until_at: datetime


@event
class OfficerLeft(Event):
    """An officer left the service; `left_date` is the first day away."""

    left_date: date
