"""The question for an exemption is asked of late births only, and its answer is never lost."""

from datetime import date

import pytest

from camaug.catalogue.forms.checking import check
from camaug.catalogue.forms.showing import prune, visible
from tests.unit.catalogue.samples import real

FORM = real("dang-ky-khai-sinh").form
BORN = {"child_birth_date": "2026-09-01"}


@pytest.mark.parametrize(("on", "asked"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_the_exemption_is_asked_for_after_sixty_days(on: date, asked: bool) -> None:
    assert ("mien-le-phi" in [page.id for page in visible(FORM, BORN, on=on)]) is asked
    assert ("waiver_group" in check(FORM, BORN, on=on)) is asked


def test_the_answer_is_kept_when_the_form_is_cleaned() -> None:
    answers = {**BORN, "waiver_group": "POOR"}
    assert prune(FORM, answers) == answers
    assert prune(FORM, answers, on=date(2026, 12, 1)) == answers
    assert prune(FORM, answers, on=date(2026, 10, 1)) == BORN
