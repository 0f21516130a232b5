from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.add_file import MOST_FILES, add_file
from camaug.cases.actions.remove_file import remove_file
from camaug.cases.models import PICTURES, CaseFile
from camaug.cases.queries import Draft, draft_of
from camaug.cases.web.portal import walk
from camaug.cases.web.portal.page import later
from camaug.catalogue.forms.wording import told
from camaug.catalogue.queries import PaperNeed
from camaug.catalogue.queries import papers as needs
from camaug.kernel.errors import NotFound
from camaug.kernel.files.limits import LIMITS
from camaug.kernel.pages import Request
from camaug.ui.sent import take_sent

# With types instead of endings a phone offers its camera.
ACCEPT = "image/jpeg,image/png,image/heic,image/heif,application/pdf,.docx,.xlsx"


@dataclass(frozen=True, slots=True)
class PaperField:
    """A paper with what was sent for it."""

    id: str
    name: str
    hint: str
    when: str
    required: bool
    by_data: str
    files: tuple[CaseFile, ...]
    infected: tuple[CaseFile, ...]
    error: str

    @property
    def pictures(self) -> int:
        """How many of the files could be joined into one PDF."""
        return pictures_among(self.files)


@walk.drafted
def papers(request: Request, draft: Draft) -> HttpResponseBase:
    """The papers. POST takes the files in, one wrong file never costs the others; `remove` takes one out."""
    if request.method != "POST":
        return _shown(request, draft)
    if "remove" in request.POST:
        remove(request, draft.case.id)
        return redirect(request.get_full_path())
    wanted = [need.paper.id for need in walk.uploads(draft)]
    errors = take_in(request, draft.case.id, wanted)
    if "later" in request.POST and not errors:
        return later(request)
    if "join" in request.POST and not errors:
        return to_joining(request, draft.case.id, wanted)
    if not errors and "upload" in request.POST:
        return redirect(request.get_full_path())
    draft = draft_of(draft.case.id, request.actor, on=draft.on)
    errors = _missing(draft) | errors
    if errors:
        return _shown(request, draft, errors)
    return redirect(walk.forward(draft, draft.case.answers, "papers", to_check=walk.leads_to_check(request)))


def take_in(request: Request, case_id: UUID, wanted: Iterable[str]) -> dict[str, str]:
    """Take the files sent for these papers in; the sentences of those refused, by paper."""
    errors: dict[str, str] = {}
    for paper in wanted:

        def take(content: bytes, name: str, paper: str = paper) -> None:
            add_file(case_id, paper, content=content, file_name=name, by=request.actor, at=request.at)

        for no in take_sent(request, paper, take):
            errors[paper] = str(no)
    return errors


def pictures_among(files: Iterable[CaseFile]) -> int:
    """How many files could become pages of one PDF."""
    return sum(file.blob.media_type in PICTURES for file in files)


def remove(request: Request, case_id: UUID) -> None:
    """Take the file out that `remove` names."""
    try:
        file_id = UUID(request.POST["remove"])
    except ValueError:
        raise NotFound from None
    remove_file(case_id, file_id, by=request.actor, at=request.at)


def to_joining(request: Request, case_id: UUID, wanted: Iterable[str]) -> HttpResponse:
    """To the page where the pictures of the paper that `join` names are put in order."""
    if request.POST["join"] not in wanted:
        raise NotFound
    return redirect("citizen:joining", case_id, request.POST["join"])


def limits_said() -> str:
    """What may be sent, said before it is."""
    return _(
        "PDF, JPEG, PNG, HEIC (turned into JPEG), DOCX or XLSX; at most {megabytes} MB each and {files} files in all."
    ).format(megabytes=LIMITS.megabytes, files=MOST_FILES)


def _missing(draft: Draft) -> dict[str, str]:
    return {
        need.paper.id: _("Choose the picture or file of this paper.")
        for need in walk.uploads(draft)
        if need.to_file and not draft.files_of(need.paper.id)
    }


def _shown(request: Request, draft: Draft, errors: dict[str, str] | None = None) -> HttpResponse:
    wrong = errors or {}
    every = needs(draft.definition, draft.case.answers, draft.on)
    fields = [_field(draft, need, wrong) for need in every if walk.is_sent(need)]
    shown = {
        "procedure": told(draft.definition, "plain_name"),
        "title": _("Take pictures of your papers") if fields else _("You need not send any paper"),
        "back": walk.backward(draft, "papers", to_check=walk.leads_to_check(request)),
        "errors": {field.id: f"{field.name}: {field.error}" for field in fields if field.error},
        "fields": fields,
        "not_needed": [_not_needed(need) for need in every if not walk.is_sent(need)],
        "limits": limits_said(),
        "accept": ACCEPT,
        "case_id": draft.case.id,
        **walk.place(draft, "papers"),
    }
    return render(request, "cases/portal/papers.html", shown, status=422 if wrong else 200)


def _field(draft: Draft, need: PaperNeed, errors: dict[str, str]) -> PaperField:
    paper = need.paper
    return PaperField(
        id=paper.id,
        name=told(paper, "name"),
        hint=told(paper, "hint"),
        when=told(paper, "when_text"),
        required=need.to_file,
        by_data=paper.replaced_by,
        files=draft.files_of(paper.id),
        infected=draft.infected_of(paper.id),
        error=errors.get(paper.id, ""),
    )


def _not_needed(need: PaperNeed) -> tuple[str, str]:
    paper = need.paper
    if paper.declaration:
        return told(paper, "name"), _("made from your answers")
    return told(paper, "name"), _("looked up in: {source}").format(source=paper.replaced_by)
