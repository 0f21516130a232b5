"""Refusals. A refusal knows its sentence and no status code; `kernel.web` turns it into a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule said no. `sentence` is shown to the person; its {names} are filled from `facts`.

    A subclass stands beside the function that raises it:

        class FileIncomplete(DomainError):
            sentence = _("Papers are missing: {papers}.")

        raise FileIncomplete(papers="…")
    """

    sentence: str | Promise = _("This cannot be done.")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence).format(**self.facts)


class NotAllowed(DomainError):
    """The actor sees the thing but may not do this; the sentence is the permission's."""

    sentence = _("{reason}")


class NotFound(DomainError):
    """There is no such thing, or the actor may not know of it; pages answer 404."""

    sentence = _("Not found.")


class MovedOn(DomainError):
    """Somebody changed the thing after the actor had looked at it; the API answers 409."""

    sentence = _("This was changed meanwhile. Please look at it again.")


class TooOften(DomainError):
    """Asked too often; `seconds` says when it may be tried again. Pages and the API answer 429."""

    sentence = _("Too many requests. Try again in {seconds} seconds.")


class InvalidInput(DomainError):
    """Input that fails its checks: `errors` maps a field's name to its sentence ("" = the whole form)."""

    sentence = _("Please correct the marked fields.")

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__()
