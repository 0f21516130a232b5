"""One version of one procedure, whole (thành phần of NĐ 63/2010 Đ8, amended by NĐ 92/2017)."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from pydantic import Field

from camaug.catalogue.definition.conditions import Answers, as_of
from camaug.catalogue.definition.eform import EForm
from camaug.catalogue.definition.fees import FeeRule
from camaug.catalogue.definition.limits import Channel, TimeLimit
from camaug.catalogue.definition.papers import Paper
from camaug.catalogue.definition.process import NEAREST, AgencyWord, Process, kind_in
from camaug.catalogue.definition.scenarios import Scenario
from camaug.catalogue.definition.sourcing import Part, Sourced

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
"""`{field}` in the wording of a result."""
SIGNING = frozenset({"signed", "until", "agency", "number", "year", "signer", "position"})
"""What a wording may name that is no answer."""


class OnlineLevel(StrEnum):
    """FULL toàn trình, PARTIAL một phần (needs a published reason, NĐ 224/2026 Đ14), NONE information only."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"
    NONE = "NONE"


class Applicant(StrEnum):
    """Who may apply."""

    PERSON = "PERSON"
    BUSINESS = "BUSINESS"


class NationalCode(Sourced):
    """The national code, `1.001193`; the province's suffix is kept apart."""

    value: str | None


class AgencySort(Part):
    """Agencies of a kind, of one level or (empty) of any."""

    kind: str = Field(pattern=r"^[A-Z_]+$", max_length=30)
    level: str = Field(default="", pattern=r"^[A-Z_]*$", max_length=20)

    def fits(self, kind: str, level: str) -> bool:
        """Whether an agency of that kind and level is meant."""
        return self.kind == kind and self.level in ("", level)


class Competence(Sourced):
    """Which agencies receive and which decides: the receiver itself, its child of a kind (of several kinds: of the
    first that it has), or the nearest of a kind.
    """

    level: str
    receiving: tuple[AgencySort, ...] = Field(min_length=1)
    competent: str = Field(default="SELF", pattern=r"^(SELF|CHILD:[A-Z_]+(,[A-Z_]+)*|NEAREST:[A-Z_]+)$")
    rule: str = ""

    @property
    def child_kinds(self) -> tuple[str, ...]:
        """The kinds of the receiver's child that decides, the first that is there; none where another rule holds."""
        return tuple(self.competent.removeprefix("CHILD:").split(",")) if self.competent.startswith("CHILD:") else ()

    @property
    def nearest_kind(self) -> str:
        """The kind of the nearest agency that decides; empty where another rule holds."""
        return kind_in(self.competent) if self.competent.startswith(NEAREST) else ""


class LinkedPart(Part):
    """One of several procedures that a single application opens (liên thông): a case of its own, with its own clock.

    `receiving` says which agency receives it, seen from the agency that received the application; it begins when the
    parts named in `after` have their results. `answers` gives, by field of its own form, the field of the application
    that answers it; fields of the same name need not be listed.
    """

    id: str
    procedure: str = Field(pattern=r"^[a-z0-9-]+$")
    receiving: AgencyWord = "RECEIVING"
    after: tuple[str, ...] = ()
    answers: dict[str, str] = {}


class SequenceStep(Part):
    """A step of the sequence (trình tự) as the citizen is told it."""

    title: str
    text: str
    title_en: str = ""
    text_en: str = ""


class ResultKind(StrEnum):
    """A document the office signs, a copy it certifies, or an entry in a register."""

    DOCUMENT = "DOCUMENT"
    CERTIFIED_COPY = "CERTIFIED_COPY"


class SheetLine(Part):
    """A line of a result: the answer at `of` (or, for a GROUP, its rows as a table) under the result's own label.

    Or, without `of`, the wording's own `text`; without both it is a heading. `words`: a sum, a number or a day is
    written out as well. A line whose answer is empty is left out, or with `blank` left open for the hand of the
    officer. On `trich-luc` a line may stand `beside` the one before.
    """

    label: str
    of: str = ""
    text: str = ""
    capitals: bool = False
    words: bool = False
    blank: bool = False
    beside: bool = False


