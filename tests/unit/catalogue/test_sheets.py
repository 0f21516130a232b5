"""Every fact of a definition stands on a sheet of the editor, once, and every sheet asks only for what there is."""

from collections.abc import Iterator
from typing import Any

import pytest

from camaug.catalogue.definition.eform import Copied, Lead
from camaug.catalogue.definition.fees import Banded, FeeRule, Fixed, ForeignSum, PerUnit, Table, Tiered
from camaug.catalogue.definition.procedure import Definition, NationalCode, Wording
from camaug.catalogue.definition.process import DraftConsent, Reminding, Silence
from camaug.catalogue.definition.sourcing import Part
from camaug.catalogue.drafting.entries import Sheet
from camaug.catalogue.drafting.sheets import ITEMS, PARTS

ELSEWHERE = {
    "Definition": {"code", "version", "valid_from", "valid_until", "scenarios", "competence", "form", "process"},
    "EForm": {"sections"},
    "Section": {"pages"},
    "Page": {"fields"},
    "Process": {"steps"},
    "Step": {"next", "back"},
}
"""Given when the draft is begun or scheduled, or changed on the pages of the form, the process and the scenarios."""
INSIDE: dict[tuple[str, str], list[type[Part]]] = {
    ("Definition", "national_code"): [NationalCode],
    ("Result", "wording"): [Wording],
    ("FormField", "copied"): [Copied],
    ("Process", "unsupplemented"): [Silence],
    ("Process", "reminders"): [Reminding],
    ("Consultation", "silence"): [Silence],
    ("Step", "draft_consent"): [DraftConsent],
    ("FormField", "lead"): [Lead],
    ("FeeRule", "foreign"): [ForeignSum],
    ("FeeRule", "calculation"): [Fixed, PerUnit, Tiered, Banded, Table],
}


def asked(sheets: list[Sheet]) -> list[str]:
    return [one.name for sheet in sheets for one in (*sheet.entries, *sheet.listings)]


def facts(kind: type[Part]) -> Iterator[str]:
    for name, field in kind.model_fields.items():
        if name in ELSEWHERE.get(kind.__name__, set()):
            continue
        written = field.alias or name
        inside = INSIDE.get((kind.__name__, name))
        inner = {one for part in inside or () for one in part.model_fields}
        yield from (f"{written}.{one}" for one in inner) if inside else [written]


KINDS: dict[Any, list[Sheet]] = {}
for sheet in (*PARTS.values(), *ITEMS.values()):
    KINDS.setdefault(sheet.model, []).append(sheet)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_sheet_asks_for_every_fact_once(kind: type[Part]) -> None:
    assert sorted(asked(KINDS[kind])) == sorted(facts(kind))


def test_the_whole_definition_is_reached() -> None:
    assert {Definition, FeeRule} <= set(KINDS)
