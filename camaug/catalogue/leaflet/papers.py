"""What to bring, and when."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from camaug.catalogue.definition.papers import Paper, PaperForm, Submission
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.forms.wording import told
from camaug.catalogue.leaflet.words import joined, sentence

FORMS: dict[PaperForm, Promise] = {
    PaperForm.ORIGINAL: gettext_lazy("the original"),
    PaperForm.COPY: gettext_lazy("a copy"),
    PaperForm.ORIGINAL_OR_COPY: gettext_lazy("the original or a copy"),
    PaperForm.ELECTRONIC: gettext_lazy("an electronic copy"),
}
STAYS: dict[Submission, Promise] = {
    Submission.FILED: gettext_lazy("you hand it in"),
    Submission.SHOWN: gettext_lazy("you only show it and keep it"),
    Submission.SURRENDERED: gettext_lazy("you give it up when you get the result"),
}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper: `how` says what of it and whether it stays, `when` in which case, `instead` what may stand for it."""

    name: str
    how: str
    when: str
    hint: str
    instead: str
    verify: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """What everybody brings, what only some bring, and what the pages fill in by themselves."""

    always: tuple[PaperLine, ...]
    some: tuple[PaperLine, ...]
    filled_in: tuple[PaperLine, ...]


def papers_of(definition: Definition) -> Papers:
    """The papers in the procedure's order."""
    filled_in = tuple(p for p in definition.papers if p.declaration)
    brought = [p for p in definition.papers if not p.declaration]
    return Papers(
        always=tuple(_line(p) for p in brought if not _depends(p)),
        some=tuple(_line(p) for p in brought if _depends(p)),
        filled_in=tuple(_line(p) for p in filled_in),
    )


def _depends(paper: Paper) -> bool:
    return paper.when is not None or paper.optional or bool(paper.when_text)


def _line(paper: Paper) -> PaperLine:
    instead = paper.replaced_by
    return PaperLine(
        name=told(paper, "name"),
        how=_how(paper),
        when=told(paper, "when_text"),
        hint=told(paper, "hint"),
        instead=_("You need not hand it in where we find it here: {place}.").format(place=instead) if instead else "",
        verify=paper.verify,
    )


def _how(paper: Paper) -> str:
    parts = []
    if paper.originals:
        parts.append(ngettext("{n} original", "{n} originals", paper.originals).format(n=paper.originals))
    if paper.copies:
        parts.append(ngettext("{n} copy", "{n} copies", paper.copies).format(n=paper.copies))
    what = joined(parts) or str(FORMS[paper.form])
    return f"{sentence(what)}, {STAYS[paper.submission]}"
