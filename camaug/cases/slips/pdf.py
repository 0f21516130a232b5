"""Forms 01 to 06 as PDF, A5 (TT 01/2018/TT-VPCP: forms A5, register A4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from camaug.cases.printing import history_url, print_together, proof_url
from camaug.cases.slips.forms import Facts, Form, from_json

_ROOT = 16


class Copy(StrEnum):
    """Whose copy of the receipt it is; the value is what the form prints."""

    KEPT = "Lưu"
    GIVEN = "Giao người nộp"


def slip_pdf(
    form: int,
    facts: Facts | Mapping[str, Any],
    *,
    copies: Sequence[Copy] = (Copy.GIVEN,),
    seal: Mapping[str, Any] | None = None,
    proof_code: str | None = None,
) -> bytes:
    """The form as it was issued. Several copies (the receipt at a counter) come as one PDF, each marked.

    `seal` is the head of the sealed history that it says, as `Slip.seal` keeps it; `proof_code` leads to the
    form's own proof, which there is where there is a seal.
    """
    said = facts if isinstance(facts, Facts) else from_json(form, dict(facts))
    template = f"cases/slips/form-{Form(form):02d}.html"
    marks = copies if form == Form.RECEIPT else ("",)
    beside = {"f": said, "seal": _seal(seal), "proof": proof_url(proof_code) if seal and proof_code else ""}
    return print_together([(template, {**beside, "copy": mark}) for mark in marks])


def _seal(seal: Mapping[str, Any] | None) -> dict[str, Any]:
    """The head in short: how many entries, the first 64 bits of their root in groups of four, when, where to look."""
    if not seal:
        return {}
    root = str(seal["root"])[:_ROOT]
    return {
        "size": seal["size"],
        "root": " ".join(root[at : at + 4] for at in range(0, _ROOT, 4)),
        "at": datetime.fromisoformat(seal["signed_at"]),
        "witness": seal.get("witness", ""),
        "address": history_url(),
    }
