"""How fast the machine is on the day of a measurement: by what the same password's hash takes."""

import time

OFTEN = 40


def hash_cpu(encoded: str, *, often: int = OFTEN) -> float:
    """Seconds of CPU that checking a password of the cast takes, all its threads counted."""
    from django.contrib.auth.hashers import check_password

    from camaug.access.loading import DEMO_PASSWORD

    begun = time.process_time()
    if not all(check_password(DEMO_PASSWORD, encoded) for _ in range(often)):
        raise RuntimeError("The cast's password is another one.")
    return (time.process_time() - begun) / often


def kept_password() -> str:
    """A password of the cast as it is kept."""
    from django.conf import settings

    from camaug.access.loading import cast_sign_ins
    from camaug.access.models import Account

    emails = [one.sign_in for one in cast_sign_ins(settings.PROFILE) if one.password and not one.second_factor]
    return Account.objects.get(email=emails[0]).password
