"""`camaug access first-administrator MAIL`."""

from typing import Annotated

import typer

from camaug.runtime import console
from camaug.runtime.command import opened

access = typer.Typer(no_args_is_help=True, help="Who gets in.")


@access.callback()
def _group() -> None:
    """A group, though there is one command: others will stand beside it."""


@access.command()
def first_administrator(
    mail: Annotated[str, typer.Argument(help="The official address of an officer with the role ADMINISTRATOR.")],
    although_there_is_one: Annotated[
        bool, typer.Option("--although-there-is-one", help="An administrator who can sign in is no reason to refuse.")
    ] = False,
) -> None:
    """Print a link, good for a day and for one use, by which an administrator chooses his password."""
    with opened():
        from django.conf import settings

        from camaug.access.actions.invite_first_administrator import invite_first_administrator
        from camaug.kernel.actors import SYSTEM
        from camaug.kernel.clock import now
        from camaug.kernel.errors import DomainError

        try:
            path = invite_first_administrator(mail, although_there_is_one=although_there_is_one, by=SYSTEM, at=now())
        except DomainError as refusal:
            console.refuse(str(refusal))
        address = settings.SITE_URL or settings.PUBLIC_URL
    console.say("Hand this link to him and to nobody else; who opens it first, administers.")
    console.answer({"officer": mail, "link": f"{address}{path}", "hours": 24})
