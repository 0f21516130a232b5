"""`camaug signin keys | rotate-keys`."""

from datetime import timedelta
from typing import Annotated

import typer

from camaug.runtime import console, instance

signin = typer.Typer(no_args_is_help=True, help="The keys that sign for systems which let people in by us.")


@signin.command()
def keys() -> None:
    """Say which keys there are, and from when each signs."""
    instance.configure()
    from camaug.signon.keys import keys as kept

    there = [{"algorithm": key.algorithm, "kid": key.kid, "signs_from": key.begins_at.isoformat()} for key in kept()]
    console.answer({"keys": there})


@signin.command()
def rotate_keys(
    hours: Annotated[int, typer.Option(help="In how many hours the new keys begin to sign; 0 after a theft.")] = 24,
) -> None:
    """Make the next keys, known to systems before they sign, and drop those that nothing is checked with any more."""
    instance.configure()
    from camaug.kernel.clock import now
    from camaug.signon import keys as kept

    at = now()
    try:
        made, dropped = kept.rotate(at=at, begins_at=at + timedelta(hours=hours))
    except OSError as refusal:
        console.refuse(f"A key cannot be written: {refusal.strerror}.")
    console.answer({"made": [path.name for path in made], "dropped": [path.name for path in dropped]})
