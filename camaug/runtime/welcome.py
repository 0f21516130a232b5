"""What a person reads when the province is up."""

from rich.console import Console

out = Console(highlight=False)


def show(host: str, port: int) -> None:
    """Print the addresses and, in demo mode, how the cast signs in."""
    out.print(f"\nCaMau-G is up: [bold]http://{'localhost' if host == '127.0.0.1' else host}:{port}[/]")
    out.print("Ctrl-C stops all of it.\n", style="dim")
