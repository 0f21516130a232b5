from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from camaug.behalf.queries import Act
from camaug.cases.lifecycle import FINISHED, WAITING, State
from camaug.cases.models.answers import AnswersField
from camaug.cases.models.finding import Quarter, Sought, Words
from camaug.catalogue.definition.limits import Channel
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.clock import LOCAL
from camaug.kernel.ids import uuid7


class Applicant(models.TextChoices):
    """Whose case it is."""

    PERSON = "PERSON"
    BUSINESS = "BUSINESS"


class Outcome(models.TextChoices):
    """What was decided."""

    GRANTED = "GRANTED"
    DENIED = "DENIED"


class DeliveryWay(models.TextChoices):
    """How the applicant wants the result."""

    COUNTER = "COUNTER"
    POST = "POST"
    ELECTRONIC = "ELECTRONIC"


_REPORTED = ["id", "promised_at", "channel", "second_supplement", "procedure", "version"]
"""What the columns of reports ask of a case: read from the index alone."""
_ID_LENGTH = 36
_WORDS = Words("participants", "folded", "version")
BEFORE_SENDING = frozenset({Act.PREPARE, Act.SUBMIT})
"""What a helper does to a draft; everything else he does to what was sent."""
_ENDED = ["DRAFT", *sorted(str(state) for state in FINISHED)]


class Cases(models.QuerySet["Case"]):
    """The vocabulary of lists."""

    def visible_to(self, actor: Actor, *acts: Act) -> Self:
        """A citizen's own cases, those of organisations that he represents now, and those of others in which a mandate
        lets him do one of the acts; the cases in which an officer's agencies take part.
        """
        if actor.kind == ActorKind.PUBLIC:
            own = Q(account_id=actor.account_id)
            seen = own | Q(applicant_id=actor.proven_id) if actor.proven_id else own
            seen &= Q(business__isnull=True)
            seen = seen | Q(business_id__in=actor.represents) if actor.represents else seen
            return self.filter(seen | _helped(actor, acts) if actor.mandates and acts else seen)
        if actor.kind == ActorKind.STAFF:
            return self.exclude(state=State.DRAFT).filter(participants__overlap=list(actor.units_of("cases.read")))
        return self if actor.kind == ActorKind.SYSTEM else self.none()

    def with_words(self, words: Sequence[Sought], actor: Actor) -> Self:
        """Of those that an officer sees, the cases in whose search words all of these stand, each whole."""
        found = self.alias(words=_WORDS)
        for word in words:
            found = found.filter(Q(words__overlap=word.at(actor.unit_ids | actor.led_unit_ids)))
        return found

    def as_rows(self) -> Self:
        """Without the long columns that no row of a list shows."""
        return self.defer("answers", "folded", "accented", "participants", "applicant_address", "delivery_address")

    def drafts(self) -> Self:
        """Applications not yet sent."""
        return self.filter(state=State.DRAFT)

    def submitted(self) -> Self:
        """Everything that has a code."""
        return self.exclude(state=State.DRAFT)

    def open(self) -> Self:
        """Sent and not yet at an end."""
        return self.exclude(state__in=[State.DRAFT, *FINISHED])

    def waiting(self) -> Self:
        """The clock is stopped: it is the applicant's turn."""
        return self.filter(state__in=list(WAITING))

    def held_by(self, actor: Actor) -> Self:
        """Whose turn it is the actor's: held by one of the posts' roles, assigned to nobody else."""
        turns = Q(pk__in=[])
        for post in actor.posts:
            turns |= Q(holder_unit_id=post.unit_id, holder_role__in=list(post.roles)) & (
                Q(assignee_id__isnull=True) | Q(assignee_id=post.id)
            )
        return self.filter(turns).not_own_to(actor)

    def not_own_to(self, actor: Actor) -> Self:
        """Without an officer's own cases (`policy.is_own`): others process them."""
        if not actor.own:
            return self
        own = sorted(actor.own)
        ids = [UUID(one) for one in own if len(one) == _ID_LENGTH]
        return (
            self.exclude(Q(applicant_number__in=own) | Q(authorised_number__in=own) | Q(helper_number__in=own))
            .exclude(applicant_id__in=ids)
            .exclude(business_id__in=ids)
        )

    def touch(self) -> None:
        """Write the rows anew as they are, so that who read one without locking it notices that its dossier changed."""
        self.update(saved_at=models.F("saved_at"))

    def overdue(self, *, at: datetime) -> Self:
        """Past what was promised, whatever is due now."""
        return self.open().filter(promised_at__lt=at)


