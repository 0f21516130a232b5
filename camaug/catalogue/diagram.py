"""Draws a process from its data: where each box, line and word of the SVG goes. Pure; units are the drawing's own.

Two drawings of the same steps: WIDE, left to right with a lane for each agency, and TALL, top to bottom for a phone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from camaug.catalogue.definition.process import Process, Step

_LETTER = 8.0
"""The usual width of a letter of the 14-unit type, with room to spare."""
_LINE = 19
_PAD = 12


class Mark(StrEnum):
    """How far a step is in one case; a diagram without a case has only PLAIN steps."""

    PLAIN = "plain"
    DONE = "done"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text at its base line."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One step. `name` are the lines of its name; `time` its working hours; `flag` "you are here", where it is."""

    step: str
    x: int
    y: int
    width: int
    height: int
    mark: Mark
    name: tuple[Words, ...]
    time: tuple[Words, ...]
    flag: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One agency's part of the ground, with its name."""

    x: int
    y: int
    width: int
    height: int
    name: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one step to another, as an SVG path with the point of its head; `usual` ways are drawn full."""

    path: str
    head: str
    usual: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything of one SVG."""

    kind: str
    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What the drawing says in the reader's language: step names and times by step id, agencies, the flag."""

    names: Mapping[str, str]
    times: Mapping[str, str]
    agencies: Mapping[str, str]
    flag: str


def mark_of(step: Step, current: str | None, done: Collection[str]) -> Mark:
    """A step's mark; the current one is current even where it was done before."""
    if step.id == current:
        return Mark.CURRENT
    if step.id in done:
        return Mark.DONE
    return Mark.COMING if current or done else Mark.PLAIN


def wrap(text: str, width: int) -> tuple[str, ...]:
    """The text in lines that fit into so many units."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * _LETTER <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def wide(process: Process, said: Said, current: str | None, done: Collection[str]) -> Drawing:
    """Left to right, a lane for each agency."""
    label, box_width, gap, air = 150, 158, 30, 22
    agencies = list(dict.fromkeys(step.agency for step in process.steps))
    marks = {step.id: mark_of(step, current, done) for step in process.steps}
    heights = {
        step.id: _box(step, said, x=0, y=0, width=box_width, mark=marks[step.id]).height for step in process.steps
    }
    lane_height = max(heights.values()) + 2 * air
    width = label + len(process.steps) * (box_width + gap) + gap // 2
    lanes = tuple(
        Lane(
            0,
            n * lane_height,
            width,
            lane_height,
            _words(_PAD, n * lane_height + air + 16, said.agencies[agency], label - 2 * _PAD),
        )
        for n, agency in enumerate(agencies)
    )
    boxes = tuple(
        _box(
            step,
            said,
            x=label + n * (box_width + gap),
            y=agencies.index(step.agency) * lane_height + (lane_height - heights[step.id]) // 2,
            width=box_width,
            mark=marks[step.id],
        )
        for n, step in enumerate(process.steps)
    )
    height = len(agencies) * lane_height
    arrows = _arrows(process, boxes, across=True)
    return Drawing("wide", width, height, lanes, boxes, arrows)


def tall(process: Process, said: Said, current: str | None, done: Collection[str]) -> Drawing:
    """Top to bottom, for 320 units of width; each box carries its agency's name instead of a lane."""
    width, margin, gap, caption = 320, 28, 26, 20
    boxes: list[Box] = []
    lanes: list[Lane] = []
    y, before = 0, None
    for step in process.steps:
        if step.agency != before:
            lanes.append(Lane(0, y, width, 0, (Words(margin, y + 15, said.agencies[step.agency]),)))
            y, before = y + caption + 6, step.agency
        box = _box(step, said, x=margin, y=y, width=width - margin - 2, mark=mark_of(step, current, done))
        boxes.append(box)
        y += box.height + gap
    closed = [
        Lane(lane.x, lane.y, width, (lanes[n + 1].y if n + 1 < len(lanes) else y - gap + 6) - lane.y, lane.name)
        for n, lane in enumerate(lanes)
    ]
    return Drawing("tall", width, y - gap + 8, tuple(closed), tuple(boxes), _arrows(process, boxes, across=False))


def _box(step: Step, said: Said, *, x: int, y: int, width: int, mark: Mark) -> Box:
    inside, top = width - 2 * _PAD, y + _PAD + 13
    name = _words(x + _PAD, top, said.names[step.id], inside)
    tick = "✓ " if mark is Mark.DONE else ""
    time = _words(x + _PAD, top + _LINE * len(name), tick + said.times[step.id], inside)
    lines = len(name) + len(time)
    flag = _words(x + _PAD, top + _LINE * lines, f"▶ {said.flag}", inside) if mark is Mark.CURRENT else ()
    height = 2 * _PAD + _LINE * (lines + len(flag))
    return Box(step.id, x, y, width, height + height % 2, mark, name, time, flag)


def _words(x: int, y: int, text: str, width: int) -> tuple[Words, ...]:
    return tuple(Words(x, y + n * _LINE, line) for n, line in enumerate(wrap(text, width)))


def _arrows(process: Process, boxes: Sequence[Box], *, across: bool) -> tuple[Arrow, ...]:
    """Usual ways between neighbours run straight; every other way runs round the boxes, one beside the other."""
    place = {box.step: n for n, box in enumerate(boxes)}
    arrows: list[Arrow] = []
    rounds = 0
    for step in process.steps:
        for n, target in enumerate((*step.next, *step.back)):
            source, goal = boxes[place[step.id]], boxes[place[target]]
            if place[target] == place[step.id] + 1:
                path, head = _right(source, goal) if across else _down(source, goal)
            else:
                rounds += 1
                path, head = _over(source, goal, rounds) if across else _beside(source, goal, rounds)
            arrows.append(Arrow(path, head, usual=n == 0 and bool(step.next)))
    return tuple(arrows)


def _right(source: Box, goal: Box) -> tuple[str, str]:
    y, goal_y = source.y + source.height // 2, goal.y + goal.height // 2
    middle = (source.x + source.width + goal.x) // 2
    head = f"{goal.x},{goal_y} {goal.x - 8},{goal_y - 5} {goal.x - 8},{goal_y + 5}"
    return f"M{source.x + source.width} {y}H{middle}V{goal_y}H{goal.x - 6}", head


def _down(source: Box, goal: Box) -> tuple[str, str]:
    x = source.x + source.width - 40
    head = f"{x},{goal.y} {x - 5},{goal.y - 8} {x + 5},{goal.y - 8}"
    return f"M{x} {source.y + source.height}V{goal.y - 6}", head


def _over(source: Box, goal: Box, rounds: int) -> tuple[str, str]:
    x, goal_x = source.x + source.width // 3, goal.x + 2 * goal.width // 3
    y = min(source.y, goal.y) - 6 - 4 * rounds
    head = f"{goal_x},{goal.y} {goal_x - 5},{goal.y - 8} {goal_x + 5},{goal.y - 8}"
    return f"M{x} {source.y}V{y}H{goal_x}V{goal.y - 6}", head


def _beside(source: Box, goal: Box, rounds: int) -> tuple[str, str]:
    x, y, goal_y = source.x - 5 - 5 * rounds, source.y + source.height // 3, goal.y + 2 * goal.height // 3
    head = f"{goal.x},{goal_y} {goal.x - 8},{goal_y - 5} {goal.x - 8},{goal_y + 5}"
    return f"M{source.x} {y}H{x}V{goal_y}H{goal.x - 6}", head
