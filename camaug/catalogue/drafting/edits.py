"""One change of a draft, as a value: what it does, where, and what the history says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.drafting import steps
from camaug.catalogue.drafting.entries import Sheet
from camaug.catalogue.drafting.places import Content, Place, add, address_of, found_at, list_at, move, put, remove
from camaug.catalogue.drafting.sheets import heading, listing_at, sheet_at
from camaug.catalogue.drafting.tidying import with_values
from camaug.kernel.errors import DomainError, InvalidInput, NotFound

_LONGEST = 200


class NameTaken(DomainError):
    """Things of one list need names of their own."""

    sentence = _("There is “{name}” already; choose another short name.")


@dataclass(frozen=True, kw_only=True)
class Edit:
    """Base of all edits; `place` is what is changed."""

    place: Place
    what: str = "PUT"

    @property
    def address(self) -> str:
        """The place as it stands in an address."""
        return address_of(self.place)

    def applied(self, content: Content) -> Content:
        """The content after the change. Raises NotFound, InvalidInput or a refusal of its own."""
        raise NotImplementedError

    @property
    def named(self) -> str:
        """What the changed thing is called, where the edit itself says it."""
        return ""

    def heading(self, before: Content, after: Content) -> str:
        """What the changed thing is called."""
        there = heading(found_at(after, self.place)) or heading(found_at(before, self.place))
        return (self.named or there)[:_LONGEST]

    def changes(self, before: Content, after: Content) -> dict[str, list[Any]]:  # noqa: ARG002 (one shape for all)
        """The differing values by name, each before and after, long texts cut short."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Put(Edit):
    """The values of a sheet; `was` is the name of the item that the form showed, so that no other is written over."""

    values: Mapping[str, Any]
    was: str | None = None

    def applied(self, content: Content) -> Content:
        sheet, at = sheet_at(self.place)
        there = found_at(content, at)
        if there is None or (self.was is not None and len(self.place) > 1 and heading(there) != self.was):
            raise NotFound
        self._check_name(content, there)
        made = with_values(content, at, sheet, self.values)
        old, new = there.get("id") if isinstance(there, dict) else None, self.values.get("id")
        return steps.renamed(made, str(old), str(new)) if self._is_step and old and new and old != new else made

    @property
    def _is_step(self) -> bool:
        return self.place[:-1] == steps.STEPS

    def _check_name(self, content: Content, there: Any) -> None:
        name = self.values.get("id")
        if len(self.place) < 2 or not name:
            return
        others = [one for one in list_at(content, self.place[:-1]) if one is not there]
        if any(one.get("id") == name for one in others):
            raise InvalidInput({"id": str(NameTaken(name=name))})

    def changes(self, before: Content, after: Content) -> dict[str, list[Any]]:
        sheet, at = sheet_at(self.place)
        return _differing(sheet, found_at(before, at), found_at(after, at))


@dataclass(frozen=True, kw_only=True)
class Added(Edit):
    """A new item at the end of the list at `place`."""

    item: Mapping[str, Any] = field(default_factory=dict)
    what: str = "ADDED"

    def applied(self, content: Content) -> Content:
        listing = listing_at(self.place)
        blank = dict(listing.blank) if listing else {}
        return add(content, self.place, {**blank, **self.item})

    @property
    def named(self) -> str:
        return heading(dict(self.item))


@dataclass(frozen=True, kw_only=True)
class Removed(Edit):
    """The item at `place` is taken out; `was` is what the page called it."""

    was: str
    what: str = "REMOVED"

    def applied(self, content: Content) -> Content:
        if heading(found_at(content, self.place)) != self.was:
            raise NotFound
        return remove(content, self.place)


@dataclass(frozen=True, kw_only=True)
class Moved(Edit):
    """The item at `place` goes to another place; `was` is what the page called it."""

    to: Place
    was: str
    what: str = "MOVED"

    def applied(self, content: Content) -> Content:
        if heading(found_at(content, self.place)) != self.was or str(self.to[-2]) != str(self.place[-2]):
            raise NotFound
        return move(content, self.place, self.to)

    @property
    def named(self) -> str:
        return self.was


def _differing(sheet: Sheet, before: Any, after: Any) -> dict[str, list[Any]]:
    pairs = {e.name: (found_at(before, e.path), found_at(after, e.path)) for e in sheet.entries}
    return {name: [_short(old), _short(new)] for name, (old, new) in pairs.items() if old != new}


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[:_LONGEST]}…"
    return value


@dataclass(frozen=True, kw_only=True)
class StepAdded(Edit):
    """A new step after the one at `place`."""

    after: str
    item: Mapping[str, Any]
    what: str = "ADDED"

    def applied(self, content: Content) -> Content:
        if steps.number_of(content, str(self.item["id"])) is not None:
            raise InvalidInput({"name": str(NameTaken(name=self.item["id"]))})
        return steps.with_step_after(content, self.after, dict(self.item))

    @property
    def named(self) -> str:
        return heading(dict(self.item))


@dataclass(frozen=True, kw_only=True)
class StepRemoved(Edit):
    """A step taken out; what led to it leads on."""

    step: str
    what: str = "REMOVED"

    def applied(self, content: Content) -> Content:
        if steps.number_of(content, self.step) is None:
            raise NotFound
        return steps.without_step(content, self.step)


@dataclass(frozen=True, kw_only=True)
class WayChanged(Edit):
    """A way from a step: `how` is connect, disconnect or usual; `way` is next or back."""

    step: str
    way: str
    target: str
    how: str

    def applied(self, content: Content) -> Content:
        known = {one.get("id") for one in list_at(content, steps.STEPS)}
        if self.step not in known or self.way not in steps.WAYS:
            raise NotFound
        match self.how:
            case "connect" if self.target in known and self.target != self.step:
                return steps.connected(content, self.step, self.way, self.target)
            case "disconnect":
                return steps.disconnected(content, self.step, self.way, self.target)
            case "usual" if self.target in known:
                return steps.usual(content, self.step, self.target)
        raise NotFound

    def changes(self, before: Content, after: Content) -> dict[str, list[Any]]:
        place = (*self.place, self.way)
        return {self.way: [found_at(before, place), found_at(after, place)]}


@dataclass(frozen=True, kw_only=True)
class Replaced(Edit):
    """A whole value is written anew."""

    value: Any

    def applied(self, content: Content) -> Content:
        return put(content, self.place, self.value)
