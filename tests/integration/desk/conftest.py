"""The small province, as for cases."""

from tests.integration.cases.conftest import province, world

__all__ = ["province", "world"]
