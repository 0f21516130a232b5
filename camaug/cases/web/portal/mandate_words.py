"""Mandates and their journal in words, as the person, the helper and officers read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from camaug.behalf.queries import Act, Line, MandateView, Proof, Relation, Stage, journal
from camaug.behalf.queries.wording import ACTS, PROOFS, RELATIONS
from camaug.catalogue.forms.wording import told
from camaug.catalogue.queries import by_codes, definition, fields
from camaug.kernel.clock import LOCAL

TAGS: dict[Stage, tuple[Any, str]] = {
    Stage.WAITING: (gettext_lazy("waits for confirmation"), "waiting"),
    Stage.HOLDS: (gettext_lazy("holds now"), "done"),
    Stage.OVER: (gettext_lazy("over"), "plain"),
    Stage.ENDED: (gettext_lazy("was ended"), "plain"),
    Stage.LAPSED: (gettext_lazy("was not confirmed in time"), "plain"),
}
DONE: dict[str, Any] = {
    "start": gettext_lazy("Began an application; the person's details were filled in from the register"),
    "save": gettext_lazy("Filled in"),
    "add_file": gettext_lazy("Added a paper"),
    "remove_file": gettext_lazy("Took a paper out"),
    "join_pictures": gettext_lazy("Joined pictures into one PDF"),
    "discard": gettext_lazy("Threw the unfinished application away"),
    "submit": gettext_lazy("Sent the application"),
    "supplement": gettext_lazy("Sent what the office had asked for"),
    "answer_draft": gettext_lazy("Answered about the draft of the result"),
    "correct": gettext_lazy("Corrected answers"),
}
_OTHER_THINGS: dict[str, Any] = {
    "receiving_agency": gettext_lazy("receiving office"),
    "delivery_way": gettext_lazy("way of the result"),
    "delivery_address": gettext_lazy("address for the result"),
    "phone": gettext_lazy("phone"),
    "email": gettext_lazy("e-mail"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A mandate with everything in words; `until` is its last day."""

    one: MandateView
    tag: Any
    tone: str
    relation: Any
    scope: tuple[str, ...]
    acts: tuple[Any, ...]
    until: datetime
    proof: Any

    @property
    def holds(self) -> bool:
        """Whether the helper may act now."""
        return self.one.stage == Stage.HOLDS

    @property
    def waits(self) -> bool:
        """Whether it can be confirmed."""
        return self.one.stage == Stage.WAITING


def shown(one: MandateView, *, at: datetime) -> Shown:
    """The mandate in words."""
    tag, tone = TAGS[one.stage]
    return Shown(
        one=one,
        tag=tag,
        tone=tone,
        relation=RELATIONS[Relation(one.relation)],
        scope=scope_words(one.procedures, one.fields, at=at),
        acts=tuple(ACTS[Act(act)] for act in one.acts),
        until=one.until_at - timedelta(seconds=1),
        proof=PROOFS[Proof(one.proof)] if one.proof else "",
    )


def scope_words(procedures: Iterable[str], of_fields: Iterable[str], *, at: datetime) -> tuple[str, ...]:
    """Names of procedures and fields."""
    on, wanted = at.astimezone(LOCAL).date(), frozenset(of_fields)
    whole = (in_words(one.name, one.name_en) for one in fields(on) if one.code in wanted)
    single = (in_words(hit.plain_name, hit.plain_name_en) for hit in by_codes(list(procedures), on))
    return (*(_("everything in the field “{field}”").format(field=name) for name in whole), *single)


def in_words(name: str, english: str) -> str:
    """The name in the reader's language, as far as it has one."""
    return english if english and (get_language() or "").startswith("en") else name


def journal_items(one: MandateView, *, at: datetime) -> list[dict[str, Any]]:
    """The journal for a timeline, the latest first."""
    lines = journal(one.id)
    known = _definitions({line.procedure for line in lines}, at)
    return [_item(line, known.get(line.procedure)) for line in lines]


def _definitions(codes: Iterable[str], at: datetime) -> dict[str, Any]:
    found = by_codes(sorted(codes), at.astimezone(LOCAL).date())
    return {hit.code: definition(hit.version_id) for hit in found}


def _item(line: Line, made: Any) -> dict[str, Any]:
    name = told(made, "plain_name") if made else line.procedure
    about = f"{name}, {line.code}" if line.code else name
    things = ", ".join(_things(line, made))
    return {
        "title": f"{DONE[line.what]}: {things}" if things else DONE[line.what],
        "when": f"{line.at.astimezone(LOCAL):%H:%M %d/%m/%Y}",
        "words": about,
        "tone": "done" if line.what in ("submit", "supplement", "answer_draft") else "",
    }


def _things(line: Line, made: Any) -> list[str]:
    """The questions and papers of the line by their names."""
    names: dict[str, str] = {}
    if made:
        names = {field.id: told(field, "label") for page in made.form.pages() for field in page.fields}
        names |= {paper.id: told(paper, "name") for paper in made.papers}
    return [str(_OTHER_THINGS.get(key) or names.get(key, key)) for key in line.fields]