class Wording(Part):
    """What a result says on one of the sheets that many procedures share (`giay-phep`, `quyet-dinh`, `cong-van`,
    `trich-luc` without numbered lines, `loi-chung`).

    `about` stands under the title, `opening` and `closing` around the lines; on a decision each text of `closing` is an
    article. In every text `{field}` stands for that answer, `{signed}` for the day of signing, `{until}` for the day
    on which it ends, `lasts_months` after that, `{agency}`, `{number}`, `{year}`, `{signer}`, `{position}` for the
    agency with the units above it, the number, its year, who signs and as what. `grounds` are what a decision rests on,
    `copies_to` who gets a copy; `role` stands above the signer's position (“NGƯỜI KÝ TRÍCH LỤC”).
    """

    title: str = ""
    about: str = ""
    grounds: tuple[str, ...] = ()
    opening: str = ""
    lines: tuple[SheetLine, ...] = ()
    closing: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    lasts_months: int | None = None
    role: str = ""

    def fields(self) -> Iterator[str]:
        """The paths of all answers that it names."""
        yield from (line.of for line in self.lines if line.of)
        for text in (self.about, self.opening, *self.closing, *(line.text for line in self.lines)):
            yield from (name for name in PLACEHOLDER.findall(text) if name not in SIGNING)


class Result(Sourced):
    """What the applicant gets. `book` names the register whose yearly numbers it takes, `sheet` its print template."""

    id: str
    name: str
    name_en: str = ""
    kind: ResultKind = ResultKind.DOCUMENT
    national_code: str = ""
    book: str
    number_pattern: str = "{number:02d}"
    sheet: str
    wording: Wording | None = None


class LegalBasis(Sourced):
    """A text of law and the articles that matter."""

    document: str
    title: str = ""
    articles: str = ""


class Definition(Part):
    """One version. Texts without a language suffix are Vietnamese.

    `parts` are the procedures that this application opens together; `part_only`: it is applied for in no other way.
    `scenarios` are tests of the version and no part of what it says.
    """

    code: str = Field(pattern=r"^[a-z0-9-]+$")
    national_code: NationalCode
    version: int = Field(ge=1)
    valid_from: date
    valid_until: date | None = None
    name: str
    name_en: str = ""
    plain_name: str
    plain_name_en: str = ""
    summary: str
    summary_en: str = ""
    keywords: tuple[str, ...] = ()
    field: str
    life_events: tuple[str, ...] = ()
    competence: Competence
    channels: tuple[Channel, ...] = Field(min_length=1)
    online_level: OnlineLevel
    online_level_reason: str = ""
    online_level_reason_en: str = ""
    applicants: tuple[Applicant, ...] = (Applicant.PERSON,)
    who_may_apply: str
    who_may_apply_en: str = ""
    conditions: tuple[str, ...] = ()
    conditions_en: tuple[str, ...] = ()
    before_you_start: tuple[str, ...] = ()
    before_you_start_en: tuple[str, ...] = ()
    sequence: tuple[SequenceStep, ...] = Field(min_length=1)
    papers: tuple[Paper, ...] = ()
    sets: int = 1
    limits: tuple[TimeLimit, ...] = Field(min_length=1)
    fees: tuple[FeeRule, ...] = ()
    fee_note: str = ""
    fee_note_en: str = ""
    results: tuple[Result, ...] = Field(min_length=1)
    basis: tuple[LegalBasis, ...] = Field(min_length=1)
    form: EForm
    process: Process
    parts: tuple[LinkedPart, ...] = ()
    part_only: bool = False
    scenarios: tuple[Scenario, ...] = ()

    def admits(self, applicant: Applicant) -> bool:
        """Whether applicants of that sort may apply."""
        return applicant in self.applicants

    def limit_for(self, channel: Channel, on: date, answers: Answers | None = None) -> TimeLimit:
        """The time limit for the channel on that day: for such answers, else by the channel, else the general one.

        Without answers, the one that holds before anything is known of the case. ValueError if there is none.
        """
        dated = as_of(answers or {}, on)
        return max((limit for limit in self.limits if limit.covers(channel, on, dated)), key=lambda one: one.narrowness)
