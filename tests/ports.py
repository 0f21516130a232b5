"""Ports for servers that a test starts."""

import socket
from random import SystemRandom

BELOW_WHAT_THE_SYSTEM_LENDS = (10_000, 30_000)


def free_port() -> int:
    """A port that nobody listens at, and that the system never lends to an outgoing connection in the meantime."""
    chance = SystemRandom()
    while True:
        port = chance.randint(*BELOW_WHAT_THE_SYSTEM_LENDS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
