from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models.functions import Now

from camaug.kernel.closed import ClosedBinaryField
from camaug.kernel.ids import uuid7


class Xid8Field(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's 64-bit transaction id: the order in which readers of events may trust."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002 (Django's shape)
        return "xid8"


class CurrentTransaction(models.Func):
    """The id of the transaction that writes the row."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = Xid8Field()


class Dated(models.Func):
    """The half-open range of days [from, until) as PostgreSQL sees it; for exclusion constraints."""

    function = "daterange"
    output_field = DateRangeField()


class EventRecord(models.Model):
    """One fact of the past. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    transaction = Xid8Field(db_default=CurrentTransaction(), editable=False)
    name = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    post_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["transaction", "id"], name="event_by_transaction"),
            models.Index(fields=["subject_id", "id"], name="event_by_subject"),
        ]


class Subscription(models.Model):
    """How far one subscriber has read: everything up to and including (transaction, event)."""

    name = models.CharField(primary_key=True, max_length=80)
    transaction = Xid8Field(default="0")
    event_id = models.UUIDField(default="00000000-0000-0000-0000-000000000000")
    moved_at = models.DateTimeField(db_default=Now())


class Scan(models.TextChoices):
    """What is known of viruses in a stored file: never asked for, waited for, none found, found."""

    UNSCANNED = "UNSCANNED"
    PENDING = "PENDING"
    CLEAN = "CLEAN"
    INFECTED = "INFECTED"


class Blob(models.Model):
    """A stored file, known by its content: the same bytes are kept once. `virus` is what the scanner calls its find.

    `unused_since`: when the nightly sweep first found that no row names it.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    pages = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(db_default=Now())
    scan = models.CharField(max_length=9, default=Scan.UNSCANNED)
    virus = models.CharField(max_length=120, blank=True)
    unused_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("stored_at", condition=models.Q(scan="PENDING"), name="blob_to_scan"),
            models.Index("unused_since", condition=models.Q(unused_since__isnull=False), name="blob_unused"),
        ]


class Trouble(models.Model):
    """Work of the worker that failed `tries` times in a row, with the sort of failure; gone once it succeeds.

    `about`: the id of what it is about, "" where it is nothing in particular. `next_at` empty: it rests.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.CharField(max_length=80)
    about = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=100, blank=True)
    tries = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    failed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("job", "about", name="trouble_is_written_once")]


class PartialUpload(models.Model):
    """A file that an account is sending in pieces: `received` of `size` bytes have arrived. Forgotten once taken in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.UUIDField()
    file_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "expires_at"], name="upload_by_owner"),
            models.Index(fields=["expires_at"], name="upload_by_expiry"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(received__lte=models.F("size")), name="no_more_than_was_promised")
        ]


class UploadPiece(models.Model):
    """A piece of a file under way, from the byte `start` on."""

    upload = models.ForeignKey(PartialUpload, models.CASCADE, related_name="pieces")
    start = models.PositiveIntegerField()
    octets: "models.BinaryField[bytes, bytes]" = ClosedBinaryField(of="upload_id", by="start")

    class Meta:
        constraints = [models.UniqueConstraint("upload", "start", name="a_piece_comes_once")]
