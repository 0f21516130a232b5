"""What of cases is kept for a time: never a sent case, a paper or a result, which the law on archives keeps."""

from camaug.cases.models import Batch, Case, ListReading, Reading
from camaug.kernel.clock import LOCAL
from camaug.kernel.keeping import Kept

OUTLIVED = {
    "DRAFTS": Kept(
        "cases.Case",
        since="saved_at",
        order="saved_at",
        rows=lambda ends: Case.objects.drafts().filter(saved_at__lt=ends),
    ),
    "READINGS": Kept(
        "cases.Reading",
        since="day",
        order="day",
        rows=lambda ends: Reading.objects.filter(day__lt=ends.astimezone(LOCAL).date()),
    ),
    "LIST_READINGS": Kept(
        "cases.ListReading", since="at", order="at", rows=lambda ends: ListReading.objects.filter(at__lt=ends)
    ),
    "BATCHES": Kept(
        "cases.Batch",
        since="started_at",
        rows=lambda ends: Batch.objects.filter(started_at__lt=ends, finished_at__lt=ends),
    ),
}
