from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.events import LanguageChosen
from camaug.access.models import Account
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class UnknownLanguage(DomainError):
    """The site does not speak this language."""

    sentence = _("Choose one of the languages of this site.")


def choose_language(language: str, *, by: Actor, at: datetime) -> None:
    """Say in which language the actor's account is written to; UnknownLanguage, or NotFound without an account."""
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguage
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(id=by.account_id).first() if by.account_id else None
        if account is None:
            raise NotFound
        if account.language != language:
            account.language = language
            account.save(update_fields=["language"])
            record(LanguageChosen(subject=account.id, language=language), by=by, at=at)
