"""The counter's form for the template: the procedure's questions, the papers as rows, the fee, who may sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.cases.intake import PaperTaken
from camaug.cases.web.desk.intake_applicant import ApplicantView, places
from camaug.cases.web.desk.intake_place import Counter
from camaug.cases.web.desk.intake_reading import Sheet
from camaug.cases.web.desk.sums import OpenSum, open_sums
from camaug.catalogue.definition.fees import FeeItem
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.papers import Paper, Submission
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.forms.prefill import prefilled
from camaug.catalogue.forms.render import compact_view
from camaug.catalogue.forms.wording import said
from camaug.catalogue.queries import VersionView, competent_agency, fees, papers
from camaug.kernel.clock import LOCAL
from camaug.kernel.ids import uuid7
from camaug.people.queries import PositionView, directory, holders

_FOLDED = ("authorised-name", "authorised-number", "authorised-relation", "helping-agency")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a case is being taken in: counter, procedure, applicant, instant."""

    counter: Counter
    version: VersionView
    applicant: ApplicantView | None
    at: datetime

    @property
    def made(self) -> Definition:
        """The procedure as it holds today."""
        return self.version.definition

    @property
    def on(self) -> date:
        """Today."""
        return self.at.astimezone(LOCAL).date()

    @property
    def query(self) -> str:
        """Counter and applicant as they stand in addresses."""
        return urlencode({**self.counter.query, **(self.applicant.query if self.applicant else {})})

    def signers(self) -> tuple[PositionView, ...]:
        """Who may sign on the spot now; empty where the procedure is not done so."""
        step = next((one for one in self.made.process.path() if one.kind == StepKind.APPROVE), None)
        if step is None or not self.made.process.immediate:
            return ()
        unit = competent_agency(self.made, self.counter.agency.id, directory(self.on)).id
        return tuple(one for one in holders(step.role, unit, self.at) if not one.away)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper at the counter. `when` is its condition as JSON, for the script that hides it; `error` a sentence."""

    paper: Paper
    name: str
    hint: str
    when: str
    when_text: str
    taken: bool
    by_data: bool
    originals: int
    copies: int
    record: str
    shown_only: bool
    error: str


@dataclass(frozen=True, slots=True)
class FeeView:
    """What is owed: `items` with known sums, `open` those whose sum is to be entered."""

    items: tuple[FeeItem, ...]
    total: int
    open: tuple[OpenSum, ...]


def fresh_sheet(desk: Desk) -> Sheet:
    """The form before anything is typed: filled in from the applicant's record."""
    who = desk.applicant
    answers = prefilled(desk.made.form, who.facts if who else None, desk.on, places=places(desk.on))
    contact = {
        "applicant-name": who.name if who else "",
        "applicant-number": who.number if who else "",
        "applicant-phone": who.phone if who else "",
        "applicant-email": who.email if who else "",
        "applicant-address": who.address if who else "",
        "delivery-way": "COUNTER",
        "channel": Channel.COUNTER,
    }
    taken = {}
    for need in papers(desk.made, answers, desk.on):
        if need.replaced:
            taken[need.paper.id] = PaperTaken(source=need.paper.replaced_by)
        elif need.paper.declaration:
            taken[need.paper.id] = PaperTaken(originals=max(need.paper.originals, 1))
    return Sheet(uuid7(), contact, answers, taken)


def form_context(desk: Desk, sheet: Sheet) -> dict[str, Any]:
    """Everything that `cases/desk/intake/form.html` shows."""
    language = get_language() or "vi"
    errors = {} if sheet.stay else sheet.errors
    form = compact_view(desk.made.form, sheet.answers, errors, language=language, places=places(desk.on))
    own = {name: text for name, text in errors.items() if name == "" or "-" in name}
    signers = desk.signers()
    return {
        "desk": desk,
        "procedure": said(desk.made, "plain_name", language),
        "sheet": sheet,
        "fields": {name.replace("-", "_"): text for name, text in sheet.fields.items()},
        "form": form,
        "own": {name.replace("-", "_"): text for name, text in own.items() if name},
        "errors": {**own, **form.errors},
        "papers": tuple(_rows(desk, sheet, language)),
        "fee": fee_of(desk.made, sheet, on=desk.on),
        "channels": _channels(desk.made),
        "signers": [{"value": str(one.id), "label": f"{one.officer_name}, {one.title}"} for one in signers],
        "signer": sheet.get("signer") or (str(signers[0].id) if signers else ""),
        "near": _near(desk),
        "more": sheet.channel == Channel.POST or any(sheet.get(name) for name in _FOLDED),
        "first": f"{reverse('counter:intake')}?{desk.query}",
        **_choices(),
    }


def fee_of(made: Definition, sheet: Sheet, *, on: date) -> FeeView:
    """What a case as typed owes today."""
    items = fees(made, sheet.answers, sheet.channel, on)
    known = tuple(item for item in items if item.amount is not None)
    total = sum(item.amount or 0 for item in known) + sum(sheet.sums.get(item.rule, 0) for item in items)
    return FeeView(known, total, open_sums(items, sheet.sums_typed))


def _rows(desk: Desk, sheet: Sheet, language: str) -> Iterator[PaperRow]:
    for paper in desk.made.papers:
        taken = sheet.papers.get(paper.id)
        usual = paper.originals or (0 if paper.copies else 1)
        given = taken is not None and not taken.source
        yield PaperRow(
            paper=paper,
            name=said(paper, "name", language),
            hint=said(paper, "hint", language),
            when=paper.when.model_dump_json(by_alias=True, exclude_defaults=True) if paper.when else "",
            when_text=said(paper, "when_text", language),
            taken=given,
            by_data=bool(taken and taken.source),
            originals=taken.originals if taken and given else usual,
            copies=taken.copies if taken and given else paper.copies,
            record=taken.source_record if taken else "",
            shown_only=paper.submission == Submission.SHOWN,
            error=sheet.errors.get(f"paper-{paper.id}", ""),
        )


def _channels(made: Definition) -> list[dict[str, str]]:
    names = {Channel.COUNTER: _("At the counter"), Channel.POST: _("By post")}
    return [{"value": str(one), "label": names[one]} for one in names if one in made.channels]


def _choices() -> dict[str, list[dict[str, str]]]:
    return {
        "delivery_ways": [
            {"value": "COUNTER", "label": _("At the counter")},
            {"value": "POST", "label": _("By post")},
            {"value": "ELECTRONIC", "label": _("Electronically")},
        ],
        "payment_ways": [
            {"value": "CASH", "label": _("Taken in cash")},
            {"value": "TRANSFER", "label": _("Taken by transfer")},
            {"value": "LATER", "label": _("Not yet paid")},
        ],
    }


def _near(desk: Desk) -> list[str]:
    """The agencies that are likely to have helped: those under and beside the counter's."""
    known, here = directory(desk.on), desk.counter.agency
    around = [*known.children(here.id), *(known.children(here.parent_id) if here.parent_id else ())]
    return [one.name for one in around if one.id != here.id][:40]
