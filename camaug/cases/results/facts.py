"""What every result sheet says. Dates are ISO days; money in đồng; empty where the case does not say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from camaug.cases.slips.forms import Office


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What every result says. `signer_lines` stand above the signature: “KT. CHỦ TỊCH”, “PHÓ CHỦ TỊCH”; `signer_title`
    is the position in words, empty on papers of before it was kept.
    """

    office: Office
    case_code: str
    number: str
    signed_date: date
    signer: str
    signer_lines: tuple[str, ...]
    signer_title: str = ""

    def to_json(self) -> dict[str, Any]:
        """As JSON values, for `Result.facts`."""
        json: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return json


_adapters: dict[type[Sheet], TypeAdapter[Sheet]] = {}  # costly to make, and the same for every sheet of a kind


def _adapter(sheet: type[Sheet]) -> TypeAdapter[Sheet]:
    if sheet not in _adapters:
        _adapters[sheet] = TypeAdapter(sheet)
    return _adapters[sheet]
