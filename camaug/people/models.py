from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models

from camaug.kernel.grants import ADMINISTRATOR, OPERATOR, RUNNING, SET_APART, OfficeKind, Reach
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob, Dated
from camaug.people.representing import Representation as Representation


class AgencyLevel(models.Model):
    """A level of government, as data: CENTRAL, PROVINCE, DISTRICT, COMMUNE; `rank` 0 is the highest."""

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField()


class AgencyKind(models.Model):
    """What sort of body: people's committee, department, division, school, police, Party committee…; data.

    `heading` and `motto` stand at the right of the head of its papers, `star` under its name at the left.
    """

    code = models.CharField(primary_key=True, max_length=30)
    name = models.CharField(max_length=80)
    heading = models.CharField(max_length=80, default="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = models.CharField(max_length=80, blank=True, default="Độc lập - Tự do - Hạnh phúc")
    star = models.CharField(max_length=8, blank=True)


class Agency(models.Model):
    """A body with an identity code (QĐ 20/2020/QĐ-TTg, up to 35 characters), unchanged by renaming or moving."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=35, unique=True, validators=[RegexValidator(r"^[0-9A-Z.]+$")])
    code_is_placeholder = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=models.F("valid_from")),
                name="agency_ends_after_it_begins",
            ),
        ]


class AgencyTerm(models.Model):
    """What held of an agency from `valid_from` until `valid_until` (exclusive): name, parent, kind, level, address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="terms")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=300)
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    kind = models.ForeignKey(AgencyKind, models.PROTECT, related_name="+")
    level = models.ForeignKey(AgencyLevel, models.PROTECT, related_name="+")
    place = models.ForeignKey("Place", models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="agency_has_one_term_a_day",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    (Dated("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class DirectoryRevision(models.Model):
    """One row: `token` changes with every change to agencies, so that a process knows whether its directory holds."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    token = models.UUIDField(default=uuid7)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="directory_has_one_revision")]


class Place(models.Model):
    """An administrative unit by its statistics code; `era` is the year of the structure it belongs to (2004, 2025)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    full_name = models.CharField(max_length=250)
    folded = models.CharField(max_length=250)
    accented = models.CharField(max_length=250, editable=False)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("kind", "code", "valid_from", name="place_code_is_unique_in_its_kind")]
        indexes = [
            models.Index(fields=["parent", "code"], name="place_by_parent"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="place_by_words"),
        ]


class Role(models.Model):
    """A role that a position carries, as data of the profile: ONE_STOP_CLERK, LEADER…; `duties` say what it may do."""

    code = models.CharField(primary_key=True, max_length=30)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    duties = models.JSONField(default=list)


class RoleGrant(models.Model):
    """A line of the role book: what a role grants, and how far, from a day until another (exclusive).

    `reach` "": not granted. `role` may be ANY_POST, which every post carries. `granted_by_name` and `reason` are of who
    wrote the line; empty where the profile did.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.CharField(max_length=30)
    permission = models.CharField(max_length=60)
    reach = models.CharField(max_length=10, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    granted_by = models.UUIDField(null=True)
    granted_by_name = models.CharField(max_length=120, blank=True)
    granted_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["permission", "role"], name="grant_by_permission")]
        constraints = [
            ExclusionConstraint(
                name="role_grants_once_a_day",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    ("permission", RangeOperators.EQUAL),
                    (Dated("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(reach__in=["", *Reach]),
                name="grant_reaches_so_far",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=ADMINISTRATOR, permission__startswith="cases.") | models.Q(reach=""),
                name="administrators_have_no_casework",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=OPERATOR) | models.Q(permission__in=sorted(RUNNING)) | models.Q(reach=""),
                name="operators_keep_it_running_alone",
            ),
        ]


class Officer(models.Model):
    """One who works for agencies. `official_email` is the sign-in name, `person` who he is as a citizen.

    `kind`: what the account of this entry is for; roles of another kind rest.
    `own_numbers`: what bars him beside it: the personal number that he said himself and nobody confirmed, and those
    that his person had before. They prove nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    full_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=300, editable=False)
    folded = models.CharField(max_length=120, editable=False)
    accented = models.CharField(max_length=120, editable=False)
    official_email = models.EmailField(unique=True)
    phone = models.CharField(max_length=16, blank=True)
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, related_name="+")
    own_numbers = ArrayField(models.CharField(max_length=12), default=list)
    kind = models.CharField(max_length=13, default=OfficeKind.OFFICER.value)
    synthetic = models.BooleanField(default=False)
    left_date = models.DateField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="officer_by_words"),
            models.Index(fields=["sort_key", "id"], name="officer_by_name"),
        ]
        constraints = [
            # What the account's kind points to.
            models.UniqueConstraint(fields=["id", "kind"], name="officer_with_its_kind"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in OfficeKind]), name="officer_is_of_a_kind"
            ),
        ]


