from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.kernel.errors import NotFound
from camaug.kernel.paging import Page, page_of
from camaug.people.models import Import, ImportState, SheetKind
from camaug.people.sheets.columns import TITLES
from camaug.people.sheets.lines import Problem


@dataclass(frozen=True, slots=True)
class ImportView:
    """A table that was sent. `wrong` counts lines; `problems` are the first of them; `done` of `total` rows."""

    id: UUID
    kind: str
    kind_title: str
    state: str
    file_name: str
    actor_name: str
    sent_at: datetime
    checked_at: datetime | None
    imported_at: datetime | None
    new: int
    changed: int
    unchanged: int
    wrong: int
    problems: tuple[Problem, ...]
    done: int
    total: int

    @property
    def is_running(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state in (ImportState.WAITING, ImportState.CONFIRMED)

    @property
    def share(self) -> int:
        """How much is done, in per cent."""
        return min(100, 100 * self.done // self.total) if self.total else 0


def import_run(run_id: UUID) -> ImportView:
    """The table with its progress; raises NotFound."""
    row = Import.objects.select_related("progress").filter(id=run_id).first()
    if row is None:
        raise NotFound
    return _view(row)


def imports(*, token: str = "", size: int = 20) -> Page[ImportView]:
    """The tables that were sent, the latest first."""
    rows = Import.objects.select_related("progress").defer("problems")
    page = page_of(rows, key="sent_at", token=token, size=size, descending=True)
    return Page(tuple(_view(row, problems=False) for row in page.rows), page.older, page.newer)


def imports_to_do() -> tuple[UUID, ...]:
    """The tables that wait for the worker, the oldest first."""
    waiting = Import.objects.filter(state__in=[ImportState.WAITING, ImportState.CONFIRMED])
    return tuple(waiting.order_by("id").values_list("id", flat=True))


def _view(row: Import, *, problems: bool = True) -> ImportView:
    return ImportView(
        id=row.id,
        kind=row.kind,
        kind_title=str(TITLES[SheetKind(row.kind)]),
        state=row.state,
        file_name=row.file_name,
        actor_name=row.actor_name,
        sent_at=row.sent_at,
        checked_at=row.checked_at,
        imported_at=row.imported_at,
        new=row.new,
        changed=row.changed,
        unchanged=row.unchanged,
        wrong=row.wrong,
        problems=tuple(Problem(*problem) for problem in row.problems) if problems else (),
        done=row.progress.done,
        total=row.progress.total,
    )
