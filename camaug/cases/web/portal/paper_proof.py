"""From a printed form to the proof that it was issued, without an account: by the code that stands on the paper."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.audit.queries import public_keys
from camaug.cases.actions.open_proof import NoSuchPaper, open_proof, open_words
from camaug.cases.queries.proof import ProvedPaper, proof_of_paper
from camaug.cases.web.portal.proof import as_file
from camaug.cases.web.portal.wording import FORMS
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, public


@public
def paper_proofs(request: Request) -> HttpResponseBase:
    """Type the code that stands on a paper."""
    typed = request.POST.get("code", "")[-60:]
    if request.method != "POST":
        return render(request, "cases/portal/paper_proofs.html", {"typed": ""})
    try:
        paper = open_proof(typed.rstrip("/ ").rpartition("/")[2], by=request.actor, at=request.at)
    except DomainError as no:
        shown = {"typed": typed, "errors": {"code": str(no)}}
        status = 429 if isinstance(no, TooManyAttempts) else 422
        return render(request, "cases/portal/paper_proofs.html", shown, status=status)
    return redirect("citizen:paper_proof", paper.slip.proof_code)


@public
def paper_proof(request: Request, paper_code: str) -> HttpResponseBase:
    """What is proved of the paper, and how; sent with four digits that stand on it, a file that proves all it says."""
    if request.method != "POST":
        return _read(request, paper_code)
    fact = request.POST.get("fact", "")[:20]
    try:
        paper = open_words(paper_code, fact, by=request.actor, at=request.at)
    except NoSuchPaper as none:
        raise NotFound from none
    except DomainError as no:
        status = 429 if isinstance(no, TooManyAttempts) else 422
        return _shown(request, _opened(request, paper_code), fact=fact, error=str(no), status=status)
    made = proof_of_paper(paper, words=True)
    return as_file(made, f"{paper.code}-{paper.form:02d}-toan-van.json") if made else _shown(request, paper)


@public
def paper_proof_file(request: Request, paper_code: str) -> HttpResponseBase:
    """The proof that the form was issued, without a word of what it says; while it is not sealed, the page."""
    paper = _opened(request, paper_code)
    made = proof_of_paper(paper, words=False)
    if made is None:
        return redirect("citizen:paper_proof", paper.slip.proof_code)
    return as_file(made, f"{paper.code}-{paper.form:02d}-bang-chung.json")


def _read(request: Request, paper_code: str) -> HttpResponse:
    """Whoever was led here by a code that stands on no paper of ours is told so, and may type another one."""
    try:
        return _shown(request, open_proof(paper_code, by=request.actor, at=request.at))
    except NoSuchPaper as none:
        shown = {"typed": paper_code[:60], "errors": {"code": str(none)}, "unknown": True}
        return render(request, "cases/portal/paper_proofs.html", shown, status=404)


def _opened(request: Request, paper_code: str) -> ProvedPaper:
    try:
        return open_proof(paper_code, by=request.actor, at=request.at)
    except NoSuchPaper as none:
        raise NotFound from none


def _shown(request: Request, paper: ProvedPaper, *, fact: str = "", error: str = "", status: int = 200) -> HttpResponse:
    key, witnesses = public_keys()
    shown = {
        "paper": paper,
        "paper_code": paper.slip.proof_code,
        "name": FORMS[paper.form],
        "file": f"{paper.code}-{paper.form:02d}-bang-chung.json",
        "key": key,
        "witnesses": witnesses,
        "fact": fact,
        "errors": {"fact": error} if error else {},
    }
    return render(request, "cases/portal/paper_proof.html", shown, status=status)