class Position(models.Model):
    """A post in an agency, held by one officer from a day until another (exclusive), with its roles."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="positions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="positions")
    title = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=30), default=list)
    main = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "valid_until"], name="position_by_agency")]
        constraints = [
            models.UniqueConstraint("officer", "agency", "title", "valid_from", name="position_is_given_once"),
        ]


class Absence(models.Model):
    """An officer is away from `from_at` until `until_at`; the stand-in acts in that position meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    position = models.ForeignKey(Position, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="stands_in")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until_at__gt=models.F("from_at")), name="absence_ends_later"),
        ]


class RoleTerm(models.Model):
    """A role that a position carries for a time: delegated from another position, for whose agency it holds, or given.

    `document` is the number of the paper that delegates; `given_by` the account of who did so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    position = models.ForeignKey(Position, models.PROTECT, related_name="role_terms")
    role = models.CharField(max_length=30)
    delegated_from = models.ForeignKey(Position, models.PROTECT, null=True, related_name="delegations")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    document = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300)
    given_by = models.UUIDField(null=True)
    given_by_name = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until_at__gt=models.F("from_at")), name="role_term_ends_later"),
            models.CheckConstraint(
                condition=models.Q(delegated_from__isnull=True) | ~models.Q(document=""),
                name="delegation_has_a_document",
            ),
            models.CheckConstraint(
                condition=models.Q(delegated_from__isnull=True) | ~models.Q(role__in=sorted(SET_APART)),
                name="what_is_set_apart_is_not_delegated",
            ),
        ]


class Sex(models.TextChoices):
    MALE = "MALE"
    FEMALE = "FEMALE"


class Person(models.Model):
    """A citizen. The name is one string; `personal_number` is the 12-digit số định danh, checked for structure."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    personal_number = models.CharField(max_length=12, unique=True, null=True)
    full_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=300, editable=False)
    folded = models.CharField(max_length=120, editable=False)
    accented = models.CharField(max_length=120, editable=False)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=6, choices=Sex, blank=True)
    ethnicity = models.CharField(max_length=30, blank=True)
    nationality = models.CharField(max_length=60, default="Việt Nam")
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(personal_number__isnull=True) | models.Q(personal_number__regex=r"^\d{12}$"),
                name="personal_number_has_12_digits",
            ),
        ]
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="person_by_words"),
            models.Index(fields=["phone"], name="person_by_phone"),
        ]


class Business(models.Model):
    """A household business, enterprise, co-operative or other organisation; `tax_code` passes its checksum.

    `agency`: which agency of the directory it is, where an agency applies. Who acts for it, says `Representation`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tax_code = models.CharField(max_length=14, unique=True, null=True)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    accented = models.CharField(max_length=200, editable=False)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    agency = models.OneToOneField(Agency, models.PROTECT, null=True, related_name="+")
    synthetic = models.BooleanField(default=False)

    class Meta:
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="business_by_words")]


class SheetKind(models.TextChoices):
    """What the rows of a table are."""

    AGENCIES = "AGENCIES"
    OFFICERS = "OFFICERS"
    POSITIONS = "POSITIONS"


class ImportState(models.TextChoices):
    """WAITING to be checked; REFUSED line by line; CHECKED and harmless; CONFIRMED, to be written; IMPORTED."""

    WAITING = "WAITING"
    REFUSED = "REFUSED"
    CHECKED = "CHECKED"
    CONFIRMED = "CONFIRMED"
    IMPORTED = "IMPORTED"


class Import(models.Model):
    """A table that an administrator has sent: the file itself, how far it has come, and what was found in it.

    `problems` are the first ones as [line, column, value, sentence]; account, name, post and origin are the sender's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=SheetKind)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    language = models.CharField(max_length=5)
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120)
    post_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField(null=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["sent_at", "id"], name="import_by_time"),
            models.Index(fields=["id"], name="import_to_do", condition=models.Q(state__in=["WAITING", "CONFIRMED"])),
        ]


class ImportProgress(models.Model):
    """How many rows of how many are done. Written beside the import's own transaction, so that others see it."""

    run = models.OneToOneField(Import, models.CASCADE, primary_key=True, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