def _helped(actor: Actor, acts: Sequence[Act]) -> Q:
    """What the mandates open for these acts: before sending a draft, afterwards a case."""
    found = Q(pk__in=[])
    for act in acts:
        draft = Q(state=State.DRAFT)
        found |= Q(mandate_id__in=actor.mandates_for(act)) & (draft if act in BEFORE_SENDING else ~draft)
    return found


def seen_by(actor: Actor, *acts: Act) -> tuple[str, dict[str, Any]]:
    """`Cases.visible_to` as a condition on `cases_case c`, and its values, for statements written by hand."""
    if actor.kind == ActorKind.PUBLIC:
        own: dict[str, Any] = {"account": actor.account_id, "person": actor.proven_id}
        mine = "(c.account_id = %(account)s::uuid OR c.applicant_id = %(person)s::uuid) AND c.business_id IS NULL"
        if actor.represents:
            own |= {"firms": list(actor.represents)}
            mine = f"({mine} OR c.business_id = ANY(%(firms)s::uuid[]))"
        if actor.mandates and acts:
            before, after = (_mandates(actor, acts, drafts) for drafts in (True, False))
            helped = f"c.mandate_id = ANY(CASE c.state WHEN '{State.DRAFT}' THEN %(before)s ELSE %(after)s END::uuid[])"
            own |= {"before": before, "after": after}
            return f"({mine} OR {helped})", own
        return f"({mine})", own
    if actor.kind == ActorKind.STAFF:
        units = {"units": list(actor.units_of("cases.read"))}
        return f"(c.state <> '{State.DRAFT}' AND c.participants && %(units)s::uuid[])", units
    return ("TRUE" if actor.kind == ActorKind.SYSTEM else "FALSE"), {}


def _mandates(actor: Actor, acts: Sequence[Act], drafts: bool) -> list[UUID]:
    fit = (act for act in acts if (act in BEFORE_SENDING) == drafts)
    return [key for act in fit for key in actor.mandates_for(act)]


