"""Whether the applicant of a case is asked to agree to the draft of the result, and where that stands."""

from camaug.cases.lifecycle import DraftState
from camaug.cases.models import Case, ShownDraft
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import DraftConsent


def consent_of(case: Case, made: Definition) -> DraftConsent | None:
    """The rule by which the applicant agrees to a draft at the step where the case is; None where there is none."""
    rule = made.process.step(case.step).draft_consent
    return rule if rule is not None and rule.covers(Channel(case.channel)) and made.results else None


def last_draft(case: Case) -> ShownDraft | None:
    """What the applicant was shown last at this step, and what it says still holds."""
    return case.drafts.filter(step=case.step).exclude(state=DraftState.WITHDRAWN).order_by("shown_at").last()
