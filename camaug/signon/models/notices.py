from datetime import datetime
from typing import Self

from django.db import models

from camaug.kernel.ids import uuid7
from camaug.signon.models.sign_ons import SignOn


class NoticeState(models.TextChoices):
    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"
    GIVEN_UP = "GIVEN_UP"


class Notices(models.QuerySet["LogoutNotice"]):
    def due(self, *, at: datetime) -> Self:
        """Those to be tried now, the oldest first."""
        waiting = self.filter(state__in=[NoticeState.WAITING, NoticeState.FAILED], next_attempt_at__lte=at)
        return waiting.select_related("sign_on__system").order_by("next_attempt_at", "id")


class LogoutNotice(models.Model):
    """A message to a system that a sign-on of it has ended (OpenID Connect Back-Channel Logout)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sign_on = models.OneToOneField(SignOn, models.CASCADE, related_name="notice")
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = Notices.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(next_attempt_at__isnull=False),
                name="logout_notice_due",
            )
        ]
