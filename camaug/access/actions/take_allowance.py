import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction

WINDOW = timedelta(minutes=1)
_TAKE = """
INSERT INTO access_throttle AS t (key, hits, until) VALUES (%(key)s, %(wanted)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET
  hits = CASE WHEN t.until <= %(at)s THEN EXCLUDED.hits ELSE t.hits + EXCLUDED.hits END,
  until = CASE WHEN t.until <= %(at)s THEN EXCLUDED.until ELSE t.until END
RETURNING hits, until
"""


def take_allowance(of: str, wanted: int, *, at: datetime) -> tuple[int, datetime]:
    """Count `wanted` further calls of somebody; how many all processes have counted in this window, and its end.

    A count that a crash loses harms nobody, so that it waits for no disk.
    """
    key = hmac.new(settings.SECRET_KEY.encode(), f"api\x00{of}".encode(), sha256).hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO OFF")
        cursor.execute(_TAKE, {"key": key, "wanted": wanted, "at": at, "until": at + WINDOW})
        hits, until = cursor.fetchone()
    return int(hits), until
