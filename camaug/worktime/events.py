from camaug.kernel.events import Event, event


@event
class DayOffDeclared(Event):
    """A day was declared off, or a swapped day declared worked. `subject` is the day's row.

    `before` is the occasion that was declared for the day until then, "" where none was.
    """

    unit_id: str | None
    date: str
    kind: str
    occasion: str
    source: str
    swapped_with: str | None = None
    before: str = ""


@event
class DayOffWithdrawn(Event):
    """A declared day is again what its weekday says. `subject` was the day's row."""

    unit_id: str | None
    date: str
    kind: str
    occasion: str
    reason: str


@event
class WorkingHoursSet(Event):
    """An agency's week changed from a day on. `subject` is the agency; weeks are seven lists of [opens, closes]."""

    valid_from: str
    week: list[list[list[str]]]
    source: str
    before: list[list[list[str]]] | None = None


@event
class QuestionSettled(Event):
    """An open question of the calendar was answered. `subject` is made of its code."""

    code: str
    question: str
    answer: str


@event
class CalendarLoaded(Event):
    """The profile's hours, days, open questions and grounds were loaded and differed. `subject` is the new revision."""

    profile: str
    days: int
    grounds: int
