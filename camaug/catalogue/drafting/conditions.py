"""A condition as rows of selects, and back. What lies deeper than one level is left as it is and written as YAML."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMPARISONS: dict[str, Promise] = {
    "is": _("is"),
    "is_not": _("is not"),
    "in": _("is one of"),
    "not_in": _("is none of"),
    "filled": _("is answered"),
    "empty": _("is not answered"),
    "over": _("is more than"),
    "more_days_ago_than": _("is so many days ago or more"),
}
JOINS: dict[str, Promise] = {"all": _("all of these hold"), "any": _("one of these holds")}
WITHOUT_VALUE = frozenset({"filled", "empty"})


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: the path of an answer, how, and with what; of "in" several values divided by commas."""

    field: str = ""
    comparison: str = "is"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, and whether all or one of them has to hold."""

    join: str = "all"
    rows: tuple[Row, ...] = ()


def rows_of(condition: Any) -> Rows | None:
    """The rows of a condition; None where it lies too deep for rows."""
    if not condition:
        return Rows()
    for join in JOINS:
        if set(condition) == {join}:
            rows = [_row(part) for part in condition[join]]
            return None if None in rows else Rows(join, tuple(row for row in rows if row))
    row = _row(condition)
    return Rows("all", (row,)) if row else None


def condition_of(rows: Rows) -> dict[str, Any] | None:
    """The condition of the rows; None of no row. Rows without a field are left out."""
    tests = [_test(row) for row in rows.rows if row.field]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else {rows.join: tests}


def cleaned(condition: Any) -> Any:
    """The condition without the comparisons that it does not make."""
    if isinstance(condition, dict):
        return {key: cleaned(value) for key, value in condition.items() if value is not None}
    return [cleaned(part) for part in condition] if isinstance(condition, list) else condition


def _row(condition: Any) -> Row | None:
    given = cleaned(condition) if isinstance(condition, dict) else {}
    if set(given) == {"not"} and isinstance(given["not"], dict):
        inner = _row(given["not"])
        turned = {"is": "is_not", "in": "not_in", "filled": "empty", "empty": "filled"}
        return Row(inner.field, turned[inner.comparison], inner.value) if inner and inner.comparison in turned else None
    if len(given) != 2 or "field" not in given:
        return None
    key = next(name for name in given if name != "field")
    value = given[key]
    if key == "filled":
        return Row(given["field"], "filled" if value else "empty")
    return Row(given["field"], key, ", ".join(value)) if key == "in" else Row(given["field"], key, str(value))


def _test(row: Row) -> dict[str, Any]:
    values: Sequence[str] = [value.strip() for value in row.value.split(",") if value.strip()]
    match row.comparison:
        case "filled" | "empty":
            return {"field": row.field, "filled": row.comparison == "filled"}
        case "in":
            return {"field": row.field, "in": list(values)}
        case "not_in":
            return {"not": {"field": row.field, "in": list(values)}}
        case "is_not":
            return {"not": {"field": row.field, "is": row.value.strip()}}
        case "over" | "more_days_ago_than" if row.value.strip().isdigit():
            return {"field": row.field, row.comparison: int(row.value.strip())}
    return {"field": row.field, row.comparison: row.value.strip()}
