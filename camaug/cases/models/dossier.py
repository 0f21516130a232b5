from typing import Self
from uuid import UUID

from django.db import models

from camaug.cases.lifecycle import PaperState, State
from camaug.cases.models.case import Case
from camaug.kernel.closed import ClosedTextField
from camaug.kernel.files.sniffing import JPEG, PNG
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob, Scan

PICTURES = frozenset({JPEG, PNG})


class Paper(models.Model):
    """The state of one component of the dossier; `paper` is its id in the procedure's definition."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="papers")
    paper = models.CharField(max_length=60)
    state = models.CharField(max_length=10, default=PaperState.MISSING)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=120, blank=True)
    source_record = models.CharField(max_length=120, blank=True)
    source_at = models.DateTimeField(null=True)
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "paper", name="paper_stands_once_in_a_case"),
            models.CheckConstraint(
                condition=~models.Q(state="REPLACED") | (~models.Q(source="") & models.Q(source_at__isnull=False)),
                name="replacing_data_says_its_source",
            ),
        ]


class CaseFiles(models.QuerySet["CaseFile"]):
    """The vocabulary of files given for papers."""

    def there(self) -> Self:
        """Without those that were taken out."""
        return self.filter(removed_at__isnull=True)

    def pictures(self) -> Self:
        """Photographs, which can be joined into one PDF; a PDF may bear a signature that joining would break."""
        return self.filter(blob__media_type__in=PICTURES)

    def infected(self) -> Self:
        """Those in which a virus was found."""
        return self.filter(blob__scan=Scan.INFECTED)

    def unsent(self, case: Case, account_id: UUID | None) -> Self:
        """Those that the account added to its draft, or to a supplement that it has not sent yet."""
        own = self.filter(case=case, added_by=account_id)
        if case.state == State.DRAFT:
            return own
        request = case.supplements.filter(answered_at__isnull=True).first()
        return own.filter(added_at__gte=request.requested_at) if request else own.none()


class CaseFile(models.Model):
    """A file given for a component; its bytes are a blob, kept once by content."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="files")
    paper = models.CharField(max_length=60)
    blob = models.ForeignKey(Blob, models.PROTECT, db_index=False, related_name="+")
    file_name = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = CaseFiles.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "paper"], name="file_by_paper"),
            models.Index(fields=["blob"], name="file_by_blob"),
        ]


class Note(models.Model):
    """The words said with a move (a reason, a proposal): kept apart from the event, so that they can be erased."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    text: "models.TextField[str, str]" = ClosedTextField(of="case_id")
    internal = models.BooleanField(default=False)
    at = models.DateTimeField()
