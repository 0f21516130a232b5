"""Two versions side by side, part by part, as a lawyer would read what differs."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from camaug.catalogue.drafting.choices import Choices
from camaug.catalogue.drafting.entries import Entry, Kind, Sheet
from camaug.catalogue.drafting.ordering import reordered
from camaug.catalogue.drafting.places import Content, Place, found_at, list_at
from camaug.catalogue.drafting.sentences import Run, runs
from camaug.catalogue.drafting.sheets import ITEMS, PARTS, TITLES, heading
from camaug.catalogue.drafting.sheets.sourcing import IN_ENGLISH
from camaug.catalogue.drafting.words import NOTHING, calculation_said, limit_said, value_words, ways_said

type Item = dict[str, Any]
_TEXTS = (Kind.TEXT, Kind.LONG, Kind.LINES)


class Sort(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `where` names the item in the part; `marked` is the wording with what went and what came.

    Of what was moved, `before` and `after` are where it stood; of what was reordered, `after` says where it went.
    """

    sort: Sort
    where: str
    label: str = ""
    before: str = ""
    after: str = ""
    marked: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class PartChanges:
    """The differences of one part."""

    code: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two contents, with what their codes mean."""

    before: Content
    after: Content
    old: Choices
    new: Choices


def compare(before: Content, after: Content, old: Choices, new: Choices) -> tuple[PartChanges, ...]:
    """All parts that differ, in the order in which they are written."""
    pair = _Pair(before, after, old, new)
    parts = [PartChanges(code, str(TITLES[code]), tuple(_part(pair, code, sheet))) for code, sheet in PARTS.items()]
    return tuple(part for part in parts if part.changes)


def _part(pair: _Pair, code: str, sheet: Sheet) -> Iterator[Change]:
    yield from _values(pair, sheet, found_at(pair.before, sheet.prefix), found_at(pair.after, sheet.prefix), "")
    for listing in sheet.listings:
        place = sheet.prefix + listing.path
        yield from _items(pair, str(listing.path[-1]), list_at(pair.before, place), list_at(pair.after, place), "")
    if code == "process":
        steps: Place = ("process", "steps")
        yield from _items(pair, "steps", list_at(pair.before, steps), list_at(pair.after, steps), "")
    if code == "form":
        yield from _form(pair)


def _values(pair: _Pair, sheet: Sheet, before: Any, after: Any, where: str) -> Iterator[Change]:
    for entry in sheet.entries:
        old, new = found_at(before, entry.path), found_at(after, entry.path)
        if not _same(old, new):
            yield _change(pair, entry, old, new, where)


def _change(pair: _Pair, entry: Entry, old: Any, new: Any, where: str) -> Change:
    said, now = value_words(entry, old, pair.old), value_words(entry, new, pair.new)
    label = f"{entry.label} ({_('in English')})" if str(entry.fold) == str(IN_ENGLISH) else str(entry.label)
    if entry.kind in _TEXTS and NOTHING not in (said, now):
        return Change(Sort.CHANGED, where, label, said, now, runs(said, now))
    return Change(Sort.CHANGED, where, label, said, now)


def _items(
    pair: _Pair, name: str, before: Sequence[Item], after: Sequence[Item], above: str, elsewhere: Collection[Any] = ()
) -> Iterator[Change]:
    """What became of the items of a list; of those `elsewhere` it is told in other words that they moved."""
    sheet = ITEMS[name]
    matched = list(_matched(sheet.key, before, after))
    for old, new in matched:
        where = " › ".join(filter(None, (above, _called(pair, name, new or old or {}))))
        if old is None or new is None:
            yield Change(Sort.REMOVED if new is None else Sort.ADDED, where, str(sheet.title))
        else:
            yield from _item(pair, name, old, new, where)
    if sheet.key:
        stayed = [one for one in after if one.get(sheet.key) not in elsewhere]
        for item, said in reordered(sheet.key, before, stayed):
            where = " › ".join(filter(None, (above, _called(pair, name, item))))
            yield Change(Sort.REORDERED, where, str(sheet.title), after=said)


def _item(pair: _Pair, name: str, old: Item, new: Item, where: str) -> Iterator[Change]:
    composed = _COMPOSED.get(name, ())
    hidden = {entry for one in composed for entry in one.instead}
    for one in composed:
        said, now = one.say(old, pair.before, pair.old), one.say(new, pair.after, pair.new)
        if said != now:
            yield Change(Sort.CHANGED, where, one.label(), said, now)
    sheet = ITEMS[name]
    shown = Sheet(sheet.title, sheet.model, tuple(e for e in sheet.entries if e.name not in hidden))
    yield from _values(pair, shown, old, new, where)
    for listing in sheet.listings:
        if listing.name not in hidden:
            inner = str(listing.path[-1])
            yield from _items(pair, inner, list_at(old, listing.path), list_at(new, listing.path), where)


@dataclass(frozen=True, slots=True)
class _Composed:
    """Several entries read as one phrase."""

    label: Callable[[], str]
    instead: frozenset[str]
    say: Callable[[Item, Content, Choices], str]


_COMPOSED: dict[str, tuple[_Composed, ...]] = {
    "limits": (
        _Composed(lambda: _("Time limit"), frozenset({"amount", "unit"}), lambda item, _c, _w: limit_said(item)),
    ),
    "fees": (
        _Composed(
            lambda: _("Sum"),
            frozenset(
                {
                    f"calculation.{key}"
                    for key in ("kind", "amount", "of", "times", "ceiling", "tiers", "bands", "cases")
                }
            ),
            lambda item, _content, choices: calculation_said(item, choices),
        ),
    ),
    "steps": (
        _Composed(
            lambda: _("Then follows"), frozenset(), lambda item, content, _w: ways_said(content, item.get("next") or [])
        ),
        _Composed(
            lambda: _("May go back to"),
            frozenset(),
            lambda item, content, _w: ways_said(content, item.get("back") or []),
        ),
    ),
}


def _form(pair: _Pair) -> Iterator[Change]:
    """Sections, pages and questions; what stands on another page or in another section is told as moved."""
    (sections, pages, fields), (new_sections, new_pages, new_fields) = _flat(pair.before), _flat(pair.after)
    for name, old, new in (
        ("sections", sections, new_sections),
        ("pages", pages, new_pages),
        ("fields", fields, new_fields),
    ):
        homes = {item.get("id"): above for item, above in old}
        gone = {item.get("id") for item, above in new if homes.get(item.get("id"), above).get("id") != above.get("id")}
        yield from _items(pair, name, [item for item, _above in old], [item for item, _above in new], "", gone)
        for item, above in new:
            was = homes.get(item.get("id"))
            if was is not None and item.get("id") in gone:
                yield Change(Sort.MOVED, heading(item), str(ITEMS[name].title), heading(was), heading(above))


def _flat(content: Content) -> tuple[list[tuple[Item, Item]], ...]:
    form = content.get("form") or {}
    sections: list[tuple[Item, Item]] = [(section, {}) for section in list_at(form, ("sections",))]
    pages = [(page, section) for section, _form in sections for page in list_at(section, ("pages",))]
    fields = [(field, page) for page, _section in pages for field in list_at(page, ("fields",))]
    return sections, pages, fields


def _matched(key: str, before: Sequence[Item], after: Sequence[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """Items of the same name together; of nameless ones, like with like and the rest by their order."""
    if key:
        there = {one.get(key): one for one in after}
        yield from ((one, there.get(one.get(key))) for one in before)
        known = {one.get(key) for one in before}
        yield from ((None, one) for one in after if one.get(key) not in known)
        return
    old, new = ([repr(sorted(one.items(), key=str)) for one in items] for items in (before, after))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(before[i1:i2], after[j1:j2])


def _called(pair: _Pair, name: str, item: Item) -> str:
    if name == "limits":
        channels = [pair.new.word("channels", code) for code in item.get("channels") or ()]
        return ", ".join([*channels, *filter(None, [item.get("when_text")])])
    if name == "receiving":
        return pair.new.word("kinds", str(item.get("kind", "")))
    return heading(item)


def _same(old: Any, new: Any) -> bool:
    empty: tuple[object, ...] = (None, "", [], {}, False)
    return old == new or (old in empty and new in empty)
