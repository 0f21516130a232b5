"""Password hashes as they are kept, at next to no cost: whose subject is not the hash itself has no use for 0.2 s of it."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class AtLittleCost(Argon2PasswordHasher):
    """Argon2id, over as little memory as it takes."""

    time_cost, memory_cost, parallelism = 1, 8, 1
