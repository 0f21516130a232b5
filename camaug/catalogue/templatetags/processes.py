"""`{% load processes %}{% process_diagram definition current done %}`: a procedure's process, drawn and in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import Process, Step, StepAgency, kind_in
from camaug.catalogue.diagram import Drawing, Mark, Said, mark_of, tall, wide
from camaug.catalogue.forms.wording import said as worded
from camaug.people.queries.roles import kind_names, roles
from camaug.ui.templatetags.words import working_time

register = template.Library()


@dataclass(frozen=True, slots=True)
class StepInWords:
    """One step for those who do not see the drawing."""

    name: str
    agency: str
    role: str
    time: str
    mark: Mark
    asked: tuple[str, ...]


@register.inclusion_tag("catalogue/process_diagram.html")
def process_diagram(
    definition: Definition,
    current: str | None = None,
    done: Collection[str] = (),
    named: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """`current` is the id of the step where a case is, `done` those behind it; both empty: the process as such.

    `named` gives the names of the case's agencies, by the words of the process, where they are known.
    """
    process = definition.process
    said = Said(
        names={step.id: worded(step, "name", get_language()) for step in process.steps},
        times={step.id: hours(step.hours) for step in process.steps},
        agencies=_agencies(process, named or {}),
        flag=_("The case is here"),
    )
    titles = {code: role.name for code, role in roles().items()}
    steps = [_in_words(step, said, titles.get(step.role, ""), mark_of(step, current, done)) for step in process.steps]
    return {
        "id": f"process-{definition.code}",
        "drawings": (wide(process, said, current, done), tall(process, said, current, done)),
        "steps": steps,
        "total": hours(sum((step.hours for step in process.path()), Decimal())),
        "now": said.names.get(current or "", ""),
    }


@register.inclusion_tag("catalogue/admin/process_editor.html")
def process_editor(process: Process, chosen: str | None, faulty: Collection[str]) -> dict[str, Any]:
    """The process of a draft with a link at each step; `chosen` is told, `faulty` marks the steps to be mended."""
    said = Said(
        names={
            step.id: f"{'⚠ ' if step.id in faulty else ''}{worded(step, 'name', get_language())}"
            for step in process.steps
        },
        times={step.id: hours(step.hours) for step in process.steps},
        agencies=_agencies(process, {}),
        flag=_("Chosen"),
    )
    plain = _unmarked(wide(process, said, chosen, ())), _unmarked(tall(process, said, chosen, ()))
    return {"drawings": plain, "faulty": faulty}


def _unmarked(drawing: Drawing) -> Drawing:
    """In a draft nothing is done or to come: only the chosen step is marked."""
    boxes = (replace(box, mark=Mark.PLAIN) if box.mark != Mark.CURRENT else box for box in drawing.boxes)
    return replace(drawing, boxes=tuple(boxes))


def hours(amount: Decimal) -> str:
    """Working hours in words: “4 giờ làm việc”, “2 giờ làm việc 30 phút”."""
    return working_time(int(amount * 60))


def _agencies(process: Process, named: Mapping[str, str]) -> dict[str, str]:
    usual: dict[str, str] = {
        StepAgency.RECEIVING: _("Receiving agency"),
        StepAgency.COMPETENT: _("Deciding agency"),
        StepAgency.ABOVE_COMPETENT: _("Agency above"),
    }
    words = {step.agency for step in process.steps}
    kinds = kind_names() if any(kind_in(word) for word in words) else {}
    return {word: named.get(word) or usual.get(word) or kinds.get(kind_in(word), kind_in(word)) for word in words}


def _in_words(step: Step, said: Said, role: str, mark: Mark) -> StepInWords:
    return StepInWords(
        name=said.names[step.id],
        agency=said.agencies[step.agency],
        role=role,
        time=said.times[step.id],
        mark=mark,
        asked=tuple(f"{worded(asked, 'name', get_language())} ({hours(asked.hours)})" for asked in step.consultations),
    )
