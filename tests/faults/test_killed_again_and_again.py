"""Web server, worker and database killed with SIGKILL under submissions and officers' moves.

What was acknowledged is there exactly once, no code is given twice, no day's series has a gap, and no subscriber misses
an event, however often the processes die.
"""

import json
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.site import NoAnswer, Site, environment, running

MOVES = [
    ("clerk", "tiep-nhan", "reception/", {}, "cases.CaseReceived"),
    ("specialist", "tham-dinh", "proposal/", {"proposal": "GRANTED"}, "cases.DecisionProposed"),
    ("chairman", "ky-duyet", "approval/", {}, "cases.CaseGranted"),
]
KILLED = ["web", "web", "web", "worker", "worker", "database", "database", "database", "all"]


@pytest.fixture
def data() -> Iterator[Path]:
    with TemporaryDirectory(prefix="camaug-faults-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "data"


def test_twenty_kills(data: Path) -> None:
    storm(data, writes=40, kills=20, seed=20)


@pytest.mark.soak
def test_two_hundred_kills(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = storm(data, writes=400, kills=200, seed=200)
    with capsys.disabled():
        print("\n" + json.dumps({"soak": "kills", **figures}))


def storm(data: Path, *, writes: int, kills: int, seed: int) -> dict[str, object]:
    """So many acknowledged writes while so many processes are killed; then everything is counted."""
    chance, killed, begun = random.Random(seed), Counter[str](), time.monotonic()
    with running(data, drafts=writes) as site:
        people = [Applicants(site, site.drafts[n::2]) for n in range(2)]
        officers = [Officer(site, *move) for move in MOVES]
        for each in (*people, *officers):
            each.start()
        while killed.total() < kills:
            time.sleep(chance.uniform(0.1, 1.0))
            what = chance.choice(KILLED)
            killed[what] += site.kill(what)
            site.wait_until_ready()
        stormy = time.monotonic() - begun
        for each in people:
            each.join()
        for each in officers:
            each.done.set()
            each.join()
        everything_is_there_once(site, people, officers)
        site.stop()
    nothing_is_left_to_hand_out(data)
    return {
        "writes": sum(len(each.acknowledged) for each in people),
        "moves": sum(each.acknowledged.total() for each in officers),
        "kills": dict(killed),
        "unanswered": sum(each.unanswered for each in (*people, *officers)),
        "storm_seconds": round(stormy),
        "seconds": round(time.monotonic() - begun),
    }


class Applicants(threading.Thread):
    """Send their applications; each is sent again until the site says that it has it."""

    def __init__(self, site: Site, drafts: list[str]) -> None:
        super().__init__(daemon=True)
        self.site, self.drafts, self.acknowledged, self.unanswered = site, drafts, set[str](), 0

    def run(self) -> None:
        for draft in self.drafts:
            while draft not in self.acknowledged:
                try:
                    if self.site.send("POST", f"/applications/{draft}/check/", who="mother", send="1").done:
                        self.acknowledged.add(draft)
                        break
                except NoAnswer:
                    self.unanswered += 1
                time.sleep(0.1)


class Officer(threading.Thread):
    """Makes one move on every case that stands before him, as often as it takes; counts what was acknowledged."""

    def __init__(self, site: Site, who: str, step: str, page: str, fields: dict[str, str], event: str) -> None:
        super().__init__(daemon=True)
        self.site, self.who, self.step, self.page, self.fields, self.event = site, who, step, page, fields, event
        self.done, self.acknowledged, self.unanswered = threading.Event(), Counter[str](), 0

    def run(self) -> None:
        while not self.done.is_set():
            for code in self._waiting():
                try:
                    self._move(code)
                except NoAnswer:
                    self.unanswered += 1
            time.sleep(0.1)

    def _waiting(self) -> list[str]:
        asked = "SELECT code FROM cases_case WHERE state <> 'DRAFT' AND step = %s ORDER BY code LIMIT 5"
        return [code for (code,) in self.site.ask(asked, self.step)]

    def _move(self, code: str) -> None:
        address = f"/desk/cases/{code}/{self.page}"
        shown = self.site.send("GET", address, who=self.who)
        seen = re.search(r'name="seen" value="(\d+)"', shown.content)
        if seen and self.site.send("POST", address, who=self.who, seen=seen[1], **self.fields).done:
            self.acknowledged[code] += 1


def everything_is_there_once(site: Site, people: list[Applicants], officers: list[Officer]) -> None:
    sent = set[str]().union(*(each.acknowledged for each in people))
    assert sent == set(site.drafts)
    submitted = Counter(str(case) for (case,) in site.ask(EVENTS, "cases.CaseSubmitted"))
    assert submitted == Counter(sent), "a submission without its event, or with two"
    codes = [code for (code,) in site.ask("SELECT code FROM cases_case WHERE state <> 'DRAFT'")]
    assert len(codes) == len(set(codes)) == len(sent)
    series = sorted(int(code.rpartition("-")[2]) for code in codes)
    assert series == list(range(1, len(sent) + 1)), "a gap in the day's series"
    for officer in officers:
        moved = Counter(code for (code,) in site.ask(MOVED, officer.event))
        assert max(moved.values(), default=1) == 1, f"{officer.event} twice"
        assert set(officer.acknowledged) <= set(moved), f"{officer.event} was acknowledged and is not there"
        assert max(officer.acknowledged.values(), default=1) == 1
    assert site.ask("SELECT count(*) FROM kernel_eventrecord WHERE name = 'cases.CaseReceived'")[0][0] > 0


def nothing_is_left_to_hand_out(data: Path) -> None:
    """After the storm the rest is handed out; every event has its message once, and the kept figures are right."""
    told = subprocess.run(
        [sys.executable, "-m", "camaug.runtime", "manage", "shell", "--no-imports", "--command", RECKONING],
        env=environment(data), capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    unread, untold, wrong = (int(word) for word in told)
    assert (unread, untold, wrong) == (0, 0, 0), f"{unread} events unread, {untold} told nobody, {wrong} figures wrong"


EVENTS = "SELECT subject_id FROM kernel_eventrecord WHERE name = %s"
MOVED = "SELECT c.code FROM kernel_eventrecord e JOIN cases_case c ON c.id = e.subject_id WHERE e.name = %s"
RECKONING = """
from camaug.cases.actions.count import count_anew
from camaug.kernel.dispatch import drain
from camaug.kernel.models import EventRecord, Subscription
from camaug.notify.models import Message

drain()
last = EventRecord.objects.order_by("transaction", "id").last()
told = EventRecord.objects.filter(name__in=["cases.CaseSubmitted", "cases.CaseReceived"])
print(
    Subscription.objects.exclude(event_id=last.id).count(),
    told.exclude(id__in=Message.objects.values("fact_id")).count(),
    count_anew(),
)
"""
