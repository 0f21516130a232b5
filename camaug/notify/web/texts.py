from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.history import history_of, revision_of
from camaug.kernel.models import EventRecord
from camaug.kernel.pages import Request
from camaug.notify.actions.reword import LANGUAGES, restore, reword, wrong_fields
from camaug.notify.notices import Notice, declared
from camaug.notify.texts import Version, latest_versions, notice_called, subject_of, texts_of, versions
from camaug.notify.wording import Filled, Text
from camaug.ui.administration import administrators

NAMES = {"vi": gettext_lazy("Vietnamese"), "en": gettext_lazy("English")}
LABELS = {"title": gettext_lazy("Title"), "body": gettext_lazy("Message"), "sms": gettext_lazy("SMS")}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in the list: what it says, to whom it goes, and whose words hold."""

    code: str
    title: str
    in_app_only: bool
    version: Version | None


@dataclass(frozen=True, slots=True)
class LanguageForm:
    """One language of a notice as it stands in the form, and filled with the samples (None where it cannot be)."""

    code: str
    name: Any
    title: str
    body: str
    sms: str
    errors: dict[str, str]
    filled: Filled | None


@administrators
def texts(request: Request) -> HttpResponse:
    """Every notice that may be told, with whose words hold."""
    latest = latest_versions()
    rows = [
        NoticeRow(code, _title(code, request.at), notice.in_app_only, latest.get(code))
        for code, notice in declared().items()
    ]
    shown = {
        "groups": [
            (_("To applicants"), [row for row in rows if not row.in_app_only]),
            (_("To officers, in the app only"), [row for row in rows if row.in_app_only]),
        ]
    }
    return render(request, "notify/texts.html", shown)


@administrators
def text(request: Request, notice: str) -> HttpResponseBase:
    """A notice's texts: POST looks at them with sample words ("preview") or lets them hold from now on."""
    known = notice_called(notice)
    held, errors = texts_of(notice, at=request.at), dict[str, str]()
    typed = {language: held.get(language, Text("", "", "")) for language in LANGUAGES}
    if request.method == "POST":
        typed = _typed(request)
        if "preview" in request.POST:
            errors = wrong_fields(typed, known)
        else:
            try:
                reword(notice, typed, by=request.actor, at=request.at, seen=_seen(request))
            except InvalidInput as wrong:
                errors = wrong.errors
            except DomainError as no:
                errors = {"": str(no)}
            else:
                messages.success(request, _("The new words hold from now on."))
                return redirect("notify:text", notice)
    return _shown(request, known, typed, errors)


@administrators
def version(request: Request, notice: str, number: int) -> HttpResponseBase:
    """An earlier version with sample words; POST lets it hold again."""
    known, errors = notice_called(notice), dict[str, str]()
    found = next((one for one in versions(notice, at=request.at) if one.number == number), None)
    if found is None:
        raise NotFound
    if request.method == "POST":
        try:
            restore(notice, number, by=request.actor, at=request.at, seen=_seen(request))
        except DomainError as no:
            errors = {"": str(no)}
        else:
            messages.success(request, _("The earlier words hold again."))
            return redirect("notify:text", notice)
    shown = {
        "notice": known,
        "version": found,
        "languages": _forms(known, found.texts, {}),
        "seen": revision_of(subject_of(notice)),
        "errors": errors,
    }
    return render(request, "notify/text_version.html", shown, status=422 if errors else 200)


def _shown(request: Request, notice: Notice, typed: Mapping[str, Text], errors: dict[str, str]) -> HttpResponse:
    page = history_of(subject_of(notice.code), token=request.GET.get("from", ""), size=10)
    shown = {
        "notice": notice,
        "title": _title(notice.code, request.at),
        "words": sorted(notice.words.items()),
        "languages": _forms(notice, typed, errors),
        "seen": request.POST.get("seen") or revision_of(subject_of(notice.code)),
        "versions": versions(notice.code, at=request.at),
        "changes": [_change(row) for row in page.rows],
        "older": f"?from={page.older}" if page.older else "",
        "newer": f"?from={page.newer}" if page.newer else "",
        "errors": errors,
        "previewed": "preview" in request.POST,
    }
    return render(request, "notify/text.html", shown, status=422 if errors else 200)


def _typed(request: Request) -> dict[str, Text]:
    def said(language: str, field: str) -> str:
        return request.POST.get(f"{language}-{field}", "").replace("\r\n", "\n").strip()

    return {one: Text(said(one, "title"), said(one, "body"), said(one, "sms")) for one in LANGUAGES}


def _seen(request: Request) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None


def _title(code: str, at: datetime) -> str:
    found = texts_of(code, at=at)
    return found["vi"].title if "vi" in found else _("No text yet")


def _forms(notice: Notice, typed: Mapping[str, Text], errors: Mapping[str, str]) -> list[LanguageForm]:
    return [_form(notice, language, typed[language], errors) for language in LANGUAGES if language in typed]


def _form(notice: Notice, language: str, words: Text, errors: Mapping[str, str]) -> LanguageForm:
    own = {
        key.removeprefix(f"{language}-"): sentence for key, sentence in errors.items() if key.startswith(f"{language}-")
    }
    samples = {name: word.sample for name, word in notice.words.items()}
    filled = None if own else words.filled(samples, language=language)
    return LanguageForm(language, NAMES[language], words.title, words.body, words.sms, own, filled)


def _change(row: EventRecord) -> dict[str, Any]:
    """One change with only the fields that differ, in words."""
    before, after = row.facts["before"], row.facts["after"]
    differing = [
        (language, field)
        for language in LANGUAGES
        for field in LABELS
        if before.get(language, {}).get(field) != after.get(language, {}).get(field)
    ]
    restored = row.facts.get("restored")
    back = _("the profile's words") if restored == 0 else _("the words of version {n}").format(n=restored)
    return {
        "at": row.at,
        "by": row.actor_name,
        "number": row.facts["number"],
        "back": "" if restored is None else back,
        "fields": [
            {
                "label": f"{LABELS[field]} ({NAMES[language]})",
                "before": before.get(language, {}).get(field, ""),
                "after": after.get(language, {}).get(field, ""),
            }
            for language, field in differing
        ],
    }
