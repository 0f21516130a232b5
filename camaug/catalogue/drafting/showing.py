"""The entries of a sheet as controls: what each shows, what may be chosen, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from camaug.catalogue.drafting.choices import Choices
from camaug.catalogue.drafting.conditions import COMPARISONS, JOINS, Row, Rows, rows_of
from camaug.catalogue.drafting.entries import Entry, Kind, Sheet
from camaug.catalogue.drafting.places import found_at
from camaug.catalogue.drafting.typed import Typed
from camaug.catalogue.yaml_files import as_yaml
from camaug.ui.reading import read_date
from camaug.ui.vietnamese import grouped

MOST_TICKS = 12
_CONTROLS = {
    Kind.TEXT: "input",
    Kind.LONG: "textarea",
    Kind.LINES: "textarea",
    Kind.PAIRS: "textarea",
    Kind.NUMBER: "number",
    Kind.MONEY: "money",
    Kind.HOURS: "number",
    Kind.DAY: "date",
    Kind.TIME: "number",
    Kind.YES: "checkbox",
    Kind.CHOICE: "select",
    Kind.CHOICES: "checkboxes",
    Kind.CONDITION: "condition",
}


@dataclass(frozen=True, slots=True)
class Control:
    """One entry on its page; `id` is where an error leads to. A condition has rows, or `yaml` where it is too deep."""

    kind: str
    name: str
    label: str
    hint: str
    error: str
    value: Any = ""
    options: tuple[dict[str, str], ...] = ()
    empty: str = ""
    rows: tuple[Row, ...] = ()
    join: str = "all"
    yaml: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Entries under a heading of their own; `open` where something in them is wrong."""

    title: str
    controls: tuple[Control, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet as its page shows it. `answers`, `comparisons` and `joins` serve its conditions, `known` their values."""

    controls: tuple[Control, ...]
    folds: tuple[Fold, ...]
    answers: tuple[dict[str, str], ...] = ()
    comparisons: tuple[dict[str, str], ...] = ()
    joins: tuple[dict[str, str], ...] = ()
    known: tuple[dict[str, str], ...] = field(default=())


def shown(
    sheet: Sheet,
    item: Any,
    choices: Choices,
    *,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
) -> Shown:
    """The sheet with the values of the item, or with what was typed."""
    wrong = errors or {}
    controls = {entry.name: _control(entry, item, choices, typed, wrong.get(entry.name, "")) for entry in sheet.entries}
    titles = dict.fromkeys(entry.fold for entry in sheet.entries if entry.fold)
    folds = []
    for title in titles:
        inside = tuple(controls[entry.name] for entry in sheet.entries if entry.fold == title)
        folds.append(Fold(str(title), inside, any(one.error for one in inside)))
    plain = tuple(controls[entry.name] for entry in sheet.entries if not entry.fold)
    if not any(entry.kind == Kind.CONDITION for entry in sheet.entries):
        return Shown(plain, tuple(folds))
    return Shown(
        plain,
        tuple(folds),
        answers=_options(choices.of("answers")),
        comparisons=_options((code, str(words)) for code, words in COMPARISONS.items()),
        joins=_options((code, str(words)) for code, words in JOINS.items()),
        known=_options(choices.values()),
    )


def _options(pairs: Any) -> tuple[dict[str, str], ...]:
    return tuple({"value": code, "label": words} for code, words in pairs)


def _control(entry: Entry, item: Any, choices: Choices, typed: Typed | None, error: str) -> Control:
    value = found_at(item, entry.path)
    options = choices.of(entry.choices) if entry.choices else ()
    kind = _CONTROLS[entry.kind]
    if entry.kind == Kind.CONDITION:
        return _condition(entry, value, typed, error)
    return Control(
        kind=kind,
        name=entry.name,
        label=str(entry.label),
        hint=str(entry.hint),
        error=error,
        value=_typed(entry, typed) if typed is not None else _value(entry, value),
        options=_with_unknown(options, value) if kind == "select" else _options(options),
        empty=_("None") if entry.none else _("Choose"),
    )


def _with_unknown(options: tuple[tuple[str, str], ...], value: Any) -> tuple[dict[str, str], ...]:
    """A code that the list does not have stays as it is until another is chosen."""
    known = {code for code, _words in options}
    return _options(options if not value or value in known else ((str(value), str(value)), *options))


def _typed(entry: Entry, typed: Typed) -> Any:
    if entry.kind == Kind.DAY:
        return read_date(typed.texts, entry.name)
    return list(typed.getlist(entry.name)) if entry.kind == Kind.CHOICES else typed.get(entry.name, "")


def _value(entry: Entry, value: Any) -> Any:
    if value is None:
        return [] if entry.kind == Kind.CHOICES else ""
    match entry.kind:
        case Kind.LINES:
            return "\n".join(value)
        case Kind.PAIRS:
            return "\n".join(f"{name} = {other}" for name, other in value.items())
        case Kind.MONEY:
            return grouped(value)
        case Kind.HOURS:
            return str(value).replace(".", ",")
        case Kind.DAY:
            return date.fromisoformat(value)
        case Kind.TIME:
            return f"{time.fromisoformat(value):%H:%M}"
    return value


def _condition(entry: Entry, value: Any, typed: Typed | None, error: str) -> Control:
    found = rows_of(value)
    yaml = "" if found else as_yaml(value)
    if typed is not None:
        lists = (typed.getlist(f"{entry.name}-{part}") for part in ("field", "comparison", "value"))
        found = Rows(typed.get(f"{entry.name}-join", "all"), tuple(Row(*row) for row in zip(*lists, strict=False)))
        yaml = typed.get(f"{entry.name}-yaml", "")
    rows = found or Rows()
    kept = tuple(row for row in rows.rows if row.field)
    return Control(
        kind="condition",
        name=entry.name,
        label=str(entry.label),
        hint=str(entry.hint),
        error=error,
        rows=(*kept, Row()),
        join=rows.join,
        yaml=yaml,
    )
