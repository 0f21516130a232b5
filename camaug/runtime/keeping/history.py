"""`camaug audit verify | seal | key | tree` and `camaug witness`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from camaug.runtime import console
from camaug.runtime.command import opened

audit = typer.Typer(no_args_is_help=True, help="The sealed history: prove it, seal it, make its key.")
_HELD, _FOUND = 0, 1


@audit.command()
def verify() -> None:
    """Compare the whole history with what was sealed; every difference is named, and gives status 1."""
    with opened():
        from camaug.audit import keys
        from camaug.audit.notes import NotANote
        from camaug.audit.verifying.findings import told_of
        from camaug.audit.verifying.verify import verify
        from camaug.kernel.clock import now

        begun = time.monotonic()
        try:
            with console.step("Comparing the history with its seals") as progress:
                told = verify(key=keys.signer().verifier, witnesses=keys.witnesses(), at=now(), progress=progress)
        except (keys.NoKey, NotANote) as refusal:
            console.refuse(str(refusal))
    console.answer(
        {
            "holds": told.holds,
            "sealed": told.size,
            "witnessed": told.witnessed,
            "tail": {"events": told.tail, "seconds": told.tail_seconds},
            "rows": told.rows.told(),
            "erased": [told_of(one) for one in told.erasures],
            "dated_before": told.dated_before.told(),
            "events_a_second": round(told.size / max(time.monotonic() - begun, 0.001)),
            "findings": [finding.told() for finding in told.findings],
        }
    )
    raise typer.Exit(_HELD if told.holds else _FOUND)


@audit.command()
def seal() -> None:
    """Seal all that has happened until now, and ask the witnesses."""
    with opened():
        from camaug.audit import keys
        from camaug.audit.actions.ask_witnesses import ask_witnesses
        from camaug.audit.actions.seal import seal
        from camaug.kernel.clock import now
        from camaug.kernel.dispatch import drain

        try:
            key = keys.signer()
        except keys.NoKey as refusal:
            console.refuse(str(refusal))
        drain()
        while seal(key=key, at=now()).new:
            pass
        signed = ask_witnesses(at=now())
        from camaug.audit.queries import latest_heads

        head = next(iter(latest_heads(1)), None)
    console.answer({"sealed": head.size if head else 0, "root": head.root if head else "", "witnesses": signed})


@audit.command()
def key(file: Annotated[Path, typer.Argument(dir_okay=False, help="Where the new key is written.")]) -> None:
    """Make the key that seals; keep it outside the database and its backups."""
    from camaug.audit.keys import make_key

    try:
        make_key(file)
    except OSError as refusal:
        console.refuse(f"{file} cannot be written: {refusal.strerror}.")
    console.answer({"key": str(file)})


@audit.command()
def tree() -> None:
    """Tell the public key of this tree, as a witness wants to know it."""
    with opened(prepared=False):
        from camaug.audit import keys

        try:
            told = str(keys.signer().verifier)
        except keys.NoKey as refusal:
            console.refuse(str(refusal))
    console.answer({"tree": told})


def witness(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="What the witness remembers.")],
    name: Annotated[str, typer.Option(help="The name of this witness, for example lich-su.example.vn/nhan-chung.")],
    tree_key: Annotated[
        list[str] | None, typer.Option("--tree", help="A tree's key, as `camaug audit tree` tells it.")
    ] = None,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8100,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Bear witness: remember the last head of each tree and sign only what grew out of it. Best on another machine."""
    from camaug.audit.notes import NotANote, Verifier
    from camaug.audit.witness.memory import Memory
    from camaug.audit.witness.server import server
    from camaug.kernel.clock import now
    from camaug.runtime import instance

    instance.configure()
    memory = Memory(folder.resolve())
    try:
        signer = memory.signer(name)
        for one in tree_key or []:
            memory.know(Verifier.parse(one))
        serving = server((host, port), memory=memory, signer=signer, clock=now)
    except NotANote as refusal:
        console.refuse(f"This is not a tree's key: {refusal}.")
    except OSError as refusal:
        console.refuse(f"The witness cannot begin: {refusal.strerror}.")
    console.answer({"witness": str(signer.verifier), "address": f"http://{host}:{serving.server_address[1]}"})
    with serving:
        serving.serve_forever()
