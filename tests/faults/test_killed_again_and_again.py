"""Web server, worker and database killed with SIGKILL under submissions and officers' moves.

What was acknowledged is there exactly once, no code is given twice, no day's series has a gap, and no subscriber misses
an event, however often the processes die.
"""

import json
import math
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
from tests.waiting import until

MOVES = [
    ("clerk", "tiep-nhan", "reception/", {}, "cases.CaseReceived"),
    ("specialist", "tham-dinh", "draft/", {}, "cases.DraftShown"),
    ("clerk", "tham-dinh", "draft-answer/", {"answer": "agrees"}, "cases.DraftAgreed"),
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
        pace = Pace(writes / kills)
        people = [Applicants(site, site.drafts[n::2], pace) for n in range(2)]
        officers = [Officer(site, *move) for move in MOVES]
        for each in (*people, *officers):
            each.start()
        while killed.total() < kills:
            time.sleep(chance.uniform(0.1, 1.0))
            what = chance.choice(KILLED)
            pace.next()
            time.sleep(chance.uniform(0, 0.08))  # while what was let go is on its way
            killed[what] += site.kill(what)
            site.wait_until_ready()
        stormy = time.monotonic() - begun
        pace.free()
        for each in people:
            each.join()
        for each in officers:
            until(each.moves, what=f"a move by {each.who}")
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
        "struck": sum(each.struck for each in people),
        "unanswered": sum([each.unanswered for each in people] + [each.unanswered for each in officers]),
        "storm_seconds": round(stormy),
        "seconds": round(time.monotonic() - begun),
    }


class Pace:
    """Lets so many applications go with each kill, so that they last as long as the kills and meet them."""

    def __init__(self, each: float) -> None:
        self.each, self.kills, self.gone, self.changed = each, 0, 0, threading.Condition()

    def next(self) -> None:
        """A kill comes: the next ones go."""
        with self.changed:
            self.kills += 1
            self.changed.notify_all()

    def free(self) -> None:
        """No more kills come: all others go."""
        with self.changed:
            self.each = math.inf
            self.changed.notify_all()

    def wait(self) -> None:
        """Until one more may go."""
        with self.changed:
            self.changed.wait_for(lambda: self.gone < self.each * self.kills)
            self.gone += 1


class Applicants(threading.Thread):
    """Send their applications; each is sent again until the site says that it has it. `struck`: so many were on their
    way when the site went down.
    """

    def __init__(self, site: Site, drafts: list[str], pace: Pace) -> None:
        super().__init__(daemon=True)
        self.site, self.drafts, self.pace = site, drafts, pace
        self.acknowledged, self.unanswered, self.struck = set[str](), 0, 0

    def run(self) -> None:
        for draft in self.drafts:
            self.pace.wait()
            before = self.unanswered
            self._send(draft)
            self.struck += self.unanswered > before

    def _send(self, draft: str) -> None:
        while draft not in self.acknowledged:
            try:
                if self.site.send("POST", f"/applications/{draft}/check/", who="mother", send="1").done:
                    self.acknowledged.add(draft)
                    return
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

    def moves(self) -> Counter[str] | None:
        """Those that were acknowledged, where there is one already."""
        return self.acknowledged or None

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
        assert moved, f"no {officer.event}"
    assert sum(each.struck for each in people) > 0, "no application met a kill"


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
