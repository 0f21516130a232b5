"""For how long what a system is given holds."""

from datetime import timedelta

CODE = timedelta(seconds=60)
ACCESS = timedelta(minutes=10)
REFRESH = timedelta(hours=12)
"""From the sign-on, as long as a session here."""
OFFLINE = timedelta(days=30)
"""From the last exchange."""
OFFLINE_AT_MOST = timedelta(days=180)
"""From the sign-in, however often it is exchanged."""
