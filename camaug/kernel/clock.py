"""The clock, read at the edge only: pages, jobs and commands call this and pass `at` inwards."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present instant, aware, in local time."""
    return timezone.now().astimezone(LOCAL)
