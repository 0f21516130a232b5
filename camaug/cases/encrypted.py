"""What of cases lies encrypted."""

from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from camaug.cases.models.answers import opened_answers, sealed_answers, sensitive_fields
from camaug.catalogue.models import ProcedureVersion
from camaug.kernel.encryption import MARK, is_current, is_encrypted
from camaug.kernel.rotation import Encrypted, Row, text


def _answers(row: Row) -> dict[str, Any] | None:
    """Under the writing key; what became sensitive since it was written is hidden now."""
    kept, hidden = row["answers"], sensitive_fields(row["version_id"])
    closed = [value for value in kept.values() if is_encrypted(value)]
    if all(map(is_current, closed)) and all(is_encrypted(kept[name]) for name in hidden & kept.keys()):
        return None
    return sealed_answers(opened_answers(kept, row["pk"]), row["pk"], row["version_id"])


def _with_hidden_answers(cases: QuerySet[Any]) -> QuerySet[Any]:
    versions = [one for one in ProcedureVersion.objects.values_list("pk", flat=True) if sensitive_fields(one)]
    said = cases.annotate(said=Cast("answers", TextField()))
    found: QuerySet[Any] = said.filter(Q(version__in=versions) | Q(said__contains=f'"{MARK}:'))
    return found


ENCRYPTED = (
    Encrypted("cases.Case", "answers", _answers, needs=("version_id",), rows=_with_hidden_answers),
    text("cases.ListReading", "asked", about=lambda row: f"cases.listreading.asked:{row['pk']}"),
)
