from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record, record_all
from camaug.kernel.ids import uuid7
from camaug.people.actions.found_agency import CODE
from camaug.people.actions.renew_directory import renew_directory
from camaug.people.events import AgencyCodeReplaced, AgencyCodesReplaced
from camaug.people.models import Agency
from camaug.people.policy import ADMINISTER


class CodesNotReplaced(DomainError):
    """Some lines are wrong, so none was applied; `problems` maps a line's number to its sentence."""

    sentence = _("No code was replaced: {count} lines are wrong.")

    def __init__(self, problems: Mapping[int, str]) -> None:
        self.problems = dict(problems)
        super().__init__(count=len(self.problems))


def replace_codes(lines: Mapping[int, tuple[str, str]], *, by: Actor, at: datetime) -> int:
    """Put real identity codes in the place of the profile's placeholders: all lines or none.

    `lines` maps a line's number to (placeholder, real code). A line already applied is passed over, so that the same
    file may come twice. Returns the number of agencies changed. Raises CodesNotReplaced (QĐ 20/2020/QĐ-TTg).
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        agencies = {a.code: a for a in Agency.objects.select_for_update().order_by("id")}
        new = {n: pair for n, pair in lines.items() if not _applied(pair, agencies)}
        problems = _problems(new, agencies)
        if problems:
            raise CodesNotReplaced(problems)
        wanted = dict(new.values())
        # Through a code that nobody bears, so that two agencies may exchange theirs.
        for position, old in enumerate(wanted):
            Agency.objects.filter(id=agencies[old].id).update(code=f"Z{position}.{old}"[:35])
        for old, code in wanted.items():
            Agency.objects.filter(id=agencies[old].id).update(code=code, code_is_placeholder=False)
        if wanted:
            renew_directory()
            record(AgencyCodesReplaced(subject=uuid7(), codes=wanted), by=by, at=at)
            each = [
                AgencyCodeReplaced(subject=agencies[old].id, code=code, earlier=old) for old, code in wanted.items()
            ]
            record_all(each, by=by, at=at)
    return len(wanted)


def _applied(pair: tuple[str, str], agencies: Mapping[str, Agency]) -> bool:
    old, code = pair
    bearer = agencies.get(code)
    return old not in agencies and bearer is not None and not bearer.code_is_placeholder


def _problems(lines: Mapping[int, tuple[str, str]], agencies: Mapping[str, Agency]) -> dict[int, str]:
    leaving = {old for old, _code in lines.values()}
    problems: dict[int, str] = {}
    seen_old: set[str] = set()
    seen_new: set[str] = set()
    for number, (old, code) in lines.items():
        if len(code) > 35 or not CODE.fullmatch(code):
            problems[number] = gettext("“{code}” is not an identity code.").format(code=code[:40])
        elif old not in agencies:
            problems[number] = gettext("No agency has the code {code}.").format(code=old[:40])
        elif not agencies[old].code_is_placeholder:
            problems[number] = gettext("The code {code} is not a placeholder.").format(code=old)
        elif old in seen_old or code in seen_new:
            problems[number] = gettext("The code stands in the file twice.")
        elif code in agencies and code not in leaving:
            problems[number] = gettext("The code {code} already belongs to another agency.").format(code=code)
        seen_old.add(old)
        seen_new.add(code)
    return problems
