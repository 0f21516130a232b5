"""A case carried through a process on paper: by the lifecycle's own table, without a database.

The catalogue asks it whether the way that a scenario names can be gone at all, and which statutory forms it produces.
"""

from collections.abc import Iterator

from camaug.cases.lifecycle import LIFECYCLE, MOVE_FORMS, State, open_moves
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import Process, Step, StepKind
from camaug.catalogue.definition.slips import slip
from camaug.catalogue.walking import Moves, Route, Walk, register

_LEADS = {
    StepKind.LINK: "complete",
    StepKind.APPROVE: "approve",
    StepKind.PUBLISH: "publish_result",
    StepKind.RETURN: "hand_out",
}
_DECIDING = frozenset({StepKind.REVIEW, StepKind.APPROVE})
BY_DATA = frozenset({"FORM_01"})
"""Of a part of an application nobody gets a receipt: its data come from the office that received the whole."""


def walk(definition: Definition, route: Route, moves: Moves) -> Walk:
    """The forms that the moves along the route produce, or the first move that the lifecycle does not allow there."""
    state, forms = LIFECYCLE.after("submit", State.DRAFT), set[str]()
    for step, move in _moves(definition.process, route, moves):
        if move not in open_moves(state, step.kind):
            return Walk(stuck=slip("not_open", move=move, step=step.id, state=state))
        state = LIFECYCLE.after(move, state)
        forms |= {f"FORM_{form:02d}" for form in MOVE_FORMS.get(move, ())}
    return Walk(slips=tuple(sorted(forms - BY_DATA if definition.part_only else forms)))


def _moves(process: Process, route: Route, moves: Moves) -> Iterator[tuple[Step, str]]:
    """Every move of the way, with the step at which it is made."""
    way = [process.step(step_id) for step_id in route]
    for place, step in enumerate(way):
        if place == 0:
            yield step, "receive"
        if step not in way[:place]:
            yield from ((step, move) for move in moves.get(step.id, ()))
        yield step, leading_move(step, way[place + 1] if place + 1 < len(way) else None)


def leading_move(step: Step, following: Step | None) -> str:
    """The move that takes a case on from a step to the one that follows it on the way; back is for rework."""
    if following is not None and following.id not in step.next:
        return "send_back"
    if step.kind in _LEADS:
        return _LEADS[step.kind]
    proposes = step.kind != StepKind.RECEIVE and following is not None and following.kind in _DECIDING
    return "propose" if proposes else "hand_over"


register(walk)
