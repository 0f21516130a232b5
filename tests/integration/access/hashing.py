"""A password hasher that counts, so that a test sees what an answer costs without looking at a clock."""

from django.contrib.auth.hashers import MD5PasswordHasher


class Counting(MD5PasswordHasher):
    """As quick as hashing can be: what is counted is how often somebody asks for it."""

    computed = 0

    def encode(self, password: str, salt: str) -> str:
        """A new hash."""
        type(self).computed += 1
        return super().encode(password, salt)
