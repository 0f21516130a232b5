"""What of cases lies encrypted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from camaug.cases.models import Consultation, Extension, Note, Result, ShownDraft, Slip, Supplement
from camaug.cases.models.answers import opened_answers, sealed_answers, sensitive_fields
from camaug.cases.sought import print_of
from camaug.cases.words import own_part, words_of
from camaug.catalogue.queries import asking_what_is_sensitive, definition
from camaug.kernel.encryption import MARK, decrypt, is_current, is_encrypted
from camaug.kernel.rotation import Encrypted, Row, text, whole
from camaug.kernel.text import accented, fold


def _renewed(kept: dict[str, Any], case_id: UUID, version_id: UUID) -> dict[str, Any] | None:
    """Under the writing key; what became sensitive since it was written is hidden now."""
    hidden = sensitive_fields(version_id) & kept.keys()
    closed = [value for value in kept.values() if is_encrypted(value)]
    if all(map(is_current, closed)) and all(is_encrypted(kept[name]) for name in hidden):
        return None
    return sealed_answers(opened_answers(kept, case_id), case_id, version_id)


def _hiding(column: str, version: str) -> Callable[[QuerySet[Any]], QuerySet[Any]]:
    """Rows whose version asks for something sensitive, or that hold something encrypted."""

    def narrowed(rows: QuerySet[Any]) -> QuerySet[Any]:
        said = rows.annotate(said=Cast(column, TextField()))
        found: QuerySet[Any] = said.filter(
            Q(**{f"{version}__in": asking_what_is_sensitive()}) | Q(said__contains=f'"{MARK}:')
        )
        return found

    return narrowed


def _found_by(column: str, spelled: Callable[[str], str]) -> Encrypted:
    """A case's search words, without those of answers that became sensitive since they were written."""

    def renew(row: Row) -> str | None:
        hidden = sensitive_fields(row["version_id"])
        asked = {name: value for name, value in row["answers"].items() if name not in hidden}
        names = (own_part(row["code"] or ""), row["applicant_name"], row["authorised_name"])
        words = words_of(definition(row["version_id"]), names, opened_answers(asked, row["pk"]))
        return None if spelled(words) == row[column] else spelled(words)

    def narrowed(rows: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.filter(version__in=asking_what_is_sensitive()).exclude(folded="")
        return found

    needs = ("version_id", "answers", "code", "applicant_name", "authorised_name")
    return Encrypted("cases.Case", column, renew, needs, narrowed)


def _print_renewed(row: Row) -> str | None:
    """The hash of the number that was searched for, under the writing key: made anew from what was asked."""
    made = print_of(decrypt(row["asked"], about=f"cases.listreading.asked:{row['pk']}"))
    return None if made == row["number_print"] else made


ENCRYPTED = (
    Encrypted(
        "cases.Case",
        "answers",
        lambda row: _renewed(row["answers"], row["pk"], row["version_id"]),
        needs=("version_id",),
        rows=_hiding("answers", "version"),
    ),
    Encrypted(
        "cases.Supplement",
        "corrections",
        lambda row: _renewed(row["corrections"], row["case_id"], row["case__version_id"]),
        needs=("case_id", "case__version_id"),
        rows=_hiding("corrections", "case__version"),
    ),
    whole(Note, "text"),
    whole(Consultation, "question"),
    whole(Consultation, "answer"),
    whole(Supplement, "items"),
    whole(Supplement, "reason"),
    whole(Supplement, "answer"),
    whole(Extension, "reason"),
    whole(Result, "facts"),
    whole(Result, "ended_note"),
    whole(ShownDraft, "facts"),
    whole(ShownDraft, "answer"),
    whole(Slip, "facts"),
    text("cases.ListReading", "asked", about=lambda row: f"cases.listreading.asked:{row['pk']}"),
    Encrypted(
        "cases.ListReading",
        "number_print",
        _print_renewed,
        needs=("asked",),
        rows=lambda rows: rows.exclude(number_print=""),
    ),
)

TRACES = (_found_by("folded", fold), _found_by("accented", accented))
