"""How often somebody may try to sign in."""

from datetime import timedelta

from camaug.access.actions.count_attempt import Limit

PASSWORDS = Limit("password", of_one=5, of_network=30, window=timedelta(minutes=5))
ACCOUNTS = Limit("account", of_one=20, of_network=300, window=timedelta(hours=1))
"""Of one account, under whatever name; whoever owns it is let in by a code meanwhile."""
CONFIRMATIONS = Limit("confirmation", of_one=5, of_network=300, window=timedelta(minutes=5))
"""Of somebody signed in: whoever guesses at the sign-in page does not keep him from confirming."""
