"""Answers to an e-form: `read` a page, `check` the whole, see what is `visible`, `prune` for submission."""

from camaug.catalogue.forms.checking import check, check_and_prune
from camaug.catalogue.forms.reading import Reading, read
from camaug.catalogue.forms.showing import prune, visible

__all__ = ["Reading", "check", "check_and_prune", "prune", "read", "visible"]
