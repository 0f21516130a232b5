"""The table of personal data says what the models say, and what is sensitive is encrypted or says why not.

A new column is entered in camaug/runtime/keeping/personal.py; a sensitive one also in its part's encrypted.py.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from camaug.kernel.rotation import every_column
from camaug.runtime.keeping.personal import CLASSES, LIES_OPEN, WITHOUT, WITHOUT_MODELS

COULD_BE_PERSONAL = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.DateField,
    models.BinaryField,
    ArrayField,
)


def kept() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        ours = model.__module__.startswith("camaug.") and model._meta.app_label not in WITHOUT
        if ours and model._meta.label not in WITHOUT_MODELS:
            yield model


def columns(model: type[models.Model]) -> set[str]:
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, COULD_BE_PERSONAL)
        and not isinstance(field, models.DateTimeField)
        and not field.is_relation
    }


def test_every_column_that_could_hold_personal_data_has_its_class() -> None:
    found = {model._meta.label: columns(model) for model in kept()}
    unsaid = {
        label: names - (CLASSES[label].every if label in CLASSES else frozenset()) for label, names in found.items()
    }
    assert {label: names for label, names in unsaid.items() if names} == {}


def test_no_class_is_given_to_what_is_not_there() -> None:
    for model in (one for one in kept() if one._meta.label in CLASSES):
        there = {field.name for field in model._meta.concrete_fields}
        assert CLASSES[model._meta.label].every <= there, model._meta.label


def test_what_is_sensitive_is_encrypted_or_says_why_not() -> None:
    labels = [model._meta.label for model in kept() if model._meta.label in CLASSES]
    sensitive = {f"{label}.{name}" for label in labels for name in CLASSES[label].sensitive.split()}
    encrypted = {f"{one.model}.{one.column}" for one in every_column()}
    assert encrypted <= sensitive
    assert sensitive - encrypted <= LIES_OPEN.keys()
    assert encrypted.isdisjoint(LIES_OPEN)
