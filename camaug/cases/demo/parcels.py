"""The demonstration's papers by post: some who applied from afar have them fetched, one thinks better of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from camaug.access.queries import actor_of_account
from camaug.cases.actions.order_collection import order_collection
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.postage import home_of
from camaug.catalogue.definition.limits import Channel
from camaug.kernel.actors import SYSTEM
from camaug.postal.actions.cancel import cancel
from camaug.postal.actions.order import Party
from camaug.postal.queries import legs

_AGO = (timedelta(0), timedelta(minutes=8), timedelta(hours=5), timedelta(hours=28), timedelta(hours=50))
_WAITING = (State.SUBMITTED, State.SUPPLEMENT_REQUESTED, State.RECEIVED, State.IN_PROCESS)


def load_demo(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:  # noqa: ARG001
    """Have papers of some open cases fetched, asked for between now and two days ago; those that were stay."""
    rows = Case.objects.filter(channel=Channel.ONLINE, state__in=_WAITING, account__isnull=False)
    cases = [case for case in rows.exclude(applicant_phone="").order_by("-submitted_at") if home_of(case)]
    chosen = cases[: len(_AGO) + 1]
    for number, case in enumerate(chosen):
        if legs(case.id, SYSTEM):
            continue
        _order(case, at - _AGO[number % len(_AGO)])
        if number == len(_AGO):
            cancel(legs(case.id, SYSTEM)[0].id, by=SYSTEM, at=at)
    progress(len(chosen), len(chosen))


def _order(case: Case, at: datetime) -> None:
    if case.account_id is None or case.submitted_at is None:
        return
    asked_at = max(at, case.submitted_at + timedelta(minutes=1))
    by = actor_of_account(case.account_id, at=asked_at, origin="demo")
    home = Party(case.applicant_name, case.applicant_phone, home_of(case))
    order_collection(case.id, home, by=by, at=asked_at)
