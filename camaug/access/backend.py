from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend as Allauth
from django.db.models import F, QuerySet, TextField
from django.db.models.expressions import RawSQL

from camaug.access.models import Account
from camaug.behalf.queries import acts_for
from camaug.kernel.compiled import Compiled


class AuthenticationBackend(Allauth):  # type: ignore[misc]
    """allauth's way of signing in; the account of a session is found at once with its person's name and rights."""

    def get_user(self, user_id: UUID) -> Account | None:
        """The account, unless it was closed."""
        return next((one for one in _account(account_id=user_id) if self.user_can_authenticate(one)), None)


@Compiled
def _account(account_id: UUID) -> QuerySet[Account]:
    others = RawSQL(acts_for('"access_account"."person_id"'), (), output_field=TextField())  # noqa: S611 (our own columns)
    return Account.objects.filter(pk=account_id).annotate(person_name=F("person__full_name"), acts_for=others)
