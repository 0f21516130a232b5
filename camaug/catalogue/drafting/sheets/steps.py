"""The sheets of the internal process. What follows and what goes back is set on the diagram (`drafting.steps`)."""

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.process import Consultation, Process, Step
from camaug.catalogue.drafting.entries import Entry, Kind, Listing, Sheet
from camaug.catalogue.drafting.sheets.dossier import ID, UNSOURCED
from camaug.catalogue.drafting.sheets.sourcing import english, sourced

SILENCE = _("When nobody answers")
DRAFT = _("Draft to which the applicant agrees")
REMINDERS = _("Reminders that differ from the province's")


def silence(name: str) -> tuple[Entry, ...]:
    """After how many working hours without an answer what follows."""
    return (
        Entry(f"{name}.after_hours", _("After so many working hours"), Kind.HOURS, none=True, fold=SILENCE),
        Entry(f"{name}.then", _("What follows"), Kind.CHOICE, choices="silence_effects", none=True, fold=SILENCE),
        *sourced(f"{name}.", SILENCE),
    )


def reminders(name: str) -> tuple[Entry, ...]:
    """What differs from the province's rules."""
    return (
        Entry(
            f"{name}.step_soon_percent",
            _("A step is nearly over at so many percent of its time"),
            Kind.NUMBER,
            none=True,
            fold=REMINDERS,
        ),
        Entry(
            f"{name}.case_soon_hours",
            _("A case is nearly due so many working hours ahead"),
            Kind.HOURS,
            none=True,
            fold=REMINDERS,
        ),
        Entry(
            f"{name}.case_soon_percent",
            _("and not before so many percent of its time"),
            Kind.NUMBER,
            none=True,
            fold=REMINDERS,
        ),
        Entry(
            f"{name}.escalate_after",
            _("Lateness goes up a level after so many working hours, one a line"),
            Kind.LINES,
            fold=REMINDERS,
        ),
        *sourced(f"{name}.", REMINDERS),
    )


def draft_consent(name: str) -> tuple[Entry, ...]:
    """What the applicant agrees to before the step is left."""
    return (
        Entry(f"{name}.amount", _("Time to agree or to say what is wrong"), Kind.NUMBER, none=True, fold=DRAFT),
        Entry(f"{name}.unit", _("Unit"), Kind.CHOICE, choices="units", none=True, fold=DRAFT),
        Entry(
            f"{name}.channels",
            _("Ways of applying"),
            Kind.CHOICES,
            choices="channels",
            hint=_("None: all ways"),
            fold=DRAFT,
        ),
        Entry(f"{name}.required", _("The step is not left before the answer"), Kind.YES, fold=DRAFT),
        Entry(f"{name}.silence", _("What follows"), Kind.CHOICE, choices="silence_effects", none=True, fold=DRAFT),
        *sourced(f"{name}.", DRAFT),
    )


PROCESS = Sheet(
    _("Process as a whole"),
    Process,
    (
        Entry("immediate", _("The counter may finish a simple case on the spot"), Kind.YES),
        *silence("unsupplemented"),
        *reminders("reminders"),
        *sourced(),
    ),
    prefix=("process",),
)
STEP = Sheet(
    _("Step of the process"),
    Step,
    (
        Entry("name", _("What is done")),
        Entry("short", _("Name in lists")),
        Entry("kind", _("Kind of step"), Kind.CHOICE, choices="step_kinds"),
        Entry("agency", _("Whose step it is"), Kind.CHOICE, choices="step_agencies"),
        Entry("role", _("Role"), Kind.CHOICE, choices="roles"),
        Entry("hours", _("Working hours"), Kind.HOURS, hint=_("For example 4 or 0,5")),
        ID,
        *draft_consent("draft_consent"),
        english("name_en", _("What is done")),
    ),
    (
        Listing(
            "consultations",
            _("Other agencies asked"),
            _("Add an agency to be asked"),
            {"id": "", "name": "", "agency": "", "role": "", "question": "", "hours": "8", **UNSOURCED},
        ),
    ),
)
CONSULTATION = Sheet(
    _("Agency asked"),
    Consultation,
    (
        Entry("name", _("What it is called")),
        ID,
        Entry("agency", _("Agency"), Kind.CHOICE, choices="asked_agencies"),
        Entry("role", _("Role"), Kind.CHOICE, choices="roles"),
        Entry("question", _("Question"), Kind.LONG),
        Entry("hours", _("Working hours to answer"), Kind.HOURS),
        Entry("stops", _("Ground on which the clock stands still meanwhile"), Kind.CHOICE, choices="stop_grounds"),
        Entry("duty", _("The answer says what the applicant has to pay"), Kind.YES),
        Entry("required", _("The step is not left before the answer"), Kind.YES),
        *silence("silence"),
        *sourced(),
        english("name_en", _("What it is called")),
    ),
)
