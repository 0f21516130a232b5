"""Modules in which each part of the system says something of itself, such as `encrypted.py` or `outlived.py`."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


def modules(name: str) -> Iterator[Any]:
    """That module of every part that has one, in the order of INSTALLED_APPS."""
    for app in apps.get_app_configs():
        if app.name.startswith("camaug.") and find_spec(f"{app.name}.{name}"):
            yield import_module(f"{app.name}.{name}")
