import pytest

from camaug.access.models import Account
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import drain
from camaug.people.actions.engage_officer import engage_officer
from tests.world import AT


@pytest.mark.django_db(transaction=True)
def test_whoever_is_entered_has_an_account_once_the_event_is_handed_out() -> None:
    officer = engage_officer("Nguyễn Văn Mới", official_email="moi@camau.gov.vn", by=SYSTEM, at=AT)
    for _again in range(2):
        drain()
    account = Account.objects.get(officer_id=officer.id)
    assert (account.email, account.has_usable_password()) == ("moi@camau.gov.vn", False)
