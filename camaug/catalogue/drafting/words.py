"""A value of a draft as a lawyer would read it."""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camaug.catalogue.definition.limits import TimeLimit
from camaug.catalogue.drafting.choices import Choices
from camaug.catalogue.drafting.conditions import COMPARISONS, WITHOUT_VALUE, Row, rows_of
from camaug.catalogue.drafting.entries import Entry, Kind
from camaug.catalogue.drafting.places import Content, list_at
from camaug.catalogue.forms.wording import limit_words
from camaug.catalogue.leaflet.words import dong
from camaug.ui.templatetags.words import working_time
from camaug.worktime.limits import Unit

NOTHING = "–"


def value_words(entry: Entry, value: Any, choices: Choices) -> str:
    """The value of an entry in words; a dash where there is none."""
    if entry.kind == Kind.CONDITION:
        return condition_words(value, choices)
    if value in (None, "", [], {}):
        return NOTHING
    say = _SAID.get(entry.kind)
    return say(entry, value, choices) if say else str(value)


def _day(_entry: Entry, value: Any, _choices: Choices) -> str:
    return f"{date.fromisoformat(str(value)):%d/%m/%Y}"


def _hour(_entry: Entry, value: Any, _choices: Choices) -> str:
    return f"{time.fromisoformat(str(value)):%H:%M}"


_SAID: Mapping[Kind, Callable[[Entry, Any, Choices], str]] = {
    Kind.YES: lambda _entry, value, _choices: _("yes") if value else _("no"),
    Kind.MONEY: lambda _entry, value, _choices: dong(int(value)),
    Kind.HOURS: lambda _entry, value, _choices: working_time(int(Decimal(str(value)) * 60)),
    Kind.DAY: _day,
    Kind.TIME: _hour,
    Kind.CHOICE: lambda entry, value, choices: choices.word(entry.choices, str(value)),
    Kind.CHOICES: lambda entry, value, choices: ", ".join(choices.word(entry.choices, str(one)) for one in value),
    Kind.LINES: lambda _entry, value, _choices: "\n".join(str(line) for line in value),
    Kind.PAIRS: lambda _entry, value, _choices: "\n".join(f"{name} = {other}" for name, other in value.items()),
}


def condition_words(condition: Any, choices: Choices) -> str:
    """ "no condition", “Giấy tờ về đất” is “Có giấy tờ”…"""
    if not condition:
        return _("no condition")
    rows = rows_of(condition)
    if rows is None:
        return _("under a condition of several levels")
    between = _(" or ") if rows.join == "any" else _(" and ")
    return between.join(_row_words(row, choices) for row in rows.rows)


def _row_words(row: Row, choices: Choices) -> str:
    field = f"“{choices.word('answers', row.field)}”"
    if row.comparison in WITHOUT_VALUE:
        return f"{field} {COMPARISONS[row.comparison]}"
    values = [value.strip() for value in row.value.split(",")] if "in" in row.comparison.split("_") else [row.value]
    said = ", ".join(f"“{choices.option(row.field, value)}”" for value in values)
    return f"{field} {COMPARISONS[row.comparison]} {said}"


def limit_said(item: Mapping[str, Any]) -> str:
    """The time limit in words: "3 ngày làm việc"."""
    unit = next((one for one in Unit if one == item.get("unit")), Unit.WORKING_DAYS)
    return limit_words(TimeLimit.model_construct(amount=item.get("amount"), unit=unit))


def calculation_said(item: Mapping[str, Any], choices: Choices) -> str:
    """How a fee's sum is found, in words."""
    given = item.get("calculation") or {}
    counted = choices.word("answers", str(given.get("of") or ""))
    match given.get("kind"):
        case "FIXED":
            return _sum(given.get("amount"))
        case "PER_UNIT":
            said = _("{sum} for each of “{what}”").format(sum=dong(given.get("amount") or 0), what=counted)
        case "BANDED":
            bands = "; ".join(_band(band) for band in given.get("bands") or ())
            said = _("by the size of “{what}”: {steps}").format(what=counted, steps=bands)
        case "TABLE":
            said = "; ".join(f"{case.get('name')}: {_sum(case.get('amount'))}" for case in given.get("cases") or ())
        case _:
            tiers = "; ".join(_tier(tier) for tier in given.get("tiers") or ())
            said = _("by “{what}”: {steps}").format(what=counted, steps=tiers)
    if given.get("times"):
        said += _(", the whole times “{what}”").format(what=choices.word("answers", given["times"]))
    if given.get("ceiling") is not None:
        said += _(", at most {sum}").format(sum=dong(given["ceiling"]))
    return said


def ways_said(content: Content, names: list[str]) -> str:
    """The steps of these names, the first being the usual way."""
    titles = {
        step.get("id"): step.get("short") or step.get("name") or step.get("id")
        for step in list_at(content, ("process", "steps"))
    }
    return ", ".join(str(titles.get(name, name)) for name in names) or NOTHING


def count_words(n: int) -> str:
    """ "1 change", "3 changes"."""
    return ngettext("{n} change", "{n} changes", n).format(n=n)


def _sum(amount: int | None) -> str:
    return dong(amount) if amount is not None else _("The sum is being verified")


def _band(band: Mapping[str, Any]) -> str:
    if band.get("up_to") is None:
        return _("{sum} above").format(sum=_sum(band.get("amount")))
    return _("{sum} up to {n}").format(sum=_sum(band.get("amount")), n=band["up_to"])


def _tier(tier: Mapping[str, Any]) -> str:
    each = dong(tier.get("amount") or 0)
    if tier.get("up_to") is None:
        return _("{sum} each for the rest").format(sum=each)
    return _("{sum} each up to {n}").format(sum=each, n=tier["up_to"])
