"""Whether a whole form is right: required answers, types, limits and the form's own checks. Never raises."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from camaug.catalogue.definition.conditions import Answers
from camaug.catalogue.definition.eform import Check, EForm, FieldType, FormField, Lead, Page
from camaug.catalogue.forms.addresses import check_address
from camaug.catalogue.forms.parts import is_entered, part_fields
from camaug.catalogue.forms.places import Places
from camaug.catalogue.forms.reading import MOST_ROWS
from camaug.catalogue.forms.showing import fields_shown, in_row, pruned, settled
from camaug.catalogue.forms.values import SINGLE, option_ids, parse
from camaug.catalogue.forms.wording import said
from camaug.kernel.errors import DomainError
from camaug.worktime.calendars import Calendar
from camaug.worktime.limits import Unit
from camaug.worktime.queries import calendar_of


def check(
    form: EForm,
    answers: Mapping[str, Any],
    *,
    on: date,
    filed: date | None = None,
    page: Page | None = None,
    places: Places | None = None,
    calendar: Calendar | None = None,
) -> dict[str, str]:
    """One sentence a field path that is wrong on that day: `mother.full_name`, `lines.0.code`. Empty = right.

    `filed`: the day on which the dossier came, from which spans and leads count; the same day where it is not given.
    `page`: only what that page asks. `places`: also whether the codes of addresses are real and lie in each other.
    `calendar`: by which leads are counted; the province's as it stands where none is given.
    """
    filed = filed or on
    checking = _Checking(on, filed, places, calendar)
    kept, pages = settled(form, answers, filed)
    for asked in pages:
        if page is None or asked.id == page.id:
            checking.fields(asked.fields, kept, kept, "")
    return checking.errors


def check_and_prune(
    form: EForm, answers: Mapping[str, Any], *, on: date, places: Places
) -> tuple[dict[str, str], dict[str, Any]]:
    """`check` and `prune` of a form that is handed in on that day, which settle what is asked together."""
    checking = _Checking(on, on, places, None)
    kept, pages = settled(form, answers, on)
    for asked in pages:
        checking.fields(asked.fields, kept, kept, "")
    return checking.errors, pruned(kept, pages)


class _Checking:
    """One check of one form: the sentences collect in `errors`."""

    def __init__(self, on: date, filed: date, places: Places | None, calendar: Calendar | None) -> None:
        self.on = on
        self.filed = filed
        self.places = places
        self.calendar = calendar
        self.errors: dict[str, str] = {}

    def fields(self, fields: Sequence[FormField], own: Mapping[str, Any], seen: Mapping[str, Any], prefix: str) -> None:
        for field in fields:
            path = prefix + field.id
            value = own.get(field.id)
            before = len(self.errors)
            if value in (None, "", [], {}) or (field.type == FieldType.PERSON and not is_entered(value)):
                self.missing(field, value or {}, path)
            else:
                self.value(field, value, path, seen)
            if len(self.errors) == before and (sentence := _broken(field.checks, seen)):
                self.errors[path] = sentence

    def missing(self, field: FormField, value: Any, path: str) -> None:
        if field.type == FieldType.PERSON and field.required:
            self.fields(part_fields(field), value if isinstance(value, Mapping) else {}, {}, f"{path}.")
        elif field.required or field.at_least:
            self.errors[path] = _required(field)

    def value(self, field: FormField, value: Any, path: str, seen: Mapping[str, Any]) -> None:
        if field.type == FieldType.GROUP:
            self.group(field, value, path, seen)
        elif field.type == FieldType.PERSON and isinstance(value, Mapping):
            self.fields(part_fields(field), value, value, f"{path}.")
        elif sentence := self.simple(field, value):
            self.errors[path] = sentence

    def simple(self, field: FormField, value: Any) -> str:
        if field.type == FieldType.ADDRESS:
            return check_address(value, self.places, required=field.required)
        if field.type == FieldType.CHOICES:
            known = isinstance(value, list) and len(value) == len({str(id_) for id_ in value})
            return (
                "" if known and all(id_ in option_ids(field) for id_ in value) else _("Choose among the answers given.")
            )
        return self.single(field, value) if field.type in SINGLE else _("Fill in this answer.")

    def single(self, field: FormField, value: Any) -> str:
        if not isinstance(value, str | int):
            return _required(field)
        text = ("true" if value else "false") if isinstance(value, bool) else str(value)
        try:
            normal = parse(field, text)
        except DomainError as refusal:
            return str(refusal)
        if type(normal) is not type(value) or normal != value:
            return _("Write this answer as {normal}.").format(normal=normal)
        return self.day(field, date.fromisoformat(text)) if field.type == FieldType.DATE else ""

    def day(self, field: FormField, day: date) -> str:
        if field.past and day > self.on:
            return _("This day must not be in the future.")
        if field.future and day < self.on:
            return _("This day must not be in the past.")
        return self.lead(field.lead, day) if field.lead else ""

    def lead(self, lead: Lead, day: date) -> str:
        working = lead.unit == Unit.WORKING_DAYS
        calendar = self.calendar or calendar_of(None, at=self.filed)
        ahead = timedelta(days=lead.amount)
        earliest = calendar.add_working_days(self.filed, lead.amount) if working else self.filed + ahead
        if day >= earliest:
            return ""
        words = (
            ngettext(
                "Apply at least {n} working day ahead: the earliest day is {day}.",
                "Apply at least {n} working days ahead: the earliest day is {day}.",
                lead.amount,
            )
            if working
            else ngettext(
                "Apply at least {n} day ahead: the earliest day is {day}.",
                "Apply at least {n} days ahead: the earliest day is {day}.",
                lead.amount,
            )
        )
        return words.format(n=lead.amount, day=f"{earliest:%d/%m/%Y}")

    def group(self, field: FormField, rows: Any, path: str, seen: Mapping[str, Any]) -> None:
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            self.errors[path] = _("Fill in the rows.")
            return
        for number, row in enumerate(rows[:MOST_ROWS]):
            known = in_row(row, seen)
            self.fields(fields_shown(field.fields, known), row, known, f"{path}.{number}.")
        if path not in self.errors and (sentence := _rows(field, rows)):
            self.errors[path] = sentence


def _rows(field: FormField, rows: Sequence[Mapping[str, Any]]) -> str:
    filled = [row for row in rows if row]
    if len(filled) < field.at_least:
        return _("Fill in at least {least}.").format(least=field.at_least)
    if len(filled) > (most := field.at_most or MOST_ROWS):
        return _("There can be at most {most} rows.").format(most=most)
    if field.exactly_one and sum(_marks(row.get(field.exactly_one)) for row in rows) != 1:
        marked = next(one for one in field.fields if one.id == field.exactly_one)
        return _("Mark exactly one row: {label}.").format(label=said(marked, "label", get_language()))
    return ""


def _marks(value: Any) -> bool:
    return value is True or value == "YES"


def _broken(checks: Sequence[Check], seen: Answers) -> str:
    return next((said(rule, "sentence", get_language()) for rule in checks if rule.when.holds(seen)), "")


def _required(field: FormField) -> str:
    if field.type in (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO):
        return _("Choose an answer.")
    if field.type == FieldType.AGREE:
        return _("Tick this box to go on.")
    if field.type == FieldType.DATE:
        return _("Write the day, month and year.")
    if field.type == FieldType.ADDRESS:
        return _("Choose province, district and commune.")
    if field.type == FieldType.GROUP:
        return _("Fill in at least {least}.").format(least=max(field.at_least, 1))
    return _("Fill in this answer.")
