import json
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from camaug.cases.queries import progress_of
from camaug.cases.queries.proof import proof_of_case
from camaug.kernel.pages import Request, members


@members
def proof(request: Request, case: UUID) -> HttpResponseBase:
    """The sealed history of one's own case, as a file that a stranger can check; a sentence where it is too early."""
    seen = progress_of(case, request.actor, at=request.at)
    made = proof_of_case(seen.case)
    if made is None:
        return render(request, "cases/portal/no_proof_yet.html", {"case": seen.case})
    return HttpResponse(
        json.dumps(made, ensure_ascii=False, indent=1),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{seen.case.code}-lich-su.json"',
            "Cache-Control": "no-store",
        },
    )
