"""Changes of the process on its diagram: a step after another, ways forth and back, a step taken out."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from camaug.catalogue.definition.process import Process, Step
from camaug.catalogue.drafting.places import Content, list_at, put

STEPS = ("process", "steps")
WAYS = ("next", "back")


def number_of(content: Content, step: str) -> int | None:
    """Where the step stands in the list; None where there is none of that name."""
    return next((n for n, one in enumerate(list_at(content, STEPS)) if one.get("id") == step), None)


def with_step_after(content: Content, before: str, new: dict[str, Any]) -> Content:
    """A new step that takes over what followed the step before it."""
    steps = list_at(content, STEPS)
    n = number_of(content, before)
    if n is None:
        return put(content, STEPS, [*steps, {**new, "next": [], "back": []}])
    taken = {**new, "next": list(steps[n].get("next", ())), "back": []}
    earlier = {**steps[n], "next": [new["id"]]}
    return put(content, STEPS, [*steps[:n], earlier, taken, *steps[n + 1 :]])


def without_step(content: Content, gone: str) -> Content:
    """Without the step; what led to it leads to what usually followed it."""
    steps = list_at(content, STEPS)
    after = next((list(step.get("next", ()))[:1] for step in steps if step.get("id") == gone), [])
    kept = []
    for step in (one for one in steps if one.get("id") != gone):
        forth = [target for name in step.get("next", ()) for target in (after if name == gone else [name])]
        back = [name for name in step.get("back", ()) if name != gone]
        kept.append({**step, "next": list(dict.fromkeys(forth)), "back": back})
    return put(content, STEPS, kept)


def connected(content: Content, step: str, way: str, target: str) -> Content:
    """With a way from the step to another."""
    return _with_ways(content, step, way, lambda ways: list(dict.fromkeys([*ways, target])))


def disconnected(content: Content, step: str, way: str, target: str) -> Content:
    """Without that way."""
    return _with_ways(content, step, way, lambda ways: [one for one in ways if one != target])


def usual(content: Content, step: str, target: str) -> Content:
    """With that way forth as the usual one."""
    return _with_ways(content, step, "next", lambda ways: [target, *(one for one in ways if one != target)])


def renamed(content: Content, old: str, new: str) -> Content:
    """Ways that led to a step lead to it under its new name."""
    steps = [
        {**step, **{way: [new if one == old else one for one in step.get(way, ())] for way in WAYS}}
        for step in list_at(content, STEPS)
    ]
    return put(content, STEPS, steps)


def drawable(content: Content) -> Process:
    """The process as far as it can be drawn: steps that lack something get it, ways that lead nowhere are left out."""
    known = [step for step in list_at(content, STEPS) if step.get("id")]
    names = {step["id"] for step in known}
    made = {step["id"]: _drawable(step, names) for step in known}
    return Process.model_construct(steps=tuple(made.values()), immediate=False)


def _drawable(step: dict[str, Any], names: set[str]) -> Step:
    try:
        hours = Decimal(str(step.get("hours", 0)))
    except InvalidOperation:
        hours = Decimal(0)
    return Step.model_construct(
        id=step["id"],
        name=str(step.get("name") or step["id"]),
        name_en=str(step.get("name_en", "")),
        short=str(step.get("short", "")),
        kind=step.get("kind", ""),
        agency=str(step.get("agency") or "RECEIVING"),
        role=str(step.get("role", "")),
        hours=hours,
        next=tuple(one for one in step.get("next", ()) if one in names),
        back=tuple(one for one in step.get("back", ()) if one in names),
        consultations=(),
    )


def _with_ways(content: Content, step: str, way: str, change: Callable[[list[str]], list[str]]) -> Content:
    n = number_of(content, step)
    if n is None or way not in WAYS:
        return content
    return put(content, (*STEPS, n, way), change(list(list_at(content, (*STEPS, n, way)))))
