from datetime import datetime, timedelta

from django.db import transaction

from camaug.signon.models import Authorization, SystemToken, Token

KEPT = timedelta(days=1)
"""How long after its end a token is kept, so that its second use is still noticed."""
_AT_ONCE = 1000


def forget_expired(*, at: datetime) -> int:
    """Throw away tokens that opened nothing for a day, and authorizations of which none is left; how many went."""
    before = at - KEPT
    with transaction.atomic():
        old = Token.objects.filter(expires_at__lt=before).values_list("pk", flat=True)[:_AT_ONCE]
        gone, _by_kind = Token.objects.filter(pk__in=list(old)).delete()
        empty = Authorization.objects.filter(expires_at__lt=before, tokens__isnull=True).values_list("pk", flat=True)
        also, _by_kind = Authorization.objects.filter(pk__in=list(empty[:_AT_ONCE])).delete()
        past = SystemToken.objects.filter(expires_at__lt=before).values_list("pk", flat=True)[:_AT_ONCE]
        own, _by_kind = SystemToken.objects.filter(pk__in=list(past)).delete()
    return gone + also + own
