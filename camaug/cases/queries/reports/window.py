"""The instants of a report. What it looks at are three parts of the cases, disjoint, each found by an index."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from camaug.cases.models import Supplement
from camaug.kernel.clock import LOCAL

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to right before `end`: the closing instant of the report, or just after now."""

    start: datetime
    end: datetime

    @property
    def as_of(self) -> datetime:
        """The last instant in it, at which a case is overdue or not."""
        return self.end - INSTANT

    def received(self) -> Q:
        """Taken in by reception in it."""
        return Q(received_at__gte=self.start, received_at__lt=self.end)

    def carried(self) -> Q:
        """Taken in before it, and without an end when it began."""
        return Q(received_at__lt=self.start) & (Q(finished_at__isnull=True) | Q(finished_at__gte=self.start))

    def ended(self) -> Q:
        """Brought to an end before it closes."""
        return Q(finished_at__lt=self.end)

    def under_way(self) -> Q:
        """Without an end when it closes."""
        return Q(finished_at__isnull=True) | Q(finished_at__gte=self.end)

    def waiting(self, *, again: bool = False) -> Q:
        """Without an end when it closes, and waiting just then for what the applicant was asked to add (`again`: asked
        for a second time).
        """
        open_then = Q(answered_at__isnull=True) | Q(answered_at__gte=self.end)
        asked = Supplement.objects.filter(open_then, case=OuterRef("pk"), requested_at__lt=self.end)
        if again:
            asked = asked.filter(second=True)
        return self.under_way() & Q(Exists(asked))

    def everything(self) -> Q:
        """All that was there to be done in it; no column counts another case."""
        return self.received() | self.carried()

    def parts(self) -> tuple[Q, ...]:
        """The same in disjoint parts: what came in, and what was carried over, with and without an end by now."""
        before = Q(received_at__lt=self.start)
        return (
            self.received(),
            before & Q(finished_at__isnull=True),
            before & Q(finished_at__gte=self.start),
        )


def window_of(first: date, until: date, *, at: datetime) -> Window:
    """The days from `first` to the day before `until`; a period that still runs closes now."""
    start, end = (datetime.combine(day, time.min, LOCAL) for day in (first, until))
    return Window(start, min(at + INSTANT, end))
