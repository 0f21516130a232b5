"""A definition's own texts in the reader's language."""

from camaug.catalogue.definition.sourcing import Part


def said(part: Part, text: str, language: str | None) -> str:
    """`text` of the part in that language; Vietnamese where the definition has no translation."""
    english = getattr(part, f"{text}_en", "") if (language or "").startswith("en") else ""
    return str(english or getattr(part, text))
