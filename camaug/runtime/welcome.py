"""What a person reads when the province is up."""

import sys
from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.urls import reverse

from camaug.access.loading import CastMember, cast_sign_ins
from camaug.runtime import stand_in


def show(host: str, port: int) -> None:
    """Print the addresses and, in demo mode, how the cast signs in."""
    site = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    sys.stdout.write("\n".join([f"\nCaMau-G is up: {site}/", *_sign_ins(site), "\nCtrl-C stops all of it.\n\n"]))
    sys.stdout.flush()


def _sign_ins(site: str) -> Iterator[str]:
    if settings.DEMO:
        members = cast_sign_ins(settings.PROFILE)
        width = max(len(member.sign_in) for member in members)
        for (page, password), group in groupby(members, key=lambda member: (member.page, member.password)):
            how = f"password {password}" if password else f"with the code shown at {site}{reverse('notify:tray')}"
            yield f"\n{site}{page}, {how}"
            yield from (_line(member, width) for member in group)
        if settings.OUTSIDE_NAME == stand_in.NAME:
            yield f"\n{site}{reverse('access:sign_in')}, by VNeID, which is played by {settings.OUTSIDE_ISSUER}"


def _line(member: CastMember, width: int) -> str:
    who = f"{member.name}, {member.title}" if member.title else member.name
    if member.second_factor:
        who += " (the second page shows the second factor's code)"
    return f"  {member.sign_in:<{width}}  {who}"
