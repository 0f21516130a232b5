from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What we ask of allauth: to check passwords, to run the stages of a sign-in, to end a session."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Officers' accounts are made from the profile, citizens' by a proved code; there is no other way in."""
        return False

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Pages say what happened; allauth's own notices would say it twice."""
