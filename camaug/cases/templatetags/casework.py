"""Words and colours of cases on the desk. `{% load casework %}`"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from camaug.behalf.queries import Proof, Relation
from camaug.behalf.queries.wording import PROOFS, RELATIONS
from camaug.cases.actions.start_batch import MOST
from camaug.cases.lifecycle import FINISHED, PaperState, State
from camaug.cases.models import Verdict
from camaug.cases.policy import AS_HEAD
from camaug.cases.queries import CaseRow, bulk_moves
from camaug.cases.queries.lists import Due
from camaug.cases.web.desk.batch_words import BULK, BulkWay
from camaug.catalogue.definition.sourcing import Part
from camaug.catalogue.forms.wording import said
from camaug.kernel.actors import Actor
from camaug.ui.templatetags.words import day, near
from camaug.worktime.queries import remaining_words

register = template.Library()

TONES: dict[State, str] = {
    State.DRAFT: "plain",
    State.SUBMITTED: "new",
    State.RECEIVED: "doing",
    State.IN_PROCESS: "doing",
    State.SUPPLEMENTED: "new",
    State.SUPPLEMENT_REQUESTED: "waiting",
    State.SUSPENDED: "waiting",
    State.FINANCIAL_DUTY: "waiting",
    State.WITHDRAWAL_ASKED: "waiting",
    State.GRANTED: "doing",
    State.DENIED: "doing",
    State.RESULT_READY: "done",
    State.HANDED_OUT: "done",
    State.REFUSED: "plain",
    State.STOPPED: "plain",
    State.REVOKED: "late",
}
CHANNELS = {
    "COUNTER": gettext_lazy("at the counter"),
    "ONLINE": gettext_lazy("online"),
    "POST": gettext_lazy("by post"),
}
PAPERS: dict[PaperState, tuple[Any, str]] = {
    PaperState.MISSING: (gettext_lazy("Missing"), "late"),
    PaperState.GIVEN: (gettext_lazy("Not yet checked"), "new"),
    PaperState.REPLACED: (gettext_lazy("Replaced by data"), "done"),
    PaperState.CHECKED: (gettext_lazy("Checked"), "done"),
}
DELIVERY = {
    "COUNTER": gettext_lazy("At the one-stop counter"),
    "POST": gettext_lazy("By post"),
    "ELECTRONIC": gettext_lazy("Electronic copy only"),
}
VERDICTS = {
    Verdict.AGREES: gettext_lazy("Agrees"),
    Verdict.AGREES_IF: gettext_lazy("Agrees on conditions"),
    Verdict.DISAGREES: gettext_lazy("Does not agree"),
    Verdict.INFORMS: gettext_lazy("Informs"),
}
FORMS = {
    1: gettext_lazy("Receipt and appointment for the result"),
    2: gettext_lazy("Request to supplement the dossier"),
    3: gettext_lazy("Notice that the dossier is not accepted"),
    4: gettext_lazy("Apology and new date"),
    5: gettext_lazy("Notice that the case is stopped"),
    6: gettext_lazy("Control sheet"),
}


@register.filter
def tone(state: State) -> str:
    """The colour of a state's tag."""
    return TONES[State(state)]


@register.filter
def verdict(value: str) -> Any:
    """What another agency answered, in a word or two."""
    return VERDICTS[Verdict(value)]


@register.filter
def channel(value: str) -> str:
    """How the application came: "nộp tại quầy"."""
    return str(CHANNELS.get(value, ""))


@register.filter
def paper_words(state: PaperState, required: bool = True) -> str:
    """The state of a paper in words; what is not required is not missing."""
    if state == PaperState.MISSING and not required:
        return _("Not given, not required")
    return str(PAPERS[PaperState(state)][0])


@register.filter
def paper_tone(state: PaperState, required: bool = True) -> str:
    """The colour of a paper's tag."""
    return "plain" if state == PaperState.MISSING and not required else PAPERS[PaperState(state)][1]


@register.filter
def delivery_words(way: str) -> str:
    """How the applicant wants the result."""
    return str(DELIVERY.get(way, ""))


@register.filter
def relation_words(relation: str) -> str:
    """Who a helper is to the person."""
    return str(RELATIONS[Relation(relation)])


@register.filter
def proof_words(proof: str) -> str:
    """How a person confirmed a mandate."""
    return str(PROOFS[Proof(proof)])


@register.filter
def form_words(form: int) -> str:
    """The name of a statutory form."""
    return str(FORMS.get(form, ""))


@register.filter
def due_words(due: Due, now: datetime) -> str:
    """When it is due: "today, 17:00", "3 working hours late", "the clock stands still"."""
    if due.tone == "stopped":
        return _("the clock stands still")
    if due.tone == "late" and due.left is not None:
        return remaining_words(due.left, past=True)
    return near(due.at, now) if due.at is not None and due.tone != "none" else ""


@register.filter
def row_due(row: CaseRow, now: datetime) -> str:
    """The same for a row of a list, where what is done says when it was."""
    if row.finished_at is not None and (row.state in FINISHED or row.state == State.RESULT_READY):
        return _("done {day}").format(day=day(row.finished_at))
    return due_words(row.due, now) or _("no time limit yet")


@register.filter
def meter_state(due: Due) -> str:
    """The colour of the bar."""
    return {"stopped": "paused", "none": "ok"}.get(due.tone, due.tone)


@register.filter
def in_language(part: Part, text: str) -> str:
    """A definition's own text in the reader's language."""
    return said(part, text, get_language())


@register.simple_tag
def bulk_ways(rows: Sequence[CaseRow], actor: Actor) -> tuple[BulkWay, ...]:
    """What can be done for many of the rows at once, printing always; assigning is a head's."""
    if not rows:
        return ()
    asked = [move for move in BULK if move != "assign" or actor.may(AS_HEAD)]
    return (*(BULK[move] for move in bulk_moves(rows, asked)), BULK["print"])


@register.simple_tag
def bulk_most() -> int:
    """How many cases may be moved at once."""
    return MOST
