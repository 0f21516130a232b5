"""Forms 01 to 06 as PDF, A5 (TT 01/2018/TT-VPCP: forms A5, register A4)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from camaug.cases.printing import print_together
from camaug.cases.slips.forms import Facts, Form, from_json


class Copy(StrEnum):
    """Whose copy of the receipt it is; the value is what the form prints."""

    KEPT = "Lưu"
    GIVEN = "Giao người nộp"


def slip_pdf(form: int, facts: Facts | Mapping[str, Any], *, copies: Sequence[Copy] = (Copy.GIVEN,)) -> bytes:
    """The form as it was issued. Several copies (the receipt at a counter) come as one PDF, each marked."""
    said = facts if isinstance(facts, Facts) else from_json(form, dict(facts))
    template = f"cases/slips/form-{Form(form):02d}.html"
    marks = copies if form == Form.RECEIPT else ("",)
    return print_together([(template, {"f": said, "copy": mark}) for mark in marks])
