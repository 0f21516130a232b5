from camaug.kernel.ids import uuid7
from camaug.people.models import DirectoryRevision
from camaug.people.queries.directory import ask_again


def renew_directory() -> None:
    """Tell every process that its directory no longer holds; part of each action that changes agencies."""
    DirectoryRevision.objects.update_or_create(id=1, defaults={"token": uuid7()})
    ask_again()
