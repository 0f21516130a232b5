"""How much there is of everything, for `camaug stats`."""

from django.apps import apps
from django.db.models import Count

_COUNTED = {
    "agencies": "people.Agency",
    "officers": "people.Officer",
    "procedures": "catalogue.Procedure",
    "events": "kernel.EventRecord",
    "files": "kernel.Blob",
}


def counts() -> dict[str, object]:
    """Agencies, officers, procedures, cases by state, events, files."""
    known = {model._meta.label: model for model in apps.get_models()}
    found: dict[str, object] = {
        name: known[label]._base_manager.count() for name, label in _COUNTED.items() if label in known
    }
    if case := known.get("cases.Case"):
        rows = case._base_manager.values_list("state").annotate(number=Count("pk")).order_by("state")
        found["cases"] = dict(rows)
    return found
