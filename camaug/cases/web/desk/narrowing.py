"""By which words the inbox is narrowed: for its list, and for what is done with that list as a whole."""

from camaug.kernel.sought import Sought

CHOICES = ("procedure", "channel", "mine")
WORDS = Sought("cases.inbox", field="words", beside=CHOICES)
