"""The draft of a result: what it will say, with neither number nor signer, and its PDF, marked as a draft."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.cases.models import Case, ShownDraft
from camaug.cases.results.sheets import result_facts, result_pdf, sheet_of
from camaug.cases.routing import agency_of
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import StepKind
from camaug.kernel.clock import LOCAL
from camaug.people.queries import PositionView

NO_NUMBER = "……"


def draft_facts(case: Case, made: Definition, *, at: datetime) -> dict[str, Any]:
    """What the procedure's first result would say if it were signed at that instant, as it is kept."""
    nobody = PositionView(
        id=UUID(int=0),
        officer_id=UUID(int=0),
        officer_name="",
        agency_id=_signing_agency(case, made, at),
        title="",
        roles=frozenset(),
        main=True,
    )
    facts = result_facts(case, made.results[0], number_text=NO_NUMBER, signer=nobody, on=at.astimezone(LOCAL).date())
    kept: dict[str, Any] = json.loads(json.dumps(facts))
    return kept


def draft_as_it_stands(case: Case, made: Definition, *, at: datetime) -> bytes:
    """What the applicant would be shown now; nothing is kept."""
    return result_pdf(made.results[0].sheet, draft_facts(case, made, at=at), is_draft=True)


def draft_pdf(draft: ShownDraft) -> bytes:
    """The draft as the applicant was shown it."""
    return result_pdf(sheet_of(draft.case, draft.result), draft.facts, is_draft=True)


def _signing_agency(case: Case, made: Definition, at: datetime) -> UUID:
    signing = next((step for step in made.process.steps if step.kind == StepKind.APPROVE), None)
    agency = agency_of(case, signing.agency, at=at) if signing else None
    unit = agency.id if agency else case.competent_agency_id
    if unit is None:
        raise ValueError("a case that was sent has a competent agency")
    return unit
