"""What lies in a dossier when its receipt is written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from camaug.cases.models import Case, Paper, Payment, PaymentKind
from camaug.kernel.prepared import asked
from camaug.worktime.queries import AS_IT_STANDS

_AT_ONCE = f"""SELECT
    (SELECT coalesce(json_agg(json_build_object('paper', paper, 'state', state, 'originals', originals,
                                                'copies', copies, 'source', source)), '[]')
     FROM cases_paper WHERE case_id = %(case)s),
    (SELECT coalesce(json_agg(json_build_array(f.paper, f.files, f.pages)), '[]')
     FROM (SELECT t.paper, count(*) AS files, coalesce(sum(b.pages), 0) AS pages
           FROM cases_casefile t JOIN kernel_blob b ON b.sha256 = t.blob_id
           WHERE t.case_id = %(case)s AND t.removed_at IS NULL GROUP BY t.paper) f),
    (SELECT coalesce(json_agg(json_build_object('state', state, 'items', items, 'amount', amount,
                                                'receipt_number', receipt_number) ORDER BY asked_at), '[]')
     FROM cases_payment WHERE case_id = %(case)s AND kind = %(fee)s),
    (SELECT count(*) FROM cases_slip WHERE case_id = %(case)s AND form = %(form)s),
    {AS_IT_STANDS}"""  # noqa: S608 (our own columns)


@dataclass(frozen=True, slots=True)
class Contents:
    """Papers with their states, (number, pages) of files by paper, fees in order; `slips`: earlier ones of the form;
    `calendar`: the token of the calendar that holds now.

    The rows carry only what a receipt says of them, and are not for saving.
    """

    papers: Sequence[Paper]
    payments: Sequence[Payment]
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    slips: int = 0
    calendar: UUID | None = None


def contents(case_id: UUID, form: int) -> Contents:
    """Asked in one statement; `contents_step_by_step` says it in words."""
    values = {"case": case_id, "form": form, "fee": PaymentKind.FEE.value}
    ((papers, files, payments, slips, calendar),) = asked(_AT_ONCE, values)
    return Contents(
        papers=[Paper(**told) for told in _read(papers)],
        payments=[Payment(**told) for told in _read(payments)],
        files={paper: (number, pages) for paper, number, pages in _read(files)},
        slips=slips,
        calendar=calendar,
    )


def contents_step_by_step(case: Case, form: int) -> Contents:
    """The reference."""
    files = case.files.there().values_list("paper").annotate(files=Count("id"), pages=Sum("blob__pages"))
    return Contents(
        papers=list(case.papers.all()),
        payments=list(case.payments.filter(kind=PaymentKind.FEE).order_by("asked_at")),
        files={paper: (number, pages or 0) for paper, number, pages in files},
        slips=case.slips.filter(form=form).count(),
    )


def _read(told: Any) -> list[Any]:
    found: list[Any] = json.loads(told) if isinstance(told, str) else told
    return found
