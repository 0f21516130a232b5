from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from camaug.kernel.ids import uuid7


class AccountKind(models.TextChoices):
    OFFICER = "OFFICER"
    CITIZEN = "CITIZEN"


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=username)


class Account(AbstractBaseUser):
    """Who is at the keyboard: an officer (official mail and password) or a citizen (phone or e-mail, one-time code)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=AccountKind)
    email = models.EmailField(unique=True, null=True)
    phone = models.CharField(max_length=16, unique=True, null=True)
    officer = models.OneToOneField("people.Officer", models.PROTECT, null=True, related_name="+")
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False), name="account_can_be_reached"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="CITIZEN", officer__isnull=True)
                | models.Q(kind="OFFICER", officer__isnull=False, person__isnull=True),
                name="account_is_of_one_kind",
            ),
        ]
