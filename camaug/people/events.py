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
class PersonsJoined(Event):
    """Two entries of the register turned out to be one citizen; the subject is the one that stays."""

    other_id: UUID


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
    """An agency bears another name from a day; `earlier` is the one before."""

    agency_name: str
    from_date: date
    earlier: str = ""


@event
class AgencyMoved(Event):
    """An agency stands under another one from a day; `earlier` is the one before."""

    parent: UUID
    from_date: date
    earlier: UUID | None = None


@event
class AgencyChanged(Event):
    """Other facts of an agency differ from a day on: `changes` maps a column to what it held and what it holds."""

    changes: dict[str, list[str]]
    from_date: date


@event
class AgencyClosed(Event):
    """An agency ended; `until_date` is the first day on which it is no more."""

    until_date: date


@event
class AgencyCodeReplaced(Event):
    """An agency bears its real identity code instead of the profile's."""

    code: str
    earlier: str


@event
class AgencyCodesReplaced(Event):
    """Identity codes were replaced by the real ones: `codes` maps the old to the new."""

    codes: dict[str, str]


@event
class OfficerEngaged(Event):
    """An officer was entered."""

    official_email: str


@event
class OfficerLinked(Event):
    """It was written down who the officer is as a citizen; `himself`: he said so."""

    person_id: UUID
    himself: bool


@event
class OwnNumberSaid(Event):
    """An officer said his personal number, by which nobody is registered; it bars him and proves nothing."""


@event
class OfficerKindChanged(Event):
    """What the account of an officer's entry is for became another; `earlier` is what it was."""

    kind: str
    earlier: str


@event
class OfficerCorrected(Event):
    """What is known of an officer was corrected: `changes` maps a column to what it held and what it holds."""

    changes: dict[str, list[str]]


@event
class OfficerAppointed(Event):
    """An officer holds a position from a day."""

    position: UUID
    agency: UUID
    title: str
    roles: list[str]
    from_date: date


@event
class RolesChanged(Event):
    """A position carries other roles, or became the main one or ceased to be it."""

    position: UUID
    roles: list[str]
    earlier: list[str]
    main: bool


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
class RoleEntrusted(Event):
    """A position carries a role for a time; `delegated_from` is the position whose role it is, None: it was given."""

    position: UUID
    role: str
    delegated_from: UUID | None
    from_at: datetime
    until_at: datetime


@event
class RoleTermEnded(Event):
    """A role that was given or delegated for a time was taken back before its time."""

    position: UUID
    role: str
    delegated_from: UUID | None


@event
class RoleBookChanged(Event):
    """A role grants a permission from a day on as far as `reach` says ("": no more); `earlier` is what it was."""

    role: str
    permission: str
    reach: str
    earlier: str
    from_date: date


@event
class OfficerLeft(Event):
    """An officer left the service; `left_date` is the first day away."""

    left_date: date


@event
class TableSent(Event):
    """An administrator sent a table to be checked; `sha256` is the file."""

    kind: str
    sha256: str


@event
class TableChecked(Event):
    """Every line of the table was looked at; with `wrong` above 0 nothing of it can be imported."""

    kind: str
    new: int
    changed: int
    unchanged: int
    wrong: int


@event
class ImportConfirmed(Event):
    """An administrator wants the checked table to be imported."""

    kind: str
    sha256: str


@event
class TableImported(Event):
    """Every line of the table holds now."""

    kind: str
    new: int
    changed: int
    unchanged: int


@event
class AbsenceEnded(Event):
    """An absence ended before its time, or was taken back before it began."""

    position: UUID
    from_at: datetime
    ended_at: datetime


@event
class RepresentationDeclared(Event):
    """Somebody said that a person represents an organisation; nothing follows from it before it is proven."""

    business: UUID
    capacity: str


@event
class RepresentationProven(Event):
    """It was proven: `proof` says how, `scan` is the digest of the paper seen, `vouched_by` the confirmer's relation.

    `until_at` None: until it is ended.
    """

    business: UUID
    capacity: str
    proof: str
    from_at: datetime
    until_at: datetime | None
    scan: str = ""
    vouched_by: UUID | None = None


@event
class RepresentationEnded(Event):
    """It was ended; `ending` says by whom."""

    business: UUID
    ending: str
