from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.supplement import supplement as enter
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.catalogue.forms.wording import said
from camaug.kernel.files.limits import ACCEPT, LIMITS
from camaug.kernel.pages import Request, staff
from camaug.ui.sent import take_sent


@staff
def supplement(request: Request, code: str) -> HttpResponseBase:
    """Enter what the applicant brought to the counter."""

    def act(page: CasePage, seen: int) -> Case:
        fields = {
            name.removesuffix("-uploaded") for name in (*request.POST, *request.FILES) if name.startswith("file-")
        }
        for field in sorted(fields):

            def take(content: bytes, name: str, paper: str = field.removeprefix("file-")) -> None:
                add_file(page.case.id, paper, content=content, file_name=name, by=request.actor, at=request.at)

            for no in take_sent(request, field, take):
                raise no
        answer_text = request.POST.get("answer", "")
        return enter(page.case.id, by=request.actor, at=request.at, seen=seen, answer=answer_text)

    return answer(request, code, "supplement", act, more=_asked)


def _asked(page: CasePage, _typed: Mapping[str, Any]) -> Mapping[str, Any]:
    asked = next((one for one in page.supplements if one.answered_at is None), None)
    items = asked.items if asked else []
    wanted = {item["paper"] for item in items if item["paper"]}
    papers = [view for view in page.papers if view.paper.id in wanted]
    named = [{"field": f"file-{view.paper.id}", "name": said(view.paper, "name", get_language())} for view in papers]
    return {"asked": asked, "named": named, "accept": ACCEPT, "megabytes": LIMITS.megabytes}