class Case(models.Model):
    """One application. Three places may differ: who helps, who receives, who is competent.

    `participants` are all agencies that receive, decide, help, hold or held it, or were consulted: those that see it.
    `resume_state` is where a suspended case or one that waits for money goes on, `before_withdrawal` where one goes on
    whose withdrawal was dropped. A case with a `parent` is one `part` of an application that opened several.
    `promised_at` is the end by which it counts as on time: it is late at every instant after it, whatever stops and
    apologies came since (`worktime.deadlines.promise`); `due_at` is when it is due now.
    `urgent_at` orders lists of open work: the due time, or the step's, or when it was last saved. `latest_at` is the
    last moment for the present step: the due time less the usual hours of the steps that follow. `signed_by` is the
    position that decided, `signed_as` the own position of the stand-in who acted in it. `step_counted_at` is when
    the step's hours began: on entering it, or anew when a stop ended. `look_at` is the next instant at which somebody
    may have to be reminded of it: now after every move, then as the watch finds; null while no officer's time runs.
    `helper_number` is the personal number of who acted under the `mandate`.

    Every move writes a new row, and with it into every index: only what is asked by itself has one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60, unique=True, null=True)
    request_key = models.UUIDField(unique=True, null=True)
    state = models.CharField(max_length=24, default=State.DRAFT)
    resume_state = models.CharField(max_length=24, blank=True)
    before_withdrawal = models.CharField(max_length=24, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="parts")
    part = models.CharField(max_length=60, blank=True)
    revision = models.PositiveIntegerField(default=0)
    last_move = models.CharField(max_length=24, blank=True)
    moved_by = models.UUIDField(null=True)
    moved_by_name = models.CharField(max_length=120, blank=True)
    moved_at = models.DateTimeField(null=True)

    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, db_index=False, related_name="+")
    version = models.ForeignKey("catalogue.ProcedureVersion", models.PROTECT, db_index=False, related_name="+")
    channel = models.CharField(max_length=8)

    receiving_agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, db_index=False, related_name="+")
    competent_agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, db_index=False, related_name="+")
    helping_agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, db_index=False, related_name="+")
    participants = ArrayField(models.UUIDField(), default=list)

    account = models.ForeignKey("access.Account", models.PROTECT, null=True, db_index=False, related_name="+")
    applicant_kind = models.CharField(max_length=8, choices=Applicant, default=Applicant.PERSON)
    applicant = models.ForeignKey("people.Person", models.PROTECT, null=True, db_index=False, related_name="+")
    business = models.ForeignKey("people.Business", models.PROTECT, null=True, db_index=False, related_name="+")
    applicant_name = models.CharField(max_length=200, blank=True)
    applicant_number = models.CharField(max_length=14, blank=True)
    applicant_phone = models.CharField(max_length=16, blank=True)
    applicant_email = models.EmailField(blank=True)
    applicant_address = models.CharField(max_length=300, blank=True)
    authorised_name = models.CharField(max_length=120, blank=True)
    authorised_number = models.CharField(max_length=12, blank=True)
    authorised_relation = models.CharField(max_length=120, blank=True)
    helper_number = models.CharField(max_length=12, blank=True, default="")
    mandate = models.ForeignKey("behalf.Mandate", models.PROTECT, null=True, db_index=False, related_name="+")
    typed_by = models.ForeignKey("people.Position", models.PROTECT, null=True, db_index=False, related_name="+")
    folded = models.TextField(blank=True)
    accented = models.TextField(blank=True)

    answers = AnswersField(default=dict)
    delivery_way = models.CharField(max_length=10, choices=DeliveryWay, default=DeliveryWay.COUNTER)
    delivery_address = models.CharField(max_length=300, blank=True)

    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    urgent_at = models.DateTimeField()
    latest_at = models.DateTimeField(db_default=Now())
    look_at = models.DateTimeField(null=True)

    step = models.CharField(max_length=40, blank=True)
    previous_step = models.CharField(max_length=40, blank=True)
    step_from_at = models.DateTimeField(null=True)
    step_counted_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    holder_unit = models.ForeignKey("people.Agency", models.PROTECT, null=True, db_index=False, related_name="+")
    holder_role = models.CharField(max_length=30, blank=True)
    assignee = models.ForeignKey("people.Position", models.PROTECT, null=True, db_index=False, related_name="+")

    proposal = models.CharField(max_length=8, choices=Outcome, blank=True)
    proposed_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    signed_by = models.ForeignKey("people.Position", models.PROTECT, null=True, db_index=False, related_name="+")
    signed_as = models.ForeignKey("people.Position", models.PROTECT, null=True, db_index=False, related_name="+")
    decided_unit = models.ForeignKey("people.Agency", models.PROTECT, null=True, db_index=False, related_name="+")
    second_supplement = models.BooleanField(default=False)
    reopened = models.PositiveSmallIntegerField(default=0)

    objects = Cases.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="case_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=list(Channel)), name="case_channel_is_known"),
            models.CheckConstraint(
                condition=Q(state="DRAFT", code__isnull=True) | (~Q(state="DRAFT") & Q(code__isnull=False)),
                name="case_has_a_code_unless_draft",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT")
                | Q(
                    submitted_at__isnull=False,
                    receiving_agency__isnull=False,
                    competent_agency__isnull=False,
                    holder_unit__isnull=False,
                ),
                name="case_is_complete_when_submitted",
            ),
            models.UniqueConstraint("parent", "part", condition=Q(parent__isnull=False), name="part_is_opened_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["GRANTED", "DENIED", "RESULT_READY", "HANDED_OUT"])
                | Q(decided_at__isnull=False, received_at__isnull=False),
                name="case_is_decided_after_reception",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder_unit", "holder_role", "state", "urgent_at", "id"],
                condition=~Q(state__in=_ENDED),
                name="case_held_open",
            ),
            models.Index(
                fields=["holder_unit"], condition=Q(state__in=sorted(map(str, WAITING))), name="case_waiting_at_unit"
            ),
            models.Index(
                fields=["moved_by"], condition=Q(state__in=sorted(map(str, WAITING))), name="case_waiting_by_mover"
            ),
            models.Index(
                fields=["holder_unit", "latest_at", "id"],
                condition=~Q(state__in=_ENDED),
                name="case_by_risk",
            ),
            models.Index(
                fields=["assignee"],
                condition=~Q(state__in=_ENDED) & Q(assignee__isnull=False),
                name="case_assigned",
            ),
            models.Index(fields=["receiving_agency", "submitted_at", "id"], name="case_by_receiver"),
            models.Index(fields=["competent_agency", "submitted_at", "id"], name="case_by_competent"),
            models.Index(fields=["saved_at"], condition=Q(state="DRAFT"), name="case_draft_by_saving"),
            models.Index(fields=["account", "-saved_at"], name="case_by_account"),
            models.Index(fields=["applicant"], name="case_by_applicant"),
            models.Index(fields=["business"], condition=Q(business__isnull=False), name="case_by_business"),
            models.Index(fields=["mandate"], condition=Q(mandate__isnull=False), name="case_by_mandate"),
            models.Index(fields=["applicant_number"], name="case_by_number"),
            models.Index(fields=["applicant_phone"], name="case_by_phone"),
            models.Index(fields=["look_at", "id"], condition=Q(look_at__isnull=False), name="case_to_look_at"),
            GinIndex("participants", _WORDS, Quarter("submitted_at"), name="case_by_word"),
            models.Index(
                fields=["competent_agency", "promised_at"],
                condition=Q(finished_at__isnull=True, received_at__isnull=False),
                name="case_under_way_by_due",
            ),
            models.Index(
                fields=["finished_at", "competent_agency"],
                condition=Q(finished_at__gt=models.F("promised_at")),
                name="case_finished_late",
            ),
            models.Index(
                fields=["competent_agency", "received_at"],
                include=[*_REPORTED, "finished_at"],
                condition=Q(received_at__isnull=False),
                name="case_reported_by_receipt",
            ),
            models.Index(
                fields=["competent_agency", "finished_at"],
                include=[*_REPORTED, "received_at"],
                condition=Q(received_at__isnull=False),
                name="case_reported_by_end",
            ),
            models.Index(
                fields=["received_at", "id"], condition=Q(received_at__isnull=False), name="case_reported_in_order"
            ),
        ]

    @property
    def filed_on(self) -> date:
        """The local day on which the dossier came, from which spans count and whose fees hold; a draft's last day."""
        return (self.submitted_at or self.saved_at).astimezone(LOCAL).date()

    def is_received(self) -> bool:
        """Whether the statutory clock has been started."""
        return self.received_at is not None

    def late_since(self, at: datetime) -> datetime | None:
        """From when on a case under way is late; None where it is not, or has ended."""
        passed = self.promised_at is not None and self.promised_at < at and self.finished_at is None
        return self.promised_at if passed else None

    def belongs_to(self, actor: Actor) -> bool:
        """Whether it is the actor's own: his account's, or, begun by a helper while he had none, his person's; an
        organisation's is that of everybody who represents it now.
        """
        if self.business_id is not None:
            return self.business_id in actor.represents
        if self.account_id is None and self.mandate_id is not None:
            return actor.proven_id is not None and self.applicant_id == actor.proven_id
        return actor.account_id is not None and self.account_id == actor.account_id

    def is_helped_by(self, actor: Actor, act: Act) -> bool:
        """Whether it was begun under a mandate that lets the actor do this now."""
        return actor.kind == ActorKind.PUBLIC and self.mandate_id in actor.mandates_for(act)
