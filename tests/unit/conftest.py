import pytest
from django.conf import settings

from camaug.kernel import grants
from camaug.people.profile.grants import read_grants


@pytest.fixture(autouse=True, scope="session")
def _posts_go_by_the_profiles_role_book() -> None:
    """Actors made by hand are granted what the profile grants to their roles."""
    grants.stand(grants.RoleBook(read_grants(settings.PROFILE)))
