"""Password hashes as they are kept, at next to no cost: whose subject is not the hash itself has no use for 0.2 s of it."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class AtLittleCost(Argon2PasswordHasher):
    """Argon2id, over as little memory as it takes."""

    time_cost, memory_cost, parallelism = 1, 8, 1


class Counting(AtLittleCost):
    """Counts, so that a test sees what an answer costs without looking at a clock."""

    computed = 0

    def encode(self, password: str, salt: str) -> str:
        """A new hash."""
        type(self).computed += 1
        return super().encode(password, salt)
