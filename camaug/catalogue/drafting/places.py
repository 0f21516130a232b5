"""Where something stands in a draft's content, as a path of keys and numbers; changes give a new content."""

from copy import deepcopy
from typing import Any

from camaug.kernel.errors import NotFound

type Content = dict[str, Any]
type Place = tuple[str | int, ...]

DEEPEST = 16


def place_in(text: str) -> Place:
    """The place that an address names: "fees/0/waivers/1"."""
    steps = [step for step in text.split("/") if step]
    if len(steps) > DEEPEST:
        raise NotFound
    return tuple(int(step) if step.isascii() and step.isdigit() and len(step) < 5 else step for step in steps)


def address_of(place: Place) -> str:
    """The place as it stands in an address."""
    return "/".join(str(step) for step in place)


def value_at(content: Any, place: Place) -> Any:
    """What stands there; NotFound where there is no such place."""
    for step in place:
        in_dict = isinstance(content, dict) and step in content
        in_list = isinstance(content, list) and isinstance(step, int) and step < len(content)
        if not (in_dict or in_list):
            raise NotFound
        content = content[step]
    return content


def found_at(content: Any, place: Place) -> Any:
    """What stands there, or None."""
    try:
        return value_at(content, place)
    except NotFound:
        return None


def list_at(content: Any, place: Place) -> list[Any]:
    """The list that stands there; empty where nothing does."""
    value = found_at(content, place)
    return value if isinstance(value, list) else []


def put(content: Content, place: Place, value: Any) -> Content:
    """The content with the value there; what lies above is made where it is missing."""
    made = deepcopy(content)
    target: Any = made
    for step in place[:-1]:
        if isinstance(target, dict) and not isinstance(target.get(str(step)), dict | list):
            target[str(step)] = {}
        target = value_at(target, (step,))
    last: Any = place[-1]
    target[last] = value
    return made


def add(content: Content, place: Place, item: Any, *, at: int | None = None) -> Content:
    """The content with one more item in the list there, at its end or at a number."""
    items = list_at(content, place)
    n = len(items) if at is None else max(0, min(at, len(items)))
    return put(content, place, [*items[:n], item, *items[n:]])


def remove(content: Content, place: Place) -> Content:
    """The content without the item there."""
    *above, n = place
    value_at(content, place)
    items = list_at(content, tuple(above))
    return put(content, tuple(above), [item for number, item in enumerate(items) if number != n])


def move(content: Content, place: Place, to: Place) -> Content:
    """The content with the item of one place taken to another, in the same list or in one of the same kind.

    `to` counts with the item already taken away.
    """
    item = value_at(content, place)
    *into, n = to
    made = remove(content, place)
    if not isinstance(n, int) or not isinstance(value_at(made, tuple(into)), list):
        raise NotFound
    return add(made, tuple(into), item, at=n)
