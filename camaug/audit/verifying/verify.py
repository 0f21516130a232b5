"""The whole of it: leaves, heads, witnesses, what stands in the database without a leaf, and rows that events bind."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import connection

from camaug.audit.entries import clear
from camaug.audit.keys import Witness
from camaug.audit.models import Head
from camaug.audit.notes import Verifier
from camaug.audit.queries.tail import tail
from camaug.audit.shelf import WIDTH, Damaged, Shelf
from camaug.audit.verifying import heads
from camaug.audit.verifying.findings import Finding, Kind, Verdict
from camaug.audit.verifying.heads import Claim, Growing
from camaug.audit.verifying.leaves import Leaf, Seen, compare, leaves_of
from camaug.audit.verifying.rows import rows
from camaug.kernel.actors import ActorKind
from camaug.kernel.models import EventRecord

MOST_NAMED = 1000  # strangers that are named one by one
_LONGEST_TRANSACTION = timedelta(hours=1)  # an event's row may be begun that long before it is there to be sealed
_LONGEST_ACTION = timedelta(hours=1)  # and what it tells of that long before the row


def verify(
    *,
    key: Verifier,
    witnesses: Sequence[Witness],
    at: datetime,
    progress: Callable[[int, int], None],
    shelf: Shelf | None = None,
) -> Verdict:
    """Compare all that was sealed with the database; every difference is named."""
    shelf = shelf or Shelf()
    claims, found = heads.claims(key, witnesses)
    size = claims[-1].size if claims else 0
    waiting = tail(at=at)
    made = Verdict(size=size, tail=waiting.events, tail_seconds=waiting.seconds, findings=found)
    made.witnessed = max((claim.size for claim in claims if claim.who), default=0)
    seen = Seen()
    made.findings += _tree(shelf, claims, size, seen, progress)
    made.findings += [finding for what, finding in seen.erased.items() if what not in seen.announced()]
    made.findings += _strangers()
    made.findings += rows(made.rows, at=at)
    made.erasures, made.dated_before = seen.erasures, seen.dated_before
    return made


def _tree(
    shelf: Shelf, claims: Sequence[Claim], size: int, seen: Seen, progress: Callable[[int, int], None]
) -> Iterator[Finding]:
    by_size: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_size[claim.size].append(claim)
    signed = list(Head.objects.order_by("size").values_list("size", "signed_at"))
    grown = Growing()
    yield from heads.wrong(by_size[0], grown)
    for number in range((size + WIDTH - 1) // WIDTH):
        try:
            leaves = leaves_of(shelf, number, size)
        except Damaged as damage:
            yield Finding(Kind.TREE, index=number * WIDTH, what=(str(damage),))
            return
        for leaf in leaves:
            grown.add(leaf.hash)
            yield from heads.wrong(by_size.get(grown.size, ()), grown)
        yield from compare(leaves, seen)
        yield from _backdated(leaves, signed, seen)
        progress(grown.size, size)


def _backdated(leaves: Sequence[Leaf], signed: Sequence[tuple[int, datetime]], seen: Seen) -> Iterator[Finding]:
    """A leaf under a head was written after the head before it was signed, and happened when it was written.

    What was written before the first head may be dated as one likes: so a demonstration loads its past. The system's
    own events follow others, perhaps hours later, and are dated like them: they are counted apart.
    """
    at = sum(1 for size, _at in signed if size <= leaves[0].index)
    for leaf in leaves:
        while at < len(signed) and signed[at][0] <= leaf.index:
            at += 1
        if not at or not leaf.said:
            continue
        happened, written = (datetime.fromisoformat(leaf.said[name]) for name in ("at", "recorded_at"))
        if written < signed[at - 1][1] - _LONGEST_TRANSACTION:
            yield leaf.finding(Kind.BACKDATED, "recorded_at")
        elif written >= signed[0][1] and happened < written - _LONGEST_ACTION:
            found = leaf.finding(Kind.BACKDATED, "at")
            if leaf.said["actor_kind"] == ActorKind.SYSTEM:
                seen.dated_before.add(found)
            else:
                yield found


def _strangers() -> Iterator[Finding]:
    """Events that the numbering has passed by: they were put in behind its back."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.id FROM kernel_eventrecord e, kernel_subscription s
               WHERE s.name = 'audit.number' AND (e.transaction, e.id) <= (s.transaction, s.event_id)
                 AND NOT EXISTS (SELECT FROM audit_sealedevent p WHERE p.event_id = e.id)
               ORDER BY e.id LIMIT %s""",
            [MOST_NAMED],
        )
        ids = [event_id for (event_id,) in cursor.fetchall()]
    for row in EventRecord.objects.filter(pk__in=ids).order_by("id"):
        said = clear(row)
        yield Finding(Kind.INSERTED, said["id"], said["name"], said["subject"], said["at"])
